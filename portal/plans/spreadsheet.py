"""The board as a spreadsheet people can print, edit and bring back: texts are texts, and no cell can be a formula."""

import io
from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.plans.board_row import BoardRow, column_names
from portal.sheet_cells import lay_out_for_print, write_text

#: The columns by the names in the hidden row above the headings, with their widths in characters; `mark` is hidden.
COLUMNS = {
    "number": 6,
    "title": 42,
    "agency": 26,
    "supporting": 26,
    "section": 14,
    "due": 12,
    "state": 15,
    "extensions": 9,
    "text": 70,
    "mark": 8,
}

#: Rows of the sheet, from 1: the title, how to use it, the names of the columns (hidden), the headings.
NAMES_ROW, HEAD_ROW = 3, 4

# Days that every spreadsheet program shows alike; others are written as words.
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(2199, 12, 31)
_EDITABLE_HEAD, _READ_HEAD = PatternFill("solid", fgColor="1F5E8C"), PatternFill("solid", fgColor="5B6770")
_LINE = Border(bottom=Side(style="thin", color="C9D1D8"))


def write_board(rows: Sequence[BoardRow], title: str) -> bytes:
    """Return the .xlsx of these rows; `title` stands on top of it and on every printed page."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Bảng việc")
    write_text(sheet.cell(1, 1), title).font = Font(bold=True, size=14)
    write_text(sheet.cell(2, 1), _how_to()).font = Font(italic=True)
    headings = column_names()
    for at, name in enumerate(COLUMNS, start=1):
        write_text(sheet.cell(NAMES_ROW, at), name)
        _style_head(write_text(sheet.cell(HEAD_ROW, at), headings[name]), name)
    for line, row in enumerate(rows, start=HEAD_ROW + 1):
        _write_row(sheet, line, row)
    _lay_out(sheet, HEAD_ROW + len(rows))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _how_to() -> str:
    return _(
        "Sửa được ba cột: Việc, Cơ quan chủ trì, Hạn. Lưu dạng .xlsx rồi gửi lại ở Bảng việc, cách xem Danh sách."
    )


def _write_row(sheet: Worksheet, line: int, row: BoardRow) -> None:
    for at, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(line, at)
        if name == "number":
            cell.value = row.number
        elif name == "extensions":
            cell.value = int(row.fields[name])
        elif name == "due" and row.due_on is not None and _FIRST_DAY <= row.due_on <= _LAST_DAY:
            cell.value, cell.number_format = row.due_on, "dd/mm/yyyy"
        else:
            write_text(cell, row.mark if name == "mark" else row.fields[name])
        cell.alignment = Alignment(wrap_text=name != "mark", vertical="top")
        cell.border = _LINE


def _style_head(cell: Cell, name: str) -> None:
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _EDITABLE_HEAD if name in {"title", "agency", "due"} else _READ_HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _lay_out(sheet: Worksheet, last: int) -> None:
    """Headings stay in sight, the page is landscape and one sheet wide, headings repeat on every page."""
    for at, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.column_dimensions[get_column_letter(len(COLUMNS))].hidden = True
    sheet.row_dimensions[NAMES_ROW].hidden = True
    lay_out_for_print(sheet, HEAD_ROW, len(COLUMNS), max(last - HEAD_ROW, 0))
