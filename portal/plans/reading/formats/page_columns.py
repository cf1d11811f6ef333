"""Lines of a page in fixed-width layout: running text, two-column stretches, and tables in between."""

import re
from collections.abc import Iterator

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.page_fragments import Words, fragments_of
from portal.plans.reading.formats.page_tables import TABLE_HEAD, grid_of_lines, table_end
from portal.text import fold, normalise_spaces

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_JUSTIFIED = re.compile(r"^\s*\S+(?: {2,}\S+){5,}\s*$")
_FRAME = re.compile(
    r"cong hoa xa hoi|doc lap\s*-|noi nhan|^(?:tm|kt|tl)\.|ngay .{0,8}thang .{0,8}nam \d{4}|so\s*:\s*\d*\s*/"
)
_INDENT = 2
_SECTION = re.compile(r"^\s{0,6}(?:[IVX]{1,5}\.|PHỤ LỤC|Nơi nhận|Ghi chú)")


def pieces_of_lines(pages: list[list[str]]) -> list[Block | Grid]:
    """Return the blocks and tables of pages given as lines in fixed-width layout."""
    lines = [line.rstrip() for page in pages for line in page]
    breaks = _page_starts(pages)
    pieces: list[Block | Grid] = []
    position = 0
    while position < len(lines):
        if TABLE_HEAD.match(lines[position]):
            end = table_end(lines, position)
            pieces.append(grid_of_lines(lines, position, end, breaks))
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


def _opens_columns(line: str) -> bool:
    fragments = fragments_of(line, _GAP)
    return (
        len(fragments) == 2
        and not _JUSTIFIED.match(line)
        and any(_FRAME.search(fold(f.text)) for f in fragments)
    )


def _columns_end(lines: list[str], begin: int) -> int:
    """The stretch goes on while lines have two sides, or stand on one side of it."""
    right = fragments_of(lines[begin], _GAP)[1].start
    end = begin + 1
    while end < len(lines):
        fragments = fragments_of(lines[end], _GAP)
        sides = (
            len(fragments) == 2 and abs(fragments[1].start - right) < 25 and not _JUSTIFIED.match(lines[end])
        )
        one_side = len(fragments) == 1 and _on_one_side(fragments[0], right)
        if _SECTION.match(lines[end]) or not (sides or one_side):
            break
        end += 1
    return end


def _on_one_side(words: Words, right: int) -> bool:
    listed = words.start < _INDENT and words.text.startswith(("-", "+"))
    left = words.start + len(words.text) < right and (listed or words.text.isupper())
    return words.start >= right - 12 > _INDENT * 6 or left


def _side_by_side(lines: list[str]) -> Iterator[Block]:
    """Yield the left column, then the right one; in a header rows belong together all the same."""
    sides: tuple[list[str], list[str]] = ([], [])
    right = max(fragments_of(lines[0], _GAP)[1].start - 12, _INDENT + 1)
    for line in lines:
        for words in fragments_of(line, _GAP):
            sides[words.start >= right].append(words.text)
    for side in sides:
        for text in side:
            yield Block(normalise_spaces(text), gap=text.startswith(("-", "+")) or text[:1].isupper())
