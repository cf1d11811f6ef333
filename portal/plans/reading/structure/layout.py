"""Tables that only lay text out (the two columns of the header, of the signature) become paragraphs again."""

import re

from portal.plans.reading.document import Block, Grid
from portal.text import fold

_FRAME = re.compile(
    r"^(?:cong hoa xa hoi|doc lap\s*-|so\s*:|ubnd |uy ban nhan dan|noi nhan|tm\.|kt\.|tl\.|chu tich|pho chu tich|"
    r"dang |hoi dong nhan dan|[\w\s.]{0,30}, ngay.*thang.*nam)"
)
_MOST_COLUMNS = 4


def without_layout_tables(pieces: list[Block | Grid]) -> list[Block | Grid]:
    """Return `pieces` with every layout table replaced by its cells' lines, row by row."""
    unfolded: list[Block | Grid] = []
    for piece in pieces:
        if isinstance(piece, Grid) and _is_layout(piece):
            unfolded += _blocks(piece)
        else:
            unfolded.append(piece)
    return unfolded


def _is_layout(grid: Grid) -> bool:
    rows = [row for row in grid.rows if any(cell.strip() for cell in row)]
    width = max((len(set(row)) for row in rows), default=0)
    if width > _MOST_COLUMNS or len(rows) > 8:
        return False
    if width <= 1:
        return True
    return any(_FRAME.match(fold(line)) for row in rows for cell in row for line in cell.split("\n"))


def _blocks(grid: Grid) -> list[Block]:
    lines = [line.strip() for row in grid.rows for cell in dict.fromkeys(row) for line in cell.split("\n")]
    return [Block(line, gap=True) for line in lines if line]
