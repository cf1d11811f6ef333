"""A ward's periodic report: counted as the board counts, written, locked by the leader, sent to the unit."""

import io
import re
import uuid
from typing import Any

import pytest
from docx import Document
from flask import Flask

from portal.db import keep, utc_now
from portal.reports.figures import Figure, Measured
from portal.reports.writing import targets
from portal.tasks.card_queries import card_or_404
from portal.tasks.commenting import block
from portal.tasks.doer import SYSTEM
from portal.tasks.timeliness import Bucket
from portal.tenants.boundary import inside_ward
from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.statements import counted_statements

REPORTS = "/w/north/reports"


def begun(browser: Browser, **fields: str) -> str:
    """Begin a report of days somebody chose; its address."""
    days: dict[str, Any] = {"period": "between", "start": "1/1/2026", "end": "30/6/2026", **fields}
    answer = browser.post(REPORTS, **days)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def version(page: str) -> str:
    return str(re.findall(r'name="version" value="(\d+)"', page)[0])


def words(data: bytes) -> str:
    docx = Document(io.BytesIO(data))
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in docx.paragraphs)])


def approved(alice: Browser, lan: Browser, **fields: str) -> str:
    here = begun(alice, **fields)
    assert lan.post(f"{here}/approval", version=version(lan.get(here).text)).status_code == 303
    return here


@pytest.fixture
def board(a_card: CardMaker, alice: Browser, cast: Cast) -> list[int]:
    """Two late, two in time, one late that will be done, one that nobody has, one that will be cancelled."""
    return [
        a_card(due_on=DUE_PAST),
        a_card(due_on=DUE_PAST, agency_id=cast.schools),
        a_card(due_on=DUE_FAR),
        a_card(due_on=DUE_FAR),
        a_card(due_on=DUE_PAST),
        a_card(agency_id=None),
        a_card(),
    ]


def move(app: Flask, cast: Cast, number: int, state: str) -> None:
    with app.app_context(), inside_ward(cast.north):
        card = card_or_404(number)
        card.state, card.submitted_at = state, utc_now()
        card.version += 1
        keep()


def test_every_number_equals_the_boards_and_leads_to_its_cards(
    app: Flask, cast: Cast, board: list[int], alice: Browser
) -> None:
    for number, state in ((board[3], "done"), (board[4], "done"), (board[6], "cancelled")):
        move(app, cast, number, state)
    here = begun(alice)
    page = alice.get(here).text
    for bucket, expected in zip(Bucket, (1, 1, 2, 2), strict=True):
        for agency in (None, cast.police, cast.schools):
            of = f"&agency={agency}" if agency else ""
            listed = alice.get(f"/w/north/board?view=list&quick={bucket}{of}").text
            traced = alice.get(f"{here}/cards?count={bucket}{of}").text
            cards = set(re.findall(r'href="/w/north/cards/(\d+)"', traced))
            assert cards == set(re.findall(r'href="/w/north/cards/(\d+)"', listed)), (bucket, agency)
            if agency is None:
                assert len(cards) == expected
                assert f'count={bucket}"><b class="num">{expected}</b>' in page
    assert f"/cards/{board[5]}" in alice.get(f"{here}/cards?agency=none").text
    assert alice.get(f"{here}/cards?count=nothing").status_code == 404


def test_what_a_person_wrote_survives_counting_again_which_shows_what_changed(
    app: Flask, cast: Cast, board: list[int], alice: Browser
) -> None:
    here = begun(alice)
    alice.post(f"{here}/texts", version=version(alice.get(here).text), results="Các cơ quan phối hợp tốt.")
    stale = version(alice.get(here).text)
    move(app, cast, board[0], "done")
    assert alice.post(f"{here}/figures").status_code == 303
    page = alice.get(here).text
    assert "Các cơ quan phối hợp tốt." in page
    assert "Toàn phường: Chưa xong, quá hạn" in page
    assert "3 → 2" in page
    refused = alice.post(f"{here}/texts", version=stale, results="Bản của người khác")
    assert refused.status_code == 409
    assert "Bản của người khác" in refused.text
    long = alice.post(f"{here}/texts", version=version(page), results="a" * 9000)
    assert long.status_code == 422
    assert "a" * 9000 in long.text
    assert begun(alice) == here


def test_a_locked_report_stays_as_the_leader_saw_it_and_a_correction_is_a_new_edition(
    app: Flask, cast: Cast, board: list[int], alice: Browser, lan: Browser
) -> None:
    here = begun(alice)
    seen = version(lan.get(here).text)
    alice.post(f"{here}/texts", version=seen, results="Nội dung đầu.")
    assert lan.post(f"{here}/approval", version=seen).status_code == 409
    assert alice.post(f"{here}/approval", version=seen).status_code == 403
    assert lan.post(f"{here}/approval", version=version(lan.get(here).text)).status_code == 303
    locked = alice.get(f"{here}/document").data
    move(app, cast, board[0], "done")
    for act in ("figures", "texts", "approval"):
        assert lan.post(f"{here}/{act}", version=99, results="Khác").status_code == 409
    assert alice.get(f"{here}/document").data == locked
    assert "Nội dung đầu." in words(locked)
    corrected = alice.post(f"{here}/correction").headers["Location"]
    assert corrected != here
    assert "Nội dung đầu." in alice.get(corrected).text
    assert "bản điều chỉnh" in words(alice.get(f"{corrected}/document").data)
    assert alice.post(f"{here}/correction").status_code == 409


def test_the_document_names_hindrances_masked_and_nothing_of_confidential_cards(
    app: Flask, cast: Cast, a_card: CardMaker, alice: Browser
) -> None:
    told, secret = a_card("Thăm gia đình em Canary"), a_card("Việc kín Canary")
    with app.app_context(), inside_ward(cast.north):
        block(card_or_404(told), "Cháu Nguyễn Thị Bé Canary chưa có giấy khai sinh.", SYSTEM, utc_now())
        block(card_or_404(secret), "Điều kín đáo.", SYSTEM, utc_now())
        card_or_404(secret).confidential = True
        keep()
    here = begun(alice)
    said = words(alice.get(f"{here}/document").data)
    for mark in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BÁO CÁO",
        "PHỤ LỤC",
        "giấy khai sinh",
        f"Việc số {told}",
    ):
        assert mark in said
    for gone in ("Canary", "Điều kín đáo", "Việc kín"):
        assert gone not in said
        assert gone not in alice.get(here).text
    named = alice.post(f"{here}/texts", version=1, results="Cháu Nguyễn Văn An bị bạo lực.")
    assert named.status_code == 422


def test_no_sensitive_figure_is_said_in_the_document_that_leaves_the_ward() -> None:
    def paper(sensitive: bool, numerator: float, denominator: float) -> str:
        now = Figure("2026-06-14", numerator, denominator, "97,6%")
        one = Measured(str(uuid.uuid4()), "Trẻ em được trợ giúp", "≥ 98%", sensitive, False, now, None)
        return str(list(targets((one,))))

    assert "(3/40)" in paper(False, 3, 40)
    for numerator, denominator in ((3, 40), (38, 40), (0, 0), (20, 40)):
        said = paper(True, numerator, denominator)
        assert "97,6%" not in said and f"({numerator}/{denominator})" not in said


def test_the_unit_sees_what_was_sent_and_nothing_else(
    cast: Cast,
    board: list[int],
    alice: Browser,
    lan: Browser,
    dung: Browser,
    charlie: Browser,
    behind_the_wall: Snapshot,
) -> None:
    draft = begun(alice, end="31/5/2026")
    assert alice.post(f"{draft}/sending").status_code == 409
    here = approved(alice, lan)
    assert "phường Bắc" not in dung.get("/o/city/reports").text
    assert alice.post(f"{here}/sending").status_code == 303
    assert alice.post(f"{here}/sending").status_code == 409
    page = dung.get("/o/city/reports").text
    assert page.count("phường Bắc") == 2
    link = re.findall(r'href="(/o/city/reports/[^"]+/document)"', page)
    assert len(link) == 1
    assert dung.get(link[0]).data == alice.get(f"{here}/document").data
    for address in (
        here,
        f"{here}/document",
        f"{here}/cards",
        REPORTS,
        f"/o/city/reports/{here[-36:]}/document",
    ):
        assert dung.get(address).status_code == 404, address
    assert charlie.get(link[0]).status_code == 404
    assert behind_the_wall.query("select count(*) from app.sent_report") == [(1,)]


def test_who_may_not_is_refused_and_another_ward_finds_nothing(
    cast: Cast, alice: Browser, lan: Browser, bob: Browser, charlie: Browser, nobody: Browser
) -> None:
    here = approved(alice, lan)
    own = here[-36:]
    for address in ("", "/document", "/cards"):
        assert bob.get(f"{here}{address}").status_code == 403
        assert charlie.get(f"{here}{address}").status_code == 404
        assert charlie.get(f"/w/south/reports/{own}{address}").status_code == 404
    for act in ("figures", "texts", "approval", "correction", "sending"):
        assert bob.post(f"{here}/{act}").status_code == 403
        missing = 403 if act == "approval" else 404
        assert charlie.post(f"/w/south/reports/{own}/{act}").status_code == missing
    assert bob.post(REPORTS, period="2026-half").status_code == 403
    assert nobody.get(here).status_code == 302 or nobody.get(here).status_code == 303


def test_pages_ask_as_much_for_many_cards_as_for_one(app: Flask, a_card: CardMaker, alice: Browser) -> None:
    asked = []
    for more in (1, 8):
        for _ in range(more):
            a_card(due_on=DUE_PAST)
        here = begun(alice, end=f"{more}/6/2026")
        for address in (here, f"{here}/cards", REPORTS):
            alice.get(address)
            with counted_statements(app) as seen:
                alice.get(address)
            asked.append(len(seen))
    assert asked[:3] == asked[3:]
    assert max(asked) <= 12


def test_a_period_is_chosen_from_the_table_or_typed(cast: Cast, alice: Browser) -> None:
    page = alice.get(REPORTS).text
    assert "15/12/" in page
    for fields, words_ in (
        ({"period": "2026-nothing"}, "Chọn kỳ báo cáo"),
        ({"period": "between", "start": "31/2/2026", "end": "1/6/2026"}, "Nhập ngày dạng"),
        ({"period": "between", "start": "2/6/2026", "end": "1/6/2026"}, "Ngày cuối phải sau ngày đầu"),
        ({"period": "2999-half"}, "chưa bắt đầu"),
    ):
        answer = alice.post(REPORTS, **dict[str, Any](fields))
        assert answer.status_code == 422
        assert words_ in answer.text
        assert fields.get("start", "") in answer.text
    made = alice.post(REPORTS, period="2025-half").headers["Location"]
    assert "15/12/2024–14/06/2025" in alice.get(made).text


def test_a_submitted_report_is_the_leaders_errand_and_comes_back_with_what_is_missing(
    alice: Browser, lan: Browser, bob: Browser, charlie: Browser
) -> None:
    here, told = begun(alice), "Duyệt báo cáo:"
    assert told not in lan.get("/w/north/home").text
    refusals = [
        bob.post(f"{here}/submission"),
        bob.post(f"{here}/return", why="Thiếu"),
        alice.post(f"{here}/return"),
    ]
    assert [answer.status_code for answer in refusals] == [403] * 3
    assert [charlie.post(f"{here}/{act}").status_code for act in ("submission", "return")] == [404] * 2
    assert lan.post(f"{here}/return", why="Thiếu số liệu").status_code == 409
    assert alice.post(f"{here}/submission").status_code == 303
    assert alice.post(f"{here}/submission").status_code == 409
    for page in ("home", "mine"):
        seen = lan.get(f"/w/north/{page}").text
        assert told in seen
        assert f'href="{here}"' in seen
    assert told not in alice.get("/w/north/home").text
    assert "Ghi cần sửa gì" in lan.post(f"{here}/return", why=" ").text
    assert lan.post(f"{here}/return", why="Thiếu số liệu khai sinh").status_code == 303
    assert told not in lan.get("/w/north/home").text
    assert "Sửa báo cáo:" in alice.get("/w/north/home").text
    assert "Thiếu số liệu khai sinh" in alice.get(here).text
    alice.post(f"{here}/submission")
    assert "Thiếu số liệu khai sinh" not in alice.get(here).text
    lan.post(f"{here}/approval", version=version(lan.get(here).text))
    assert told not in lan.get("/w/north/home").text
    assert lan.post(f"{here}/return", why="Muộn").status_code == 409
