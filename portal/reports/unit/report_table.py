"""A table of a unit's report with typed cells: the page, .docx, .xlsx and .pdf are all written from it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.wording import decimal, full_date

#: What stands in the place of a number nobody may be told; the same word whyever it is hidden.
HIDDEN = _l("Không nêu")

#: An empty string is a cell in which there is nothing to say, None a figure that is not there.
Cell = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds. Numbers and dates are typed by us, everything else is text (security.md C51)."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """`width` is relative to the table's other columns."""

    head: str
    width: int
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class ReportTable:
    """`code` is its name in addresses, `title` its heading; `summed`: the last row is all rows together.

    `detail`: too long for the running text, and so in an annex. `empty`: what is said when there are no rows.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    summed: bool = False
    detail: bool = False

    @property
    def said(self) -> list[list[str]]:
        """The rows in words."""
        return [
            [said(cell, one.kind) for cell, one in zip(row, self.columns, strict=True)] for row in self.rows
        ]


def said(cell: Cell, kind: Kind) -> str:
    """A cell in words: `1.204`, `45%`, `97,6`, `14/06/2026`; a dash for a figure that is not there."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return full_date(cell)
    return f"{decimal(cell)}%" if kind is Kind.PERCENT else decimal(cell)
