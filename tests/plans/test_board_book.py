"""The board as a spreadsheet: exported, edited, compared, applied; and what somebody else made of it meanwhile."""

import html
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import openpyxl
import pytest
from flask import Flask
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from tests.cards import DUE_FAR, CardMaker
from tests.cast import POLICE, SCHOOLS, Browser, Cast
from tests.city import Snapshot
from tests.statements import counted_statements

ADDRESS, CHANGES = "/w/north/board.xlsx", "/w/north/board/changes"
#: Columns as the export puts them.
NUMBER, TITLE, AGENCY, SUPPORTING, SECTION, DUE, STATE, EXTENSIONS, TEXT, MARK = range(1, 11)
FIRST = 5

Edit = Callable[[Worksheet], None]


def export(who: Browser, address: str = ADDRESS) -> bytes:
    answer = who.get(address)
    assert answer.status_code == 200, answer.text
    return answer.data


def edited(data: bytes, edit: Edit) -> bytes:
    """What a spreadsheet program makes of the file after an edit."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(who: Browser, data: bytes, address: str = ADDRESS) -> TestResponse:
    return who.post(address, file=(io.BytesIO(data), "bang-viec.xlsx"))


def ticked(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'name="take" value="([^"]*)"', page)]


def bring_back(who: Browser, edit: Edit) -> TestResponse:
    """Export, edit, send, and press the button with everything ticked."""
    page = send(who, edited(export(who), edit))
    assert page.status_code == 200, page.text
    return who.post(CHANGES, take=ticked(page.text))


def _put(column: int, value: object, row: int = FIRST) -> Edit:
    return lambda sheet: setattr(sheet.cell(row, column), "value", value)


def _cards(behind_the_wall: Snapshot) -> list[tuple[object, ...]]:
    return behind_the_wall.query("select number, title, due_on, version from app.card order by number")


def test_the_export_holds_every_card_with_real_dates_and_no_formula(
    alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    a_card("=1+1", due_on=date(2026, 5, 24), supporting=(cast.schools,), text="@SUM(A1)", section="IV.1")
    a_card("+84 gọi", agency_id=None)
    sheet = openpyxl.load_workbook(io.BytesIO(export(alice))).worksheets[0]
    row = {column: sheet.cell(FIRST, column) for column in range(NUMBER, MARK)}
    assert [cell.value for cell in row.values()][:5] == [1, "=1+1", POLICE, SCHOOLS, "IV.1"]
    assert row[DUE].value == datetime(2026, 5, 24, tzinfo=UTC).replace(tzinfo=None)
    assert (row[TITLE].data_type, row[TEXT].data_type, row[DUE].number_format) == ("s", "s", "dd/mm/yyyy")
    assert sheet.freeze_panes == f"A{FIRST}"
    assert sheet.page_setup.orientation == "landscape"


def test_no_cell_of_the_export_is_written_as_a_formula(alice: Browser, a_card: CardMaker) -> None:
    for title in ("=cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1", "＝1+1", "#N/A"):
        a_card(title)
    with zipfile.ZipFile(io.BytesIO(export(alice))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<f " not in sheet
    assert b't="e"' not in sheet


def test_an_export_brought_back_unchanged_changes_nothing(
    alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    a_card("=1+1", due_on=DUE_FAR, supporting=(cast.schools,))
    a_card("Hai  dấu cách", agency_id=None, due_on=date(2026, 2, 28))
    for data in (export(alice), edited(export(alice), lambda _sheet: None)):
        page = send(alice, data).text
        assert "Tệp giống hệt bảng lúc này" in page
        assert ticked(page) == []


def test_edits_are_shown_first_and_applied_once(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Tuần tra", due_on=date(2026, 5, 24))
    before = _cards(behind_the_wall)

    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST, TITLE).value = "Tuần tra ban đêm"
        sheet.cell(FIRST, AGENCY).value = SCHOOLS
        sheet.cell(FIRST, DUE).value = date(2026, 6, 1)

    page = send(alice, edited(export(alice), edit)).text
    assert "3 chỗ sửa" in page
    assert _cards(behind_the_wall) == before
    for _press in range(2):
        assert alice.post(CHANGES, take=ticked(page)).status_code == 303
    assert behind_the_wall.query("select title, due_on, extensions, due_version from app.card") == [
        ("Tuần tra ban đêm", date(2026, 6, 1), 1, 3)
    ]
    assert "Không có gì để sửa thêm" in alice.get("/w/north/board").text


def test_only_what_is_ticked_changes(alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> None:
    a_card("Tuần tra"), a_card("Dạy bơi")
    data = edited(export(alice), lambda sheet: [_put(TITLE, "Mới", FIRST + at)(sheet) for at in (0, 1)])  # type: ignore[arg-type,return-value]
    alice.post(CHANGES, take=ticked(send(alice, data).text)[:1])
    assert [row[1] for row in _cards(behind_the_wall)] == ["Mới", "Dạy bơi"]


def test_what_somebody_changed_since_the_export_is_a_conflict(
    alice: Browser, lan: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Tuần tra")
    data = edited(export(alice), _put(TITLE, "Của Alice"))
    lan.post("/w/north/cards/1/title", title="Của Lan")
    page = send(alice, data).text
    assert "Người khác cũng vừa sửa, không ghi đè" in page
    assert "Của Lan" in page and "Của Alice" in page
    assert ticked(page) == []


def test_what_somebody_changed_while_the_page_was_open_is_left_and_said(
    alice: Browser, lan: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Tuần tra"), a_card("Dạy bơi")
    data = edited(export(alice), lambda sheet: [_put(TITLE, "Mới", FIRST + at)(sheet) for at in (0, 1)])  # type: ignore[arg-type,return-value]
    page = send(alice, data).text
    lan.post("/w/north/cards/1/title", title="Của Lan")
    alice.post(CHANGES, take=ticked(page))
    assert [row[1] for row in _cards(behind_the_wall)] == ["Của Lan", "Mới"]
    assert "để nguyên: việc số 1" in alice.get("/w/north/board").text


def test_a_change_on_the_board_that_the_sheet_did_not_touch_is_no_change(
    alice: Browser, lan: Browser, a_card: CardMaker
) -> None:
    a_card("Tuần tra")
    data = export(alice)
    lan.post("/w/north/cards/1/title", title="Của Lan")
    lan.post("/w/north/cards/1/state", state="doing")
    assert "Tệp giống hệt bảng lúc này" in send(alice, data).text


WRONG: list[tuple[str, Edit, str]] = [
    ("a date no calendar has", _put(DUE, "31/4/2026"), "Chưa hiểu hạn “31/4/2026”"),
    ("a year of the wrong century", _put(DUE, "24/5/2206"), "Chưa hiểu hạn"),
    ("a number that is no date", _put(DUE, "mai"), "Chưa hiểu hạn “mai”"),
    ("a formula", _put(TITLE, "=1+1"), "là công thức"),
    ("a formula for a date", _put(DUE, "=TODAY()"), "là công thức"),
    ("an agency the ward does not have", _put(AGENCY, "Cục Vũ trụ"), "chưa có cơ quan “Cục Vũ trụ”"),
    ("no agency", _put(AGENCY, None), "Cơ quan để trống"),
    ("no title", _put(TITLE, None), "Tên việc để trống"),
    ("a title beyond measure", _put(TITLE, "x" * 301), "Tên việc quá dài"),
    ("a title that names a child", _put(TITLE, "Thăm cháu Giàng A Páo"), "Viết tắt họ tên"),
    ("a column only for reading", _put(STATE, "Hoàn thành"), "chỉ để xem"),
    ("a number that does not fit", _put(NUMBER, 77), "Số việc không khớp"),
    ("a row of its own", _put(TITLE, "Việc mới", FIRST + 1), "Hàng mới không có số"),
    ("a lost mark", _put(MARK, None), "Mất dấu của hệ thống"),
]


@pytest.mark.parametrize(("what", "edit", "why"), WRONG, ids=[one[0] for one in WRONG])
def test_what_cannot_be_used_is_listed_with_what_to_do_and_offered_to_nobody(
    alice: Browser, a_card: CardMaker, what: str, edit: Edit, why: str
) -> None:
    a_card("Tuần tra", due_on=date(2026, 5, 24))
    answer = send(alice, edited(export(alice), edit))
    assert why in html.unescape(answer.text), what
    assert ticked(answer.text) == []


def test_a_card_that_is_over_keeps_its_date(alice: Browser, a_card: CardMaker) -> None:
    a_card("Tuần tra", due_on=date(2026, 5, 24))
    data = edited(export(alice), _put(DUE, date(2026, 6, 1)))
    alice.post("/w/north/cards/1/state", state="cancelled", reason="Thôi")
    page = send(alice, data).text
    assert "Việc đã xong hoặc đã hủy" in page
    assert ticked(page) == []


def test_the_same_row_twice_is_used_once(alice: Browser, a_card: CardMaker) -> None:
    a_card("Tuần tra")

    def twice(sheet: Worksheet) -> None:
        for column in range(NUMBER, MARK + 1):
            sheet.cell(FIRST + 1, column).value = sheet.cell(FIRST, column).value

    assert "Việc này có hai hàng" in send(alice, edited(export(alice), twice)).text


def test_columns_and_rows_may_be_moved(alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> None:
    a_card("Tuần tra"), a_card("Dạy bơi")

    def move(sheet: Worksheet) -> None:
        for column in range(NUMBER, MARK + 1):
            first, second = sheet.cell(FIRST, column), sheet.cell(FIRST + 1, column)
            first.value, second.value = second.value, first.value
        sheet.insert_cols(1)
        sheet.cell(FIRST, TITLE + 1).value = "Dạy bơi hè"

    assert bring_back(alice, move).status_code == 303
    assert [row[1] for row in _cards(behind_the_wall)] == ["Tuần tra", "Dạy bơi hè"]


def test_a_row_taken_out_of_the_sheet_stays_on_the_board(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Tuần tra"), a_card("Dạy bơi")
    page = send(alice, edited(export(alice), lambda sheet: sheet.delete_rows(FIRST))).text
    assert "1 việc không có trong tệp: để nguyên" in page
    assert len(_cards(behind_the_wall)) == 2


def test_another_wards_export_is_refused_with_a_sentence(
    alice: Browser, charlie: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card("Của Bắc")
    a_card("Của Nam", south=True)
    answer = send(alice, edited(export(charlie, "/w/south/board.xlsx"), _put(TITLE, "Đã sửa")))
    assert answer.status_code == 422
    assert "Không có việc này trên bảng của phường" in answer.text
    titles = [row[1] for row in _cards(behind_the_wall)]
    assert sorted(str(title) for title in titles) == ["Của Bắc", "Của Nam"]


def _archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def _with_rows(how_many: int) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].cell(how_many, 1).value = "x"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HOSTILE = [
    (b"", "Tệp trống"),
    (b"x,y\n1,2", "không phải tệp .xlsx"),
    (b"PK\x03\x04 broken", "bị hỏng"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00c\x00r\x00y\x00p\x00t", "mật khẩu"),
    (_archive({"xl/workbook.xml": b" " * 8_000_000}), "nén bất thường"),
    (_archive({"xl/workbook.xml": b"<a/>", "../evil": b"x"}), "không được phép"),
    (_archive({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), "không được phép"),
    (
        _archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"<!DOCTYPE a><a/>"}),
        "không được phép",
    ),
    (_with_rows(6_000), "dưới 5.000 hàng"),
    (_with_rows(3), "không phải bảng việc tải xuống từ đây"),
    (b"PK\x03\x04" + b"x" * 20 * 1024 * 1024, "quá lớn"),
]


@pytest.mark.parametrize(("data", "why"), HOSTILE, ids=[one[1] for one in HOSTILE])
def test_a_hostile_or_broken_file_is_refused_with_a_sentence(alice: Browser, data: bytes, why: str) -> None:
    answer = send(alice, data)
    assert answer.status_code in (413, 422)
    assert why in answer.text


def test_sending_no_file_asks_for_one(alice: Browser, cast: Cast) -> None:
    answer = alice.post(ADDRESS)
    assert answer.status_code == 422
    assert "Chọn tệp bảng việc" in answer.text


MADE_UP = [
    "",
    "[]",
    "{}",
    '{"number": "1", "field": "title", "value": "x", "seen": ""}',
    '{"number": 1, "field": "state", "value": "done", "seen": ""}',
    '{"number": 1, "field": "title", "value": {}, "seen": ""}',
    '{"number": true, "field": "due", "value": "31/4/2026", "seen": "e3b0c44298"}',
]


@pytest.mark.parametrize("made_up", MADE_UP)
def test_changes_nobody_was_shown_are_refused(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, made_up: str
) -> None:
    a_card("Tuần tra")
    before = _cards(behind_the_wall)
    assert alice.post(CHANGES, take=made_up).status_code == 422
    assert _cards(behind_the_wall) == before


def test_who_may_see_the_board_takes_it_away_and_only_who_steers_brings_it_back(
    bob: Browser, charlie: Browser, nobody: Browser, app: Flask, a_card: CardMaker
) -> None:
    a_card("Tuần tra")
    vy = Browser(app).sign_in("vy@north.example")
    data = export(vy)
    assert (bob.get(ADDRESS).status_code, charlie.get(ADDRESS).status_code) == (403, 404)
    assert nobody.get(ADDRESS).status_code == 303
    for who, status in ((vy, 403), (bob, 403), (charlie, 404)):
        assert send(who, data).status_code == status
        assert who.post(CHANGES, take="{}").status_code == status


def test_the_list_of_the_board_links_to_both(
    alice: Browser, bob: Browser, app: Flask, a_card: CardMaker
) -> None:
    a_card("Tuần tra")
    vy = Browser(app).sign_in("vy@north.example")
    shown = {who: who.get("/w/north/board?view=list").text for who in (alice, vy, bob)}
    taken, sent = f'href="{ADDRESS}"', f'action="{ADDRESS}"'
    assert taken in shown[alice] and sent in shown[alice]
    assert taken in shown[vy] and sent not in shown[vy]
    assert taken not in shown[bob] and sent not in shown[bob]


def test_taking_and_bringing_back_ask_the_same_of_three_cards_and_of_thirty(
    alice: Browser, app: Flask, a_card: CardMaker, cast: Cast
) -> None:
    asked = []
    send(alice, export(alice))  # the first call opens connections
    for more in (3, 27):
        for at in range(more):
            a_card(f"Việc {at}", supporting=(cast.schools,))
        with counted_statements(app) as seen:
            send(alice, export(alice))
        asked.append(len(seen))
    assert asked[0] == asked[1]
