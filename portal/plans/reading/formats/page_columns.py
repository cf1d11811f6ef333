"""Lines of a page in fixed-width layout: two-column stretches and tables found by where words begin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.plans.reading.document import Block, Grid
from portal.text import fold, normalise_spaces

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_CELL_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_JUSTIFIED = re.compile(r"^\s*\S+(?: {2,}\S+){5,}\s*$")
_TABLE_HEAD = re.compile(r"^\s*(?:STT|TT|Stt|Số TT)\s{2,}\S")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d+)?|[IVX]{1,5}|[A-Z])[.)]?$")
_FRAME = re.compile(
    r"cong hoa xa hoi|doc lap\s*-|noi nhan|^(?:tm|kt|tl)\.|ngay .{0,8}thang .{0,8}nam \d{4}|so\s*:\s*\d*\s*/"
)
_INDENT = 2
_SECTION = re.compile(r"^\s{0,6}(?:[IVX]{1,5}\.|PHỤ LỤC|Nơi nhận|Ghi chú)")


@dataclass(frozen=True)
class _Words:
    """A run of words on a line and the column it starts at."""

    start: int
    text: str


def pieces_of_lines(pages: list[list[str]]) -> list[Block | Grid]:
    """Return the blocks and tables of pages given as lines in fixed-width layout."""
    lines = [line.rstrip() for page in pages for line in page]
    breaks = _page_starts(pages)
    pieces: list[Block | Grid] = []
    position = 0
    while position < len(lines):
        if _TABLE_HEAD.match(lines[position]):
            end = _table_end(lines, position)
            pieces.append(_grid(lines, position, end, breaks))
        elif _opens_columns(lines[position]):
            end = _columns_end(lines, position)
            pieces += _side_by_side(lines[position:end])
        else:
            end = position + 1
            pieces.append(_block(lines[position], first=position in breaks))
        position = max(end, position + 1)
    return pieces


def side_by_side_at(lines: list[str], position: int) -> tuple[list[Block], int]:
    """Return the blocks of the two-column stretch that starts at `position`, and where it ends (there: none)."""
    if not _opens_columns(lines[position]):
        return [], position
    end = _columns_end(lines, position)
    return list(_side_by_side(lines[position:end])), end


def _page_starts(pages: list[list[str]]) -> set[int]:
    starts, total = set(), 0
    for page in pages:
        starts.add(total)
        total += len(page)
    return starts


def _block(line: str, *, first: bool) -> Block:
    """An indented line opens a paragraph, except on top of a page, where only its words can tell."""
    indent = len(line) - len(line.lstrip())
    return Block(normalise_spaces(line), gap=indent >= _INDENT and not first, wrapped=True)


def _fragments(line: str, gap: re.Pattern[str]) -> list[_Words]:
    fragments, start = [], len(line) - len(line.lstrip())
    for match in gap.finditer(line):
        fragments.append(_Words(start, line[start : match.start()]))
        start = match.end()
    return [*fragments, _Words(start, line[start:])] if line.strip() else []


def _opens_columns(line: str) -> bool:
    fragments = _fragments(line, _GAP)
    return (
        len(fragments) == 2
        and not _JUSTIFIED.match(line)
        and any(_FRAME.search(fold(f.text)) for f in fragments)
    )


def _columns_end(lines: list[str], begin: int) -> int:
    """The stretch goes on while lines have two sides, or stand on one side of it."""
    right = _fragments(lines[begin], _GAP)[1].start
    end = begin + 1
    while end < len(lines):
        fragments = _fragments(lines[end], _GAP)
        sides = (
            len(fragments) == 2 and abs(fragments[1].start - right) < 25 and not _JUSTIFIED.match(lines[end])
        )
        one_side = len(fragments) == 1 and _on_one_side(fragments[0], right)
        if _SECTION.match(lines[end]) or not (sides or one_side):
            break
        end += 1
    return end


def _on_one_side(words: _Words, right: int) -> bool:
    left = (
        words.start < _INDENT
        and words.start + len(words.text) < right
        and (words.text.startswith(("-", "+")) or words.text.isupper())
    )
    return words.start >= right - 12 > _INDENT * 6 or left


def _side_by_side(lines: list[str]) -> Iterator[Block]:
    """Yield the left column, then the right one; in a header rows belong together all the same."""
    sides: tuple[list[str], list[str]] = ([], [])
    right = max(_fragments(lines[0], _GAP)[1].start - 12, _INDENT + 1)
    for line in lines:
        for words in _fragments(line, _GAP):
            sides[words.start >= right].append(words.text)
    for side in sides:
        for text in side:
            yield Block(normalise_spaces(text), gap=text.startswith(("-", "+")) or text[:1].isupper())


def _table_end(lines: list[str], begin: int) -> int:
    head = _fragments(lines[begin], _CELL_GAP)
    second = head[1].start if len(head) > 1 else 0
    end = begin + 1
    while end < len(lines):
        fragments = _fragments(lines[end], _CELL_GAP)
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


def _grid(lines: list[str], begin: int, end: int, breaks: set[int]) -> Grid:
    rows: list[list[list[str]]] = []
    starts = _column_starts(lines, begin, end, breaks, begin)
    width = len(starts)
    for position in range(begin, end):
        if position in breaks:
            starts = _column_starts(lines, begin, end, breaks, position) or starts
        fragments = _fragments(lines[position], _CELL_GAP)
        if position == begin or _ROW_NUMBER.match(fragments[0].text):
            rows.append([[] for _ in range(width)])
        for words in fragments:
            rows[-1][_column(words, starts, width)].append(words.text)
    return Grid(tuple(tuple(normalise_spaces(" ".join(cell)) for cell in row) for row in rows))


def _column_starts(lines: list[str], begin: int, end: int, breaks: set[int], position: int) -> list[int]:
    """Return where the columns start on the page of `position`, by its line with the most cells."""
    first = max((page for page in breaks if page <= position), default=begin)
    last = min((page for page in breaks if page > position), default=end)
    page = [_fragments(line, _CELL_GAP) for line in lines[max(first, begin) : min(last, end)]]
    numbered = [
        fragments
        for fragments in page
        if fragments and (_ROW_NUMBER.match(fragments[0].text) or page[0] is fragments)
    ]
    best = max(numbered, key=len, default=[])
    return [words.start for words in best]


def _column(words: _Words, starts: list[int], width: int) -> int:
    fitting = [column for column, start in enumerate(starts) if start <= words.start + 2]
    return min(fitting[-1] if fitting else 0, width - 1)
