"""Showing why something was found: the words of a search marked in a text, whatever accents either carries."""

import re

from markupsafe import Markup, escape

from portal.text import unmarked

#: About how much of a long text is shown around the first word found.
_AROUND = 90


def marked(text: str, words: str) -> Markup:
    """The text with every occurrence of the folded search words in `<mark>`."""
    out, at = Markup(), 0
    for begins, ends in _places(text, words):
        out += escape(text[at:begins]) + Markup("<mark>{}</mark>").format(text[begins:ends])
        at = ends
    return out + escape(text[at:])


def excerpt(text: str, words: str) -> Markup:
    """The part of a long text where a word stands, marked; nothing when none does."""
    places = _places(text, words)
    if not places:
        return Markup()
    begins = max(text.rfind(" ", 0, max(places[0][0] - _AROUND, 0)) + 1, 0)
    ends = text.find(" ", min(places[0][1] + 2 * _AROUND, len(text)))
    ends = len(text) if ends < 0 else ends
    before, after = "… " if begins else "", " …" if ends < len(text) else ""
    return escape(before) + marked(text[begins:ends], words) + escape(after)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand, at the beginnings of words if at any; `em` is shown in "trẻ em", not in "hiểm".

    `unmarked` keeps one letter for each, so places in it are places in the text.
    """
    one = "|".join(re.escape(word) for word in sorted(set(words.split()), key=len, reverse=True))
    if not one:
        return []
    plain = unmarked(text)
    found = list(re.finditer(rf"(?<!\w)(?:{one})", plain)) or re.finditer(one, plain)
    return [place.span() for place in found]
