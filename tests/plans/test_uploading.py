"""A plan comes in: as a file, as text, as the sample; and what is refused, with what to do about it."""

import io
import unicodedata
import uuid

import pytest
from flask import Flask

from portal.files import MAX_BYTES
from portal.plans import importing
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.walking import address_of_plan, plan_under_review, read_waiting, upload
from worker.wards import job_for_one_ward

PLAN = """KẾ HOẠCH
Chăm lo trẻ em năm 2026

I. TỔ CHỨC THỰC HIỆN

1. Công an phường

- Kiểm tra các điểm nước sâu trước ngày 15/5/2026.
"""


def test_a_file_is_taken_read_and_shown(alice: Browser, app: Flask) -> None:
    page = alice.get(plan_under_review(alice, app, PLAN.encode(), "kế hoạch.txt")).text
    assert "kế hoạch.txt" in page
    assert "Kiểm tra các điểm nước sâu" in page
    assert 'value="15/05/2026"' in page


def test_pasted_text_is_read_like_a_file_and_becomes_composed(alice: Browser, app: Flask) -> None:
    answer = alice.post("/w/north/plans/new", text=unicodedata.normalize("NFD", PLAN))
    read_waiting(app)
    assert "Kiểm tra các điểm nước sâu" in alice.get(address_of_plan(answer)).text


def test_while_it_is_read_the_page_says_so_and_htmx_learns_when_it_is_done(
    alice: Browser, app: Flask
) -> None:
    address = address_of_plan(upload(alice, PLAN.encode(), "a.txt"))
    waiting = alice.get(address)
    assert "Đang đọc" in waiting.text
    assert '<meta http-equiv="refresh"' in waiting.text
    assert 'id="reading"' in alice.get(address, HX_Request="true").text
    read_waiting(app)
    assert alice.get(address, HX_Request="true").headers["HX-Refresh"] == "true"


REFUSED = [
    (b"", "a.txt", "Tệp trống"),
    (b"MZ\x90", "ke-hoach.exe", "Chưa đọc được loại tệp này"),
    (b"PK\x03\x04", "ke-hoach", "Chưa đọc được loại tệp này"),
    (b"x", "a.docx.html", "Chưa đọc được loại tệp này"),
]


@pytest.mark.parametrize(("data", "name", "why"), REFUSED)
def test_a_file_nobody_can_read_is_refused_and_the_pasted_text_stays(
    alice: Browser, data: bytes, name: str, why: str
) -> None:
    answer = alice.post("/w/north/plans/new", file=(io.BytesIO(data), name), text="Đoạn đã dán từ trước")
    assert answer.status_code == 422
    assert why in answer.text
    assert "Đoạn đã dán từ trước" in answer.text


def test_a_file_beyond_twenty_mebibytes_is_refused_with_its_limit(alice: Browser) -> None:
    answer = upload(alice, b"x" * (MAX_BYTES + 1), "to.txt")
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_sending_nothing_asks_for_a_file_or_text(alice: Browser) -> None:
    answer = alice.post("/w/north/plans/new", text="  ")
    assert answer.status_code == 422
    assert "Chọn tệp kế hoạch, hoặc dán nội dung" in answer.text


UNREADABLE = [
    (b"PK\x03\x04 broken", "a.docx", "bị hỏng"),
    (b"%PDF-1.7 nothing", "a.pdf", "bị hỏng"),
    (b"%PDF-1.7 nothing", "a.docx", "không đúng với đuôi tên tệp"),
    (b"   \n  ", "a.txt", "không có chữ"),
]


@pytest.mark.parametrize(("data", "name", "why"), UNREADABLE)
def test_what_only_the_reader_finds_unreadable_is_explained_afterwards(
    alice: Browser, app: Flask, data: bytes, name: str, why: str
) -> None:
    page = alice.get(plan_under_review(alice, app, data, name))
    assert page.status_code == 200
    assert why in page.text
    assert f"<b>{name}</b>" in page.text
    assert 'name="file"' in page.text


def test_text_nobody_could_read_is_still_in_the_form(alice: Browser, app: Flask, cast: Cast) -> None:
    address = address_of_plan(alice.post("/w/north/plans/new", text=PLAN))
    with job_for_one_ward(app, cast.north):
        importing.give_up(uuid.UUID(address.rsplit("/", 1)[1]))
    page = alice.get(address).text
    assert "Không đọc được tệp này" in page
    assert "- Kiểm tra các điểm nước sâu trước ngày 15/5/2026.</textarea>" in page


def test_a_document_without_duties_says_so(alice: Browser, app: Flask) -> None:
    page = alice.get(plan_under_review(alice, app, b"Chi la mot cau.", "a.txt")).text
    assert "Không đọc thấy việc nào" in page
    assert 'id="confirm" class="btn pri big" disabled' in page


def test_the_same_file_again_leads_to_the_plan_it_made(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    first = plan_under_review(alice, app, PLAN.encode(), "a.txt")
    again = upload(alice, PLAN.encode(), "ban-khac.txt")
    assert address_of_plan(again) == first
    assert behind_the_wall.query("select count(*) from app.plan") == [(1,)]
    assert "đã được tải lên trước đó" in alice.get(first).text


def test_a_file_that_could_not_be_read_may_be_sent_again(alice: Browser, app: Flask) -> None:
    first = plan_under_review(alice, app, b"   \n ", "a.txt")
    assert plan_under_review(alice, app, b"   \n ", "a.txt") != first


def test_the_original_comes_back_as_a_download_no_browser_runs(alice: Browser, app: Flask) -> None:
    data = b"<script>alert(1)</script>" + PLAN.encode()
    address = plan_under_review(alice, app, data, "kế\u202e hoạch.txt")
    answer = alice.get(f"{address}/original")
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "\u202e" not in alice.get(address).text


def test_a_plan_can_be_forgotten_before_it_is_confirmed(
    alice: Browser, app: Flask, behind_the_wall: Snapshot, cast: Cast
) -> None:
    address = plan_under_review(alice, app)
    stored = behind_the_wall.query("select stored_as from app.plan")[0][0]
    folder = app.config["PORTAL"].files_dir / str(cast.north)
    assert (folder / str(stored)).exists()
    assert alice.post(f"{address}/removal").status_code == 303
    for table in ("plan", "plan_paragraph", "proposed_card", "target", "indicator"):
        assert behind_the_wall.query(f"select count(*) from app.{table}") == [(0,)], table
    assert not (folder / str(stored)).exists()
    assert alice.get(address).status_code == 404


def test_only_those_who_manage_plans_send_them_in(bob: Browser, charlie: Browser, nobody: Browser) -> None:
    assert upload(bob, PLAN.encode(), "a.txt").status_code == 403
    assert bob.get("/w/north/plans/new").status_code == 403
    assert upload(charlie, PLAN.encode(), "a.txt").status_code == 404
    assert nobody.get("/w/north/plans/new").status_code == 303
