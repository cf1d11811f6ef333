"""Vietnamese text: one normal form, a search form without accents, and the dictionary order."""

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

_SPACES = re.compile(r"\s+")
# For character classes: in code order small and capital Vietnamese letters are mixed, so "À-Ỹ" holds both.
_BEYOND_ASCII = [chr(code) for code in range(0xC0, 0x1EFA)]
CAPITALS = "A-Z" + "".join(letter for letter in _BEYOND_ASCII if letter.isupper())
SMALL_LETTERS = "a-z" + "".join(letter for letter in _BEYOND_ASCII if letter.islower())
# Word-final oa, oe, uy carry the tone on either letter (hoà, hòa); "quý" does not take part.
_OPEN_ENDINGS = {
    new: old
    for new_set, old_set in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for new, old in zip(new_set.split(), old_set.split(), strict=True)
}
_OPEN_ENDING = re.compile(rf"(?<![qQ])(?:{'|'.join(_OPEN_ENDINGS)})(?!\w)")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHT = {letter: weight for weight, letter in enumerate(_LETTERS, start=100)}
_DIGIT_WEIGHT = {digit: weight for weight, digit in enumerate("0123456789", start=50)}
# ngang < huyền < hỏi < ngã < sắc < nặng: the order of Vietnamese dictionaries and of ICU's vi collation.
_TONE_WEIGHT = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

CollationKey: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], str]


def nfc(s: str) -> str:
    """Return the composed form (NFC), the only form stored and compared."""
    return unicodedata.normalize("NFC", s)


def normalise_spaces(s: str) -> str:
    """Collapse every run of white space (no-break spaces, line ends) to one space; trim the ends."""
    return _SPACES.sub(" ", s).strip()


def unmarked(s: str) -> str:
    """Return lower case without accents, one character for each character of `s`, so positions still fit."""
    return s.translate(_PLAIN_LETTERS)


def fold(s: str) -> str:
    """Return the search form: composed, lower case, no accents, single spaces ("Hoà  Bình" -> "hoa binh")."""
    return normalise_spaces(unmarked(nfc(s)))


def spelling(s: str) -> str:
    """Return the form in which two spellings of one word are equal: composed, lower case, tone on the first vowel."""
    return _OPEN_ENDING.sub(lambda match: _OPEN_ENDINGS[match[0]], nfc(s).lower())


@lru_cache(maxsize=8192)  # the same few names are sorted on every page
def collation_key(s: str) -> CollationKey:
    """Return a sort key for Vietnamese order: letters first (a ă â … d đ …), then tones, then case."""
    letters: list[int] = []
    tones: list[int] = []
    for char in normalise_spaces(nfc(s)).lower():
        letter, tone = _letter_and_tone(char)
        letters.append(_LETTER_WEIGHT.get(letter) or _DIGIT_WEIGHT.get(letter) or min(ord(letter), 49))
        tones.append(tone)
    return tuple(letters), tuple(tones), s.swapcase()


def person_key(name: str) -> tuple[CollationKey, ...]:
    """Return a sort key for people: by given name, which stands last here, then middle names, then family."""
    words = normalise_spaces(name).split(" ")
    return tuple(collation_key(" ".join(part)) for part in (words[-1:], words[1:-1], words[:1]))


def _plain_letter(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


class _PlainLetters(dict[int, str]):
    """What each letter is without its accents, worked out when first met and kept for the alphabets of plans."""

    def __missing__(self, code: int) -> str:
        plain = _plain_letter(chr(code))
        if code < _LAST_KEPT:
            self[code] = plain
        return plain


_LAST_KEPT = 0x2000
_PLAIN_LETTERS = _PlainLetters()


def _letter_and_tone(char: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONE_WEIGHT[mark] for mark in parts[1:] if mark in _TONE_WEIGHT), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_WEIGHT))
    return letter[0], tone
