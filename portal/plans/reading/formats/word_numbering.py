"""Word's automatic numbers and bullets, which stand in no text: worked out as Word would show them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from portal.plans.reading.formats.markup import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_SMALL_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class _Level:
    number_format: str
    pattern: str
    start: int


@dataclass
class Numbering:
    """Counters of every list of the document; `label` must be asked in reading order."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> str:
        """Return the number or bullet of the next paragraph of a list ("IV.", "a)", "-"), or ""."""
        level = self.levels.get((number_id, depth))
        if level is None or number_id == "0":
            return ""
        if level.number_format == "bullet":
            outer = self.levels.get((number_id, depth - 1))
            below_bullet = outer is not None and outer.number_format == "bullet"
            return "+" if below_bullet or level.pattern == "+" else "-"
        counts = self._counts.setdefault(self.abstract.get(number_id, number_id), [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        return re.sub(
            r"%(\d)", lambda m: self._figure(number_id, int(m[1]) - 1, counts), level.pattern
        ).strip()

    def _figure(self, number_id: str, depth: int, counts: list[int]) -> str:
        level = self.levels.get((number_id, depth))
        if level is None or not 0 <= depth < _LEVELS:
            return ""
        return _figure(max(counts[depth], level.start), level.number_format)


def numbering_of(root: etree._Element | None) -> Numbering:
    """Return the lists that word/numbering.xml defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {item.get(W + "abstractNumId"): item for item in root.iter(W + "abstractNum")}
    for number in root.iter(W + "num"):
        number_id = number.get(W + "numId") or ""
        link = number.find(W + "abstractNumId")
        abstract_id = link.get(W + "val") if link is not None else None
        numbering.abstract[number_id] = abstract_id or ""
        for source in (abstract.get(abstract_id), number):
            _collect(numbering, number_id, source)
    return numbering


def _collect(numbering: Numbering, number_id: str, source: etree._Element | None) -> None:
    for level in source.iter(W + "lvl") if source is not None else ():
        depth = whole(level.get(W + "ilvl"), _LEVELS, _LEVELS)
        if depth < _LEVELS:
            numbering.levels[number_id, depth] = _Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                whole(_value(level, "start"), 1, 100_000),
            )


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(W + name)
    value = child.get(W + "val") if child is not None else None
    return str(value) if value is not None else None


def _figure(number: int, number_format: str) -> str:
    if number_format in ("upperRoman", "lowerRoman"):
        roman = _roman(min(number, 3999))
        return roman if number_format == "upperRoman" else roman.lower()
    if number_format in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format == "none":
        return ""
    return f"{number:02d}" if number_format == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in (*_ROMAN, *_SMALL_ROMAN):
        times, number = divmod(number, value)
        written += sign * times
    return written
