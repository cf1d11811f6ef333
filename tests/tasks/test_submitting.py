"""A result is submitted, approved or returned; lateness is judged by the submission, not by the approval."""

from datetime import date, timedelta

import time_machine

from portal.db import utc_now
from portal.wording import full_date
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away


def test_submitting_keeps_the_result_and_the_moment(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review", result="  Đã tuần tra 12 buổi ")
    card = look(number)
    assert (card["state"], card["result"]) == ("review", "Đã tuần tra 12 buổi")
    assert card["submitted_at"] == card["accepted_at"] is not None
    assert card["closed_at"] is None
    assert kinds(number) == ["created", "assigned", "moved"]


def test_a_second_tap_changes_nothing_and_says_so(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    before = look(number)
    answer = bob.post(f"/w/north/cards/{number}/state", htmx=True, state="review", version=2)
    assert answer.status_code == 200
    assert "Đã ghi trước đó" in answer.text
    assert look(number) == before
    assert kinds(number).count("moved") == 1


def test_strangers_are_turned_away(
    mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    turned_away("state", number, mai=mai, charlie=charlie, nobody=nobody, state="review")
    assert look(number)["state"] == "todo"


def test_work_that_needs_evidence_is_not_taken_without(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot, look: Look
) -> None:
    number = a_card()
    behind_the_wall.execute("update app.card set evidence_required = true")
    answer = bob.post(f"/w/north/cards/{number}/state", htmx=True, state="review", result="Xong cả ba tổ")
    assert answer.status_code == 422
    assert "cần minh chứng" in answer.text
    assert "Xong cả ba tổ" in answer.text
    assert look(number)["state"] == "todo"
    behind_the_wall.execute("update app.card set evidence_count = 1")
    assert bob.post(f"/w/north/cards/{number}/state", state="review").status_code == 303


def test_a_late_approval_does_not_make_the_work_late(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look, behind_the_wall: Snapshot
) -> None:
    number = a_card(due_on=date(2030, 5, 10))
    behind_the_wall.execute(
        "update app.web_session set ends_at = '2031-01-01', last_seen_at = '2030-05-10T16:30:00Z'"
    )
    with time_machine.travel("2030-05-10T16:59:00Z", tick=False):
        bob.post(f"/w/north/cards/{number}/state", state="review")
    submitted = look(number)["submitted_at"]
    behind_the_wall.execute("update app.web_session set last_seen_at = '2030-06-01T00:00:00Z'")
    with time_machine.travel("2030-06-01T01:00:00Z", tick=False):
        assert "nộp muộn" not in lan.get("/w/north/board").text
        lan.post(f"/w/north/cards/{number}/state", state="done")
        page = lan.get("/w/north/board").text
    assert look(number)["submitted_at"] == submitted
    assert "Xong 01/06" in page
    assert "muộn" not in page


def test_a_minute_after_midnight_here_is_late(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number = a_card(due_on=date(2030, 5, 10))
    behind_the_wall.execute(
        "update app.web_session set ends_at = '2031-01-01', last_seen_at = '2030-05-10T16:30:00Z'"
    )
    with time_machine.travel("2030-05-10T17:01:00Z", tick=False):
        bob.post(f"/w/north/cards/{number}/state", state="review")
        assert "nộp muộn" in bob.get("/w/north/board").text


def test_returned_work_is_open_again_and_says_why(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    lan.post(f"/w/north/cards/{number}/state", state="returned", reason="Thiếu danh sách tổ dân phố")
    card = look(number)
    assert (card["state"], card["submitted_at"], card["closed_at"]) == ("returned", None, None)
    assert "Thiếu danh sách tổ dân phố" in bob.get(f"/w/north/cards/{number}").text
    bob.post(f"/w/north/cards/{number}/state", state="review")
    assert kinds(number)[2:] == ["moved"] * 3


def test_reopened_work_keeps_the_day_it_was_submitted(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    submitted = look(number)["submitted_at"]
    lan.post(f"/w/north/cards/{number}/state", state="done")
    lan.post(f"/w/north/cards/{number}/state", state="review")
    card = look(number)
    assert (card["submitted_at"], card["closed_at"]) == (submitted, None)


def test_the_page_says_how_many_days_late(bob: Browser, a_card: CardMaker) -> None:
    due = utc_now().date() - timedelta(days=10)
    number = a_card(due_on=due)
    page = bob.get(f"/w/north/cards/{number}").text
    assert "Quá hạn" in page
    assert full_date(due) in page
