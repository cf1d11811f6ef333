"""A unit's report as .xlsx: a sheet for each table, numbers and days typed by us, and no cell a formula (C51)."""

import io
import math
from collections.abc import Sequence
from datetime import date

from flask_babel import force_locale
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.reports.unit.report_table import Cell, Kind, ReportTable
from portal.reports.unit.tables import report_tables
from portal.reports.unit.unit_figures import UnitFigures
from portal.sheet_cells import lay_out_for_print, write_text

#: What a reader of .xlsx is told the file is.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: The row of the headings, from 1; above it stand the title and what the figures are of.
_HEAD_ROW = 4

_FORMATS = {Kind.COUNT: "#,##0", Kind.PERCENT: '0"%"', Kind.NUMBER: "#,##0.##", Kind.DATE: "dd/mm/yyyy"}
_HEAD, _LINE = PatternFill("solid", fgColor="1F5E8C"), Border(bottom=Side(style="thin", color="C9D1D8"))

#: The longest name of a sheet that programs take; what it may not hold stands in no title of ours.
_SHEET_NAME = 31

#: Points of one line of text.
_LINE_HEIGHT = 16


def unit_xlsx(figures: UnitFigures) -> bytes:
    """The workbook, in Vietnamese whatever language its reader has chosen."""
    with force_locale("vi"):
        book = Workbook()
        for n, table in enumerate(report_tables(figures)):
            sheet = book.worksheets[0] if n == 0 else book.create_sheet()
            sheet.title = table.title[:_SHEET_NAME].strip()
            _fill(sheet, table, f"{figures.unit} · {figures.period.name}")
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def _fill(sheet: Worksheet, table: ReportTable, of: str) -> None:
    write_text(sheet.cell(1, 1), table.title).font = Font(bold=True, size=14)
    write_text(sheet.cell(2, 1), of).font = Font(italic=True)
    for at, column in enumerate(table.columns, start=1):
        head = write_text(sheet.cell(_HEAD_ROW, at), column.head)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = column.width + 4
    sheet.row_dimensions[_HEAD_ROW].height = _height([column.head for column in table.columns], table)
    for line, row in enumerate(table.rows, start=_HEAD_ROW + 1):
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            cell = _write(sheet.cell(line, at), value, column.kind)
            cell.border = _LINE
            cell.font = Font(bold=table.summed and line == _HEAD_ROW + len(table.rows))
        sheet.row_dimensions[line].height = _height(row, table)
    if not table.rows:
        write_text(sheet.cell(_HEAD_ROW + 1, 1), table.empty)
    lay_out_for_print(sheet, _HEAD_ROW, len(table.columns), max(len(table.rows), 1))


def _height(row: Sequence[Cell], table: ReportTable) -> float:
    """Points for as many lines as the longest text takes: not every program measures wrapped rows by itself."""
    lines = [
        math.ceil(len(cell) / column.width)
        for cell, column in zip(row, table.columns, strict=True)
        if isinstance(cell, str)
    ]
    return _LINE_HEIGHT * max([1, *lines])


def _write(cell: SheetCell, value: Cell, kind: Kind) -> SheetCell:
    """A number or a day as such, everything else as text; nothing where there is no figure."""
    if isinstance(value, str):
        if value:
            write_text(cell, value)
    elif isinstance(value, int | float | date):
        cell.value, cell.number_format = value, _FORMATS[kind]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
