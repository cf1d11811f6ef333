"""Cells of a spreadsheet that are what they say: texts are texts whatever they begin with, and sheets that print."""

import re

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.text import nfc, normalise_spaces

#: The longest text a spreadsheet keeps in one cell is 32,767 characters (ECMA-376, limits of Excel).
MOST_CHARACTERS = 32_000

# What XML 1.0 cannot hold at all.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: A4 in the numbering of the format.
_A4 = 9


def cell_text(text: str) -> str:
    """A text as a cell holds it: composed, one line, nothing that XML cannot hold."""
    return normalise_spaces(nfc(_ILLEGAL.sub("", text)))[:MOST_CHARACTERS].rstrip()


def write_text(cell: Cell, words: str) -> Cell:
    """A text, whatever it begins with: "=1+1" stays four characters, also when somebody edits it later (C51)."""
    cell.value = cell_text(words)
    cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    return cell


def lay_out_for_print(sheet: Worksheet, head_row: int, columns: int, rows: int) -> None:
    """Headings stay in sight and repeat on every page; the page is landscape and one sheet wide, with its number."""
    right = get_column_letter(columns)
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.auto_filter.ref = f"A{head_row}:{right}{head_row + rows}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P/&N"
