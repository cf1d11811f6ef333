"""The sign a paragraph starts with: Phần, I., 1., 1.1., a), -, + and the ways people vary them."""

import re
from dataclasses import dataclass

from portal.text import CAPITALS, unmarked

PART, OUTER_CAPITAL, ARTICLE, ROMAN, CAPITAL, NUMBER, LETTER, BULLET, PLUS = (
    10,
    15,
    20,
    20,
    25,
    30,
    60,
    70,
    80,
)
NO_MARKER = 99

_LONGEST_SIGN = 60
_ORDINALS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_PART = re.compile(
    rf"^(?:phan|chuong)\s+(?:thu\s+)?({'|'.join(_ORDINALS)}|[ivx]{{1,5}}|\d{{1,2}})\b\s*[.:\-–—]?\s*"
)
_ARTICLE = re.compile(r"^Điều\s+(\d{1,2})\s*[.:]\s*")
_ROMAN = re.compile(rf"^([IVX]{{1,5}})\s*(?:[.):/]\s*|[\-–—]\s*|\s+(?=[{CAPITALS}]{{2}}))(?=\S|$)")
_CAPITAL = re.compile(rf"^([A-ZĐ])\s*[.)/]\s+(?=[{CAPITALS}]{{2}})")
_NUMBER = re.compile(
    rf"^(\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*(?:[.)/:]\s*|[\-–—]\s+|\s+(?=[{CAPITALS}]))(?=[^\W\d_]|[“\"(*]|$)"
)
_LETTER = re.compile(r"^([a-zđ])\s*(?:\)|\.|/)\s*(?=\S)")
_BRACKETED = re.compile(r"^\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)")
_BULLET = re.compile(r"^[\-–—•·●○◦▪■□►➢➤✓❖*§\uf000-\uf0ff]\s*(?=[^\s\d.\-–—*/]|\d+(?!\s*$))")
_PLUS = re.compile(r"^\+\s*(?=\S)")


@dataclass(frozen=True)
class Marker:
    """A paragraph's sign: how deep it lies, its label in the section path ("IV", "1", "a"), where the words start."""

    level: int
    label: str
    end: int


def marker_of(text: str) -> Marker | None:
    """Return the sign `text` starts with, or None."""
    text = text[:_LONGEST_SIGN]
    if match := _PART.match(unmarked(text)):
        return Marker(PART, f"P{_ordinal(match[1])}", match.end())
    if match := _ARTICLE.match(text):
        return Marker(ARTICLE, f"Đ{match[1]}", match.end())
    if (match := _ROMAN.match(text)) and _is_roman(match[1]):
        return Marker(ROMAN, match[1], match.end())
    if match := _CAPITAL.match(text):
        return Marker(CAPITAL, match[1], match.end())
    if match := _NUMBER.match(text):
        return Marker(NUMBER + match[1].count("."), _plain_number(match[1]), match.end())
    return _small_marker(text)


def _small_marker(text: str) -> Marker | None:
    if match := _LETTER.match(text) or _BRACKETED.match(text):
        return Marker(LETTER, match[1], match.end())
    if match := _PLUS.match(text):
        return Marker(PLUS, "+", match.end())
    if match := _BULLET.match(text):
        return Marker(BULLET, "-", match.end())
    return None


def _plain_number(written: str) -> str:
    return ".".join(str(int(part)) for part in written.split("."))


def _ordinal(word: str) -> str:
    return str(_ORDINALS.index(word) + 1) if word in _ORDINALS else word.upper()


def _is_roman(word: str) -> bool:
    return bool(re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", word))
