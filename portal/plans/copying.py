"""Paragraphs of a ward's plan that are the upper plan's nearly word for word, and words of its level left in them."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from portal.text import fold, unmarked

#: Share of words two paragraphs have in common, in the same order, from which one is a copy of the other.
COPIED = 0.9

#: Shorter paragraphs ("Công an phường:") are alike everywhere and prove nothing.
_FEWEST_WORDS = 8
_SHINGLE = 3
#: Only the likeliest few are compared word for word.
_TRIED = 3
#: Share of a paragraph's runs that the other must have, too.
_KEPT = 0.5

_WORD = re.compile(r"\w+")
_LEVEL = r"(?:thanh pho|thi xa|quan|huyen|tinh)"
_LEFTOVER = re.compile(rf"\b(?:tren dia ban (?:toan )?|toan |doan the ){_LEVEL}\b")
# The title of a plan that is cited keeps its level.
_CITES = re.compile(r"\b(?:ke hoach|quyet dinh|cong van|chi thi|nghi quyet|chuong trinh) so\b")

_Words = tuple[str, ...]


def copied(ours: Mapping[int, str], theirs: Sequence[str]) -> set[int]:
    """The keys of those of our paragraphs that are copies of one of theirs; accents and marks do not count.

    Equal ones are found by their hash; the rest is compared word for word only with paragraphs that share runs of
    three words, so that a long plan costs little more than a short one.
    """
    originals = [words for text in theirs if len(words := _words(text)) >= _FEWEST_WORDS]
    whole, shingles = set(originals), _index(originals)
    return {
        key
        for key, text in ours.items()
        if len(words := _words(text)) >= _FEWEST_WORDS
        and (words in whole or any(_alike(words, other) for other in _likely(words, originals, shingles)))
    }


def leftover(text: str) -> str:
    """Words that speak of a level above the ward ("trên địa bàn thành phố"), as written; empty when there are none."""
    plain = unmarked(text)
    for found in _LEFTOVER.finditer(plain):
        if not _CITES.search(plain[: found.start()]):
            return text[found.start() : found.end()]
    return ""


def _words(text: str) -> _Words:
    return tuple(_WORD.findall(fold(text)))


def _index(originals: Sequence[_Words]) -> dict[_Words, list[int]]:
    index: dict[_Words, list[int]] = {}
    for position, words in enumerate(originals):
        for shingle in set(_shingles(words)):
            index.setdefault(shingle, []).append(position)
    return index


def _shingles(words: _Words) -> Iterator[_Words]:
    return (words[at : at + _SHINGLE] for at in range(len(words) - _SHINGLE + 1))


def _likely(
    words: _Words, originals: Sequence[_Words], index: Mapping[_Words, list[int]]
) -> Iterator[_Words]:
    """A tenth of the words changed, spread out, breaks three runs each: a copy keeps more than half of its runs."""
    runs = set(_shingles(words))
    shared = Counter(position for run in runs for position in index.get(run, ()))
    return (
        originals[position] for position, count in shared.most_common(_TRIED) if count >= len(runs) * _KEPT
    )


def _alike(words: _Words, other: _Words) -> bool:
    """Most copies differ in one place: what is the same before and behind it is often enough to tell."""
    longest = len(words) + len(other)
    before = _same(words, other)
    behind = _same(words[before:][::-1], other[before:][::-1])
    if 2 * (before + behind) >= COPIED * longest:
        return True
    matcher = difflib.SequenceMatcher(None, words, other, autojunk=False)
    return matcher.real_quick_ratio() >= COPIED and matcher.ratio() >= COPIED


def _same(words: _Words, other: _Words) -> int:
    """How many words are the same from the start."""
    return next(
        (at for at, (one, two) in enumerate(zip(words, other, strict=False)) if one != two),
        min(len(words), len(other)),
    )
