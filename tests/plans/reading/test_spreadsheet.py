"""Assignment tables kept in a spreadsheet."""

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from portal.plans.reading import PlanReading, read_plan

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: list[list[str | float | None]], merges: tuple[str, ...] = ()) -> bytes:
    """Return an .xlsx with one sheet; floats are dates."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in merges)
    sheet = f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", f"<workbook {MAIN}/>")
        made.writestr("xl/styles.xml", styles)
        made.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def cell(reference: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{reference}" s="1"><v>{value}</v></c>'


def reading() -> PlanReading:
    rows: list[list[str | float | None]] = [
        ["KẾ HOẠCH"],
        ["Phân công công tác trẻ em năm 2024"],
        ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Phối hợp", "Thời hạn"],
        ["A", "Truyền thông", None, None, None],
        ["1", "Treo băng rôn", "Công chức VH-XH", None, 45443.0],
        ["2", "Phát thanh", None, "Các trường", "Hằng tuần"],
        ["3", "Khám sức khỏe", "Trạm Y tế", "nt", "Quý III"],
    ]
    return read_plan(workbook(rows, ("C5:C6",)), "phan-cong.xlsx")


def test_each_row_is_a_duty_and_group_rows_are_not() -> None:
    assert [duty.text for duty in reading().duties] == ["Treo băng rôn", "Phát thanh", "Khám sức khỏe"]
    assert [skipped.reason for skipped in reading().skipped] == ["table_header", "table_group"]


def test_a_merged_lead_cell_counts_for_all_its_rows() -> None:
    assert [[ref.code for ref in duty.agencies] for duty in reading().duties] == [
        ["vhxh"],
        ["vhxh"],
        ["tramyte"],
    ]


def test_a_date_cell_and_a_worded_cell_are_both_deadlines() -> None:
    assert [duty.due.date for duty in reading().duties] == [date(2024, 5, 31), None, date(2024, 9, 30)]


def test_a_ditto_takes_the_agencies_above() -> None:
    assert [ref.code for ref in reading().duties[2].supporting] == ["truong"]


def test_the_year_of_the_title_belongs_to_the_dates() -> None:
    assert reading().metadata.year == 2024
