"""Text as the guard reads it: compatible forms made one, hidden characters left out, each place still known."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from portal.text import nfc, spelling, unmarked

#: Anything but letters of these alphabets, ASCII and the usual marks makes the slow way worth while.
_STRANGE = re.compile(
    "[^\\u0020-\\u007e\\n\\u00a1-\\u00ac\\u00ae-\\u024f\\u1ea0-\\u1ef9\\u2013\\u2014\\u2018-\\u201d\\u2026]"
)
_TONED = re.compile("[\\u00c0-\\u024f\\u1ea0-\\u1ef9]")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\b[BKT][SMT])(?<!\bThS)(?<!\bTP)[.!?…]+(?=\s+[^\W\d_a-z])"
    r"|[\n;]+|(?<=\d{3})[.!?]+(?=\s+[A-ZĐ])"
)


@dataclass(frozen=True)
class Clean:
    """`text` is what is read; `places[i]` is where its i-th character stood in `source`, None: at the same place."""

    source: str
    text: str
    places: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the clean text stands in the source."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the clean text that a stretch of the source has become."""
        if self.places is None:
            return start, end
        return bisect_left(self.places, start), bisect_left(self.places, end)


def clean(text: str) -> Clean:
    """Composed; full-width and mathematical letters made plain; zero-width characters left out (C61)."""
    source = nfc(text)
    if not _STRANGE.search(source):
        return Clean(source, source, None)
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(source):
        if unicodedata.category(char) == "Cf":
            continue
        for plain in unicodedata.normalize("NFKC", char) if ord(char) > 127 else char:
            letters.append("\n" if plain in "\r\n\u2028\u2029" else " " if plain.isspace() else plain)
            places.append(place)
    return Clean(source, "".join(letters), tuple(places))


@dataclass(frozen=True)
class Sentence:
    """A sentence of clean text, `start` its place in it, with its lower-case forms of the same length."""

    text: str
    start: int

    @cached_property
    def plain(self) -> bool:
        """Whether it was typed without accents."""
        return not _TONED.search(self.text)

    @cached_property
    def lower(self) -> str:
        """Lower case, tone marks in one place; the same length."""
        return spelling(self.text)

    @cached_property
    def bare(self) -> str:
        """Lower case without accents; the same length."""
        return unmarked(self.text)

    @cached_property
    def cased(self) -> bool:
        """Whether capitals tell anything: some letters are capitals, and not nearly all."""
        upper = sum(char.isupper() for char in self.text)
        letters = sum(char.isalpha() for char in self.text)
        return 0 < upper < 0.7 * letters


def sentences(text: str) -> list[Sentence]:
    """The sentences of clean text; initials and dates end none."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if text[start : end.start()].strip():
            found.append(Sentence(text[start : end.end()], start))
        start = end.end()
    if text[start:].strip():
        found.append(Sentence(text[start:], start))
    return found
