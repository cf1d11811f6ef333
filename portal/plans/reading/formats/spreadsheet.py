"""Spreadsheets (.xlsx): each sheet's title lines as paragraphs, its table with merged cells spread out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta

from lxml import etree

from portal.archive import Archive
from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.markup import parsed, whole
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

MOST_ROWS = 5_000
MOST_COLUMNS = 60
_MOST_STYLES = 100_000
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_DATE_FORMAT = re.compile(r"[dy]", re.IGNORECASE)
_BUILT_IN_DATES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
# Day 60 of the calendar of spreadsheets is a 29/02/1900 that never was.
_EPOCH = Day(1899, 12, 30)

Cells = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands: the words of each cell by (row, column) from 0, and the cells that hold a formula."""

    cells: Cells
    formulas: frozenset[tuple[int, int]]


def first_sheet(data: bytes) -> Sheet:
    """Return the first sheet of a spreadsheet, formulas as what they came to last; raises UnreadablePlan."""
    archive = _workbook(data)
    names = [name for name in archive.names() if _SHEET.fullmatch(name)]
    if not names:
        raise UnreadablePlan("broken")
    root = parsed(archive.read(min(names, key=lambda name: (len(name), name))))
    formulas = {
        _place(cell.get("r") or "") for cell in root.iter(_S + "c") if cell.find(_S + "f") is not None
    }
    cells = _cells(root, _shared_strings(archive), _date_styles(archive))
    return Sheet(cells, frozenset(place for place in formulas if place))


def pieces_of_xlsx(data: bytes) -> list[Block | Grid]:
    """Return the title lines and tables of all sheets; raises UnreadablePlan."""
    archive = _workbook(data)
    strings = _shared_strings(archive)
    dates = _date_styles(archive)
    pieces: list[Block | Grid] = []
    for name in sorted(name for name in archive.names() if _SHEET.fullmatch(name)):
        root = parsed(archive.read(name))
        pieces += _sheet(_cells(root, strings, dates), list(_merges(root)))
    return pieces


def _workbook(data: bytes) -> Archive:
    archive = Archive(data, UnreadablePlan)
    if "xl/workbook.xml" not in archive:
        raise UnreadablePlan("mismatched_type")
    if "xl/vbaProject.bin" in archive:
        raise UnreadablePlan("unsafe")
    return archive


def _shared_strings(archive: Archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive:
        return []
    root = parsed(archive.read("xl/sharedStrings.xml"))
    return [_words(item) for item in root.iter(_S + "si")]


def _words(item: etree._Element) -> str:
    return nfc("".join(text.text or "" for text in item.iter(_S + "t")))


def _date_styles(archive: Archive) -> set[int]:
    """Return the positions of the cell formats that show a number as a date."""
    if "xl/styles.xml" not in archive:
        return set()
    root = parsed(archive.read("xl/styles.xml"))
    own = {
        str(item.get("numFmtId"))
        for item in root.iter(_S + "numFmt")
        if _DATE_FORMAT.search(re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", item.get("formatCode") or ""))
    }
    formats = root.find(_S + "cellXfs")
    identifiers = [str(item.get("numFmtId")) for item in formats] if formats is not None else []
    built_in = {str(number) for number in _BUILT_IN_DATES}
    return {position for position, number in enumerate(identifiers) if number in built_in | own}


def _cells(root: etree._Element, strings: list[str], dates: set[int]) -> Cells:
    cells: Cells = {}
    for cell in root.iter(_S + "c"):
        place = _place(cell.get("r") or "")
        if place is None:
            continue
        if place[0] > MOST_ROWS:
            raise UnreadablePlan("too_large")
        words = _value(cell, strings, dates).strip()
        if words and place[1] < MOST_COLUMNS:
            cells[place] = words
    return cells


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _value(cell: etree._Element, strings: list[str], dates: set[int]) -> str:
    kind, value = cell.get("t"), cell.find(_S + "v")
    if kind == "inlineStr":
        return _words(cell)
    written = (value.text or "") if value is not None else ""
    if kind == "s":
        place = whole(written, -1, len(strings))
        return strings[place] if place >= 0 else ""
    if kind in ("str", "b", "e", "d"):
        return nfc(written)
    return _figure(written, is_date=whole(cell.get("s"), -1, _MOST_STYLES) in dates)


def _figure(written: str, *, is_date: bool) -> str:
    try:
        number = float(written)
    except ValueError:
        return written
    if is_date and 1 <= number < 120_000:
        return f"{_EPOCH + timedelta(days=int(number)):%d/%m/%Y}"
    return str(int(number)) if number.is_integer() else written


def _merges(root: etree._Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merge in root.iter(_S + "mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end and (end[0] - begin[0] + 1) * (end[1] - begin[1] + 1) <= MOST_ROWS:
            yield begin, end


def _sheet(cells: Cells, merges: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[Block | Grid]:
    """Lines with one filled cell before the table are its title; from the first fuller row on it is a table."""
    if not cells:
        return []
    filled: dict[int, int] = {}
    for row, _ in cells:
        filled[row] = filled.get(row, 0) + 1
    first = min((row for row, count in filled.items() if count >= 3), default=max(filled) + 1)
    for (top, left), (bottom, right) in merges:
        words = cells.get((top, left), "")
        spread = [(r, c) for r in range(top, bottom + 1) for c in range(left, min(right + 1, MOST_COLUMNS))]
        cells.update(dict.fromkeys(spread, words) if words and top >= first else {})
    titles = [Block(cells[place], gap=True) for place in sorted(cells) if place[0] < first]
    width = max(column for _, column in cells) + 1
    rows = [
        tuple(cells.get((row, column), "") for column in range(width))
        for row in range(first, max(filled) + 1)
    ]
    rows = [row for row in rows if any(row)]
    return [*titles, Grid(tuple(rows))] if rows else list(titles)
