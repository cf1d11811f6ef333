"""Many people to write to: from a spreadsheet, looked at first and told by row; beside the agencies a plan names."""

import io

import openpyxl
from flask import Flask
from werkzeug.test import TestResponse

from portal.db import db, keep
from portal.plans.plan import Plan, PlanState
from portal.tenants.boundary import inside_ward
from tests.cast import POLICE, SCHOOLS, THEN, Browser, Cast
from tests.city import Snapshot
from tests.plans.test_board_book import ticked

PAGE, BOOK = "/w/north/recipients", "/w/north/recipients.xlsx"
HEADINGS = ("Cơ quan", "Họ và tên", "Chức vụ", "Email", "Số điện thoại")


def book(*rows: tuple[object, ...], title: str = "") -> bytes:
    made = openpyxl.Workbook()
    if title:
        made.worksheets[0].append([title])
    for row in (HEADINGS, *rows):
        made.worksheets[0].append(list(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def send(who: Browser, data: bytes, address: str = BOOK) -> TestResponse:
    return who.post(address, file=(io.BytesIO(data), "nguoi-nhan.xlsx"))


def without_account(wall: Snapshot) -> list[tuple[object, ...]]:
    return wall.query(
        "select name, title, email, phone from app.contact where person_id is null order by email"
    )


def test_a_spreadsheet_is_looked_at_first_and_bad_rows_are_told_by_line(
    alice: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    page = send(
        alice,
        book(
            (POLICE, "Hoa Trực Ban", "Trực ban", "HOA@phuong.example", "912345678"),
            (SCHOOLS.upper(), "", "", "truong@phuong.example", ""),
            ("Công an phường", "", "", "", ""),
            ("Cơ quan không có", "", "", "x@phuong.example", ""),
            (POLICE, "Sai", "", "khong-phai", ""),
            (POLICE, "Sai Số", "", "", "113"),
            (POLICE, "Công Thức", "", "=A1", ""),
            (POLICE, "Hoa Trực Ban", "Trực ban", "hoa@phuong.example", "0912 345 678"),
            title="Danh sách người nhận tin",
        ),
    ).text
    assert "2 người thêm được, 5 hàng không dùng được." in page
    for row, why in (
        (6, "Phường chưa có cơ quan “Cơ quan không có”"),
        (7, "Địa chỉ e-mail chưa đúng"),
        (8, "Số di động chưa đúng"),
        (10, "Giống hàng 3"),
    ):
        assert f'<td class="r num">{row}</td><td>{why}' in page
    assert without_account(behind_the_wall) == []
    for _again in range(2):
        alice.post(PAGE, take=ticked(page))
    assert without_account(behind_the_wall) == [
        ("Hoa Trực Ban", "Trực ban", "hoa@phuong.example", "0912345678"),
        ("Trường học", "", "truong@phuong.example", None),
    ]
    assert behind_the_wall.query("select count(*) from app.account_mail") == [(0,)]
    assert "đã có trong danh sách" in send(alice, book((SCHOOLS, "", "", "truong@phuong.example", ""))).text


def test_the_form_to_fill_in_comes_back_as_it_was_given(alice: Browser, behind_the_wall: Snapshot) -> None:
    made = openpyxl.load_workbook(io.BytesIO(alice.get(BOOK).data))
    sheet = made.worksheets[0]
    assert [cell.value for cell in sheet["A"]][:3] == ["Cơ quan", POLICE, SCHOOLS]
    file = io.BytesIO()
    made.save(file)
    assert "Không thấy ai trong tệp" in send(alice, file.getvalue()).text
    sheet["D2"] = "truc-ban@phuong.example"
    file = io.BytesIO()
    made.save(file)
    assert len(ticked(send(alice, file.getvalue()).text)) == 1


def test_what_is_no_list_is_refused_in_words(alice: Browser) -> None:
    for data in (b"", b"PK\x03\x04 nothing", b"%PDF-1.7"):
        answer = send(alice, data)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_agencies_a_plan_names_and_nobody_is_written_to_of_are_offered(
    app: Flask, alice: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.execute(
        "update app.contact set email = null where name in ('Bob Công An', 'Mai Nhà Trường')"
    )
    with app.app_context(), inside_ward(cast.north):
        plan = Plan(
            source="text", filename="", stored_as="", size=1, sha256="", added_by="Alice", added_at=THEN
        )
        plan.state, plan.details = (
            PlanState.CONFIRMED.value,
            {"recipients": ["Như Điều 3; Công an phường (t/h)"]},
        )
        db.session.add(plan)
        keep()
    page = alice.get(PAGE).text
    assert page.count("có trong Nơi nhận của kế hoạch") == 1
    assert page.index(POLICE) < page.index(SCHOOLS)
    wrong = alice.post(PAGE, **{f"email-{cast.police}": "khong-phai"})
    assert wrong.status_code == 422
    assert "khong-phai" in wrong.text
    assert alice.post(PAGE, **{f"email-{cast.police}": "truc-ban@phuong.example"}).status_code == 303
    assert [row[2] for row in without_account(behind_the_wall)] == ["truc-ban@phuong.example"]
    assert "có trong Nơi nhận của kế hoạch" not in alice.get(PAGE).text


def test_only_who_keeps_the_wards_people_adds_recipients(
    bob: Browser, charlie: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    data = book((POLICE, "", "", "x@phuong.example", ""))
    assert bob.get(PAGE).status_code == bob.get(BOOK).status_code == send(bob, data).status_code == 403
    assert charlie.get(PAGE).status_code == send(charlie, data).status_code == 404
    foreign = {f"email-{cast.police}": "x@phuong.example"}
    assert charlie.post("/w/south/recipients", **foreign).status_code == 422
    assert without_account(behind_the_wall) == []
