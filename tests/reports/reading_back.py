"""Files of a unit's report, read back and held against its page."""

import html
import io
import re
from datetime import datetime
from itertools import chain

from docx import Document
from flask import Flask
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from pypdf import PdfReader

from portal.wording import decimal, full_date
from tests.cast import Browser
from worker.report_jobs import carry_out_exports

#: The report of the tests, and a ward's name that wants to be a formula.
HERE = "/o/city/report/2026-quarter-1"
HOSTILE = "=HYPERLINK(1)"

Tables = dict[str, list[list[str]]]


def of_page(page: str) -> Tables:
    """The rows of each table by its code, as people read them."""
    found: Tables = {}
    for code, table in re.findall(r'data-table="([\w-]+)">(.*?)</table>', page, re.S):
        rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
        found[code] = [[html.unescape(cell) for cell in row] for row in cells]
    return found


def of_docx(data: bytes) -> list[list[list[str]]]:
    docx = Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.tables]


def _as_said(cell: Cell | MergedCell) -> str:
    """A typed cell as the page says it."""
    value = cell.value
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return decimal(value) + ("%" if "%" in cell.number_format else "")
    return full_date(value.date()) if isinstance(value, datetime) else str(value)


def _bare(page: str) -> str:
    return re.sub(r"<svg.*?</svg>", "", page, flags=re.S)


def made(app: Flask, browser: Browser, here: str, form: str) -> bytes:
    """The report at this address as a file, asked for, made by a worker, and downloaded."""
    assert browser.post(f"{here}/files", form=form).status_code == 303
    assert carry_out_exports(app) == 1
    links = re.findall(
        rf'href="(/o/[\w-]+/report/files/[\w-]+)">[^(]*\(\.{form}\)', _bare(browser.get(here).text)
    )
    answer = browser.get(links[0])
    name = f"bao-cao-tong-hop-{here.split('/')[2]}-{here.split('/')[-1]}.{form}"
    assert answer.headers["Content-Disposition"].endswith(name)
    return answer.data


def agree(app: Flask, browser: Browser, here: str) -> Tables:
    """The page's tables, once the .docx, the .xlsx and the .pdf were found to say the same to the last number."""
    tables = of_page(browser.get(here).text)
    paper = of_docx(made(app, browser, here, "docx"))
    for table in tables.values():
        assert table in paper
    book = load_workbook(io.BytesIO(made(app, browser, here, "xlsx")))
    sheets = [[[_as_said(cell) for cell in row] for row in sheet.iter_rows(min_row=4)] for sheet in book]
    for table in tables.values():
        assert [[cell or "–" for cell in row] for row in table] in sheets
    pdf = PdfReader(io.BytesIO(made(app, browser, here, "pdf")))
    words = "".join("".join(page.extract_text() for page in pdf.pages).split())
    for row in chain.from_iterable(tables.get(code, [])[1:] for code in ("wards", "agencies", "scorecards")):
        assert "".join("".join(row[1:]).split()) in words, row
    for cell in (cell for table in tables.values() for row in table for cell in row):
        assert "".join(cell.split()) in words, cell
    return tables
