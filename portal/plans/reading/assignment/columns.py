"""Which column of a table holds the duty, the lead, the supporting agencies, the deadline, the product."""

import re
from dataclasses import dataclass

from portal.plans.reading.document import Grid
from portal.text import fold

# In this order: "Thời gian thực hiện" is a time before it is somebody who carries out.
_COLUMNS = (
    ("number", r"^(?:stt|tt|so tt|so thu tu|muc)$"),
    ("both", r"chu tri.*phoi hop"),
    ("supporting", r"phoi hop"),
    (
        "due",
        r"thoi gian|thoi han|tien do|thoi diem|^han\b|han (?:hoan thanh|bao cao)|ngay (?:hoan thanh|"
        r"thuc hien)|lo trinh",
    ),
    ("product", r"san pham|ket qua|dau ra"),
    (
        "lead",
        r"chu tri|(?:don vi|co quan|bo phan|nguoi|ca nhan)\b.*(?:thuc hien|phu trach|trach nhiem|duoc giao)|phu trach",
    ),
    ("task", r"noi dung|nhiem vu|cong viec|hoat dong|ten viec|viec can lam"),
    ("lead", r"don vi|co quan|thuc hien|trach nhiem|bo phan"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _COLUMNS)
_MOST_HEADER_ROWS = 3
_LONGEST_TITLE = 70


@dataclass(frozen=True)
class Columns:
    """Column positions (None: absent) and how many rows the heading takes."""

    header_rows: int
    task: int
    lead: int
    supporting: int | None
    due: int | None
    product: int | None
    number: int | None
    both: bool


def columns_of(grid: Grid) -> Columns | None:
    """Return the columns of an assignment table, or None when the table is of another kind."""
    for first in range(min(len(grid.rows), 6)):
        for count in range(1, _MOST_HEADER_ROWS + 1):
            found = _named(grid.rows[first : first + count])
            if "task" in found and ("lead" in found or "both" in found) and _is_header(grid, first + count):
                return _columns(found, first + count)
    return None


def _is_header(grid: Grid, end: int) -> bool:
    """The row after the heading is data, not a second line of it ("Chủ trì | Phối hợp")."""
    if end >= len(grid.rows):
        return False
    below = [fold(cell) for cell in grid.rows[end]]
    return not any(cell in ("chu tri", "phoi hop", "don vi chu tri", "don vi phoi hop") for cell in below)


def _named(rows: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position in range(len(rows[0]) if rows else 0):
        titles = list(dict.fromkeys(fold(row[position]) for row in rows if position < len(row)))
        if any(len(title) > _LONGEST_TITLE for title in titles):
            continue
        if name := _name(titles):
            found.setdefault(name, position)
    return found


def _name(titles: list[str]) -> str | None:
    """The lowest heading row tells most: "Đơn vị thực hiện" over "Phối hợp" is the supporting column."""
    for title in reversed(titles):
        for name, pattern in _COMPILED:
            if title and pattern.search(title):
                return name
    return None


def _columns(found: dict[str, int], header_rows: int) -> Columns:
    both = "lead" not in found
    return Columns(
        header_rows,
        found["task"],
        found["both"] if both else found["lead"],
        found.get("supporting"),
        found.get("due"),
        found.get("product"),
        found.get("number"),
        both,
    )
