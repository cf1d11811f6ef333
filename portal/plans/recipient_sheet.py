"""A list of people to write to, as a spreadsheet: agencies to fill in, and what somebody filled in, row by row.

Pure but for the ward's agencies: nothing is added here.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.errors import Refused
from portal.plans.agency_book import AgencyBook
from portal.plans.reading.formats.spreadsheet import Sheet
from portal.sheet_cells import write_text
from portal.tenants.agency import Agency
from portal.tenants.contacting import Typed, is_known
from portal.text import fold

#: Where the headings may stand: people put a title above them.
_HEADINGS_WITHIN = 10
_WIDTHS = {"agency": 44, "name": 28, "title": 24, "email": 34, "phone": 18}

#: How people head these columns, as texts are searched (fold).
_HEADINGS = {
    "agency": ("co quan", "don vi", "ten co quan", "co quan, don vi"),
    "name": ("ho ten", "ho va ten", "nguoi nhan"),
    "title": ("chuc danh", "chuc vu"),
    "email": ("e-mail", "email", "thu dien tu", "dia chi e-mail"),
    "phone": ("dien thoai", "so dien thoai", "di dong", "so di dong"),
}


@dataclass(frozen=True)
class Offer:
    """Somebody who can be added: the row (from 1), the agency, and who they are as stored."""

    row: int
    agency: Agency
    typed: Typed

    @property
    def key(self) -> str:
        """What the form sends back when it is ticked."""
        return json.dumps({"agency": str(self.agency.id), **asdict(self.typed)}, ensure_ascii=False)


@dataclass(frozen=True)
class BadRow:
    """A row (from 1) that cannot be used as it is; `why` says what to do."""

    row: int
    why: str


@dataclass
class Recipients:
    """What a spreadsheet says."""

    offers: list[Offer] = field(default_factory=list)
    problems: list[BadRow] = field(default_factory=list)


def write_recipients(agencies: Sequence[Agency]) -> bytes:
    """The .xlsx to fill in: one row an agency."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Người nhận tin")
    for at, (name, width) in enumerate(_WIDTHS.items(), start=1):
        write_text(sheet.cell(1, at), column_words()[name]).font = Font(bold=True)
        sheet.column_dimensions["ABCDE"[at - 1]].width = width
    for row, agency in enumerate(agencies, start=2):
        for at, words in enumerate((agency.name, "", "", "", ""), start=1):
            write_text(sheet.cell(row, at), words)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column_words() -> dict[str, str]:
    """The headings by the names of the columns."""
    return {
        "agency": _("Cơ quan"),
        "name": _("Họ tên"),
        "title": _("Chức danh"),
        "email": _("E-mail"),
        "phone": _("Số di động"),
    }


def read_recipients(sheet: Sheet, book: AgencyBook) -> Recipients | None:
    """Who can be added, and which rows cannot be used; None when no row has the headings."""
    headed = _headings(sheet)
    if headed is None:
        return None
    top, columns = headed
    found, seen = Recipients(), dict[tuple[Agency, Typed], int]()
    for row in sorted({row for row, _column in sheet.cells if row > top}):
        cells = {name: sheet.cells.get((row, column), "") for name, column in columns.items()}
        if not any(cells.get(name) for name in ("name", "title", "email", "phone")):
            continue
        try:
            if any((row, column) in sheet.formulas for column in columns.values()):
                raise Refused(_("Ô này là công thức. Ghi thẳng chữ hoặc số."))
            offer = _offer(row + 1, cells, book, seen)
        except Refused as refusal:
            found.problems.append(BadRow(row + 1, refusal.why))
        else:
            found.offers.append(offer)
    return found


def _offer(row: int, cells: dict[str, str], book: AgencyBook, seen: dict[tuple[Agency, Typed], int]) -> Offer:
    """The row as somebody to add. Raises Refused saying what to do."""
    agency = book.known(cells["agency"]) if cells["agency"].strip() else None
    if agency is None:
        name = cells["agency"][:120]
        raise Refused(
            _("Phường chưa có cơ quan “%(name)s”. Thêm cơ quan trước, hoặc ghi đúng tên.", name=name)
            if name
            else _("Cơ quan để trống. Ghi tên cơ quan.")
        )
    typed = Typed(*(cells.get(name, "") for name in ("name", "title", "email", "phone")))
    typed = typed.cleaned(agency.short_name)
    if (agency, typed) in seen:
        raise Refused(_("Giống hàng %(row)s. Bỏ bớt một hàng.", row=seen[agency, typed]))
    seen[agency, typed] = row
    if is_known(agency, typed):
        raise Refused(_("%(name)s đã có trong danh sách của cơ quan này.", name=typed.name))
    return Offer(row, agency, typed)


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and where each column stands; an agency and one way to it are needed."""
    for top in range(_HEADINGS_WITHIN):
        columns = {
            name: column
            for (row, column), words in sheet.cells.items()
            for name, spellings in _HEADINGS.items()
            if row == top and fold(words) in spellings
        }
        if "agency" in columns and columns.keys() & {"email", "phone"}:
            return top, columns
    return None
