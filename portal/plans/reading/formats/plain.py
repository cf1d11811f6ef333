"""Plain text, pasted text and Markdown: lines to blocks, marks removed, pipe tables kept as tables."""

import re
from collections.abc import Iterator

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.page_columns import side_by_side_at
from portal.plans.reading.formats.page_marks import without_page_marks

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*$")
_PAGE_NUMBER = re.compile(r"(?i)^\s*(?:-\s*\d{1,3}\s*-|(?:trang|page)\s+\d{1,3}(?:\s*/\s*\d{1,3})?)\s*$")
# Marks a scanner leaves; dashes, stars and dots part or end something.
_SPECK = re.compile(r"^\s*(?:[~|^`´'\"°¬,;:_]{1,3}|[.,'`´~:;](?:\s+[.,'`´~:;]){1,3})\s*$")
_DANGLING = re.compile(r"^\*{1,3}(?=\w)|(?<=\S)\*{2,3}$")


def blocks_of_text(text: str) -> list[Block | Grid]:
    """Return the blocks and tables of `text`, one block for each physical line."""
    reader = _Reader()
    lines = without_page_marks(list(_lines(text)))
    position = 0
    while position < len(lines):
        columns, end = side_by_side_at(lines, position)
        reader.pieces += columns
        if not columns:
            reader.read(lines[position])
            end = position + 1
        position = end
    return reader.finished()


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Block | Grid] = []
        self._table: list[str] = []
        self._gap = True

    def read(self, line: str) -> None:
        """Take one line that stands alone: of a table, empty, or of a paragraph."""
        if _is_row(line, bool(self._table)):
            self._table.append(line)
            return
        self._close_table()
        if _PAGE_NUMBER.match(line) or _SPECK.match(line):
            return
        if not line.strip() or _RULE.match(line):
            self._gap = True
            return
        self.pieces.append(_block(line, self._gap))
        self._gap = False

    def finished(self) -> list[Block | Grid]:
        """Return all pieces, an open table closed."""
        self._close_table()
        return self.pieces

    def _close_table(self) -> None:
        if self._table:
            self.pieces.append(_grid(self._table))
        self._table = []


def _lines(text: str) -> Iterator[str]:
    """Yield physical lines, whatever ends them; a form feed is an empty line."""
    for line in re.split(r"\r\n|[\n\r\x0b\x85\u2028\u2029]", text.replace("\f", "\n\n")):
        yield line.rstrip()


def _is_row(line: str, inside: bool) -> bool:
    if _PIPE_ROW.match(line) or (inside and _PIPE_RULE.match(line)):
        return True
    return line.count("\t") >= 2 and len([cell for cell in line.split("\t") if cell.strip()]) >= (
        1 if inside else 3
    )


def _grid(lines: list[str]) -> Grid:
    rows = [_cells(line) for line in lines if not _PIPE_RULE.match(line)]
    width = max(map(len, rows), default=0)
    return Grid(tuple(tuple(row + [""] * (width - len(row))) for row in rows))


def _cells(line: str) -> list[str]:
    if "|" not in line:
        return [_unmarked_up(cell) for cell in line.split("\t")]
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_cell(cell) for cell in re.split(r"(?<!\\)\|", inner)]


def _cell(written: str) -> str:
    return "\n".join(_unmarked_up(line) for line in re.split(r"<br\s*/?>", written))


def _block(line: str, gap: bool) -> Block:
    heading = _HEADING.match(line)
    body = line[heading.end() :] if heading else line
    bold = bool(re.match(r"^\s*(?:\*\*|__)", body))
    return Block(_unmarked_up(body), heading=len(heading[1]) if heading else 0, bold=bold, gap=gap)


def _unmarked_up(line: str) -> str:
    """Remove Markdown marks and keep every word."""
    line = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", line.replace("\t", " ")))
    line = re.sub(r"^\s*>\s?", "", line)
    bullet = re.match(r"\s*\*\s+", line)
    head, line = (line[: bullet.end()], line[bullet.end() :]) if bullet else ("", line)
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    line = _DANGLING.sub("", line.strip())
    return re.sub(r"[ \u00a0]+", " ", head + _ESCAPE.sub(r"\1", line)).strip()
