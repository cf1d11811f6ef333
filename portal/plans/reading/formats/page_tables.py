"""Tables on a page of fixed-width text: their columns found by where words begin, their rows by their numbers."""

import re

from portal.plans.reading.document import Grid
from portal.plans.reading.formats.page_fragments import Words, fragments_of
from portal.plans.reading.formats.table_rows import TableLine, row_starts
from portal.text import normalise_spaces

TABLE_HEAD = re.compile(r"^\s*(?:STT|TT|Stt|Số TT)\s{2,}\S")
_CELL_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d+)?|[IVX]{1,5}|[A-Z])[.)]?$")
_BROKEN_AT_DASH = re.compile(r"(?<=\w)-\n(?=[A-ZĐ])")


def table_end(lines: list[str], begin: int) -> int:
    """Return where the table that starts at `begin` ends: at the first line left of its second column."""
    head = fragments_of(lines[begin], _CELL_GAP)
    second = head[1].start if len(head) > 1 else 0
    end = begin + 1
    while end < len(lines):
        fragments = fragments_of(lines[end], _CELL_GAP)
        numbered = bool(fragments) and bool(_ROW_NUMBER.match(fragments[0].text))
        inside = bool(fragments) and fragments[0].start >= max(second - 2, 2)
        if (
            not (numbered and len(fragments) > 1)
            and not inside
            and not (numbered and fragments[0].start < second)
        ):
            break
        end += 1
    return end


def grid_of_lines(lines: list[str], begin: int, end: int, breaks: set[int]) -> Grid:
    """Return the table of lines[begin:end]; `breaks` holds the first line of every page."""
    rows: list[list[list[str]]] = []
    starts = _column_starts(lines, begin, end, breaks, begin)
    width = len(starts)
    opening = row_starts(_table_lines(lines, begin, end, breaks))
    for position in range(begin, end):
        if position in breaks:
            starts = _column_starts(lines, begin, end, breaks, position) or starts
        fragments = fragments_of(lines[position], _CELL_GAP)
        if position - begin in opening:
            rows.append([[] for _ in range(width)])
        for words in fragments:
            rows[-1][_column(words, starts, width)].append(words.text)
    return Grid(tuple(tuple(_cell(cell) for cell in row) for row in rows))


def _table_lines(lines: list[str], begin: int, end: int, breaks: set[int]) -> list[TableLine]:
    found: list[TableLine] = []
    for position in range(begin, end):
        fragments = fragments_of(lines[position], _CELL_GAP)
        numbered = position == begin or bool(_ROW_NUMBER.match(fragments[0].text))
        cells = fragments[1:] if numbered else fragments
        found.append(
            TableLine(numbered, sum(words.text[:1].islower() for words in cells), position in breaks)
        )
    return found


def _cell(lines: list[str]) -> str:
    """Join a cell's lines; a name broken at its own dash ("VP HĐND-" / "UBND") is whole again."""
    return normalise_spaces(_BROKEN_AT_DASH.sub("-", "\n".join(lines)))


def _column_starts(lines: list[str], begin: int, end: int, breaks: set[int], position: int) -> list[int]:
    """Return where the columns start on the page of `position`, by its line with the most cells."""
    first = max((page for page in breaks if page <= position), default=begin)
    last = min((page for page in breaks if page > position), default=end)
    page = [fragments_of(line, _CELL_GAP) for line in lines[max(first, begin) : min(last, end)]]
    numbered = [
        fragments
        for fragments in page
        if fragments and (_ROW_NUMBER.match(fragments[0].text) or page[0] is fragments)
    ]
    best = max(numbered, key=len, default=[])
    return [words.start for words in best]


def _column(words: Words, starts: list[int], width: int) -> int:
    fitting = [column for column, start in enumerate(starts) if start <= words.start + 2]
    return min(fitting[-1] if fitting else 0, width - 1)
