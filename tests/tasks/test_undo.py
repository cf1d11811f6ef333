"""A move pressed by mistake is taken back: by who made it or who steers, soon, and only if nothing happened since."""

import re
from datetime import date

import pytest

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look


def _event(who: Browser, number: int) -> str:
    found = re.search(r'name="event" value="([^"]+)"', who.get(f"/w/north/cards/{number}").text)
    assert found is not None
    return found[1]


@pytest.fixture
def submitted(bob: Browser, a_card: CardMaker) -> int:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="doing")
    bob.post(f"/w/north/cards/{number}/state", state="review", result="Xong")
    return number


def test_the_card_is_as_it_was(bob: Browser, submitted: int, look: Look, kinds: Kinds) -> None:
    answer = bob.post(f"/w/north/cards/{submitted}/undo", event=_event(bob, submitted))
    assert answer.status_code == 303
    card = look(submitted)
    assert (card["state"], card["result"], card["submitted_at"]) == ("doing", "", None)
    assert card["accepted_at"] is not None
    assert kinds(submitted)[-1] == "undone"
    assert "hoàn tác, về Đang thực hiện" in bob.get(f"/w/north/cards/{submitted}").text


def test_an_approval_is_taken_back_with_its_closing(lan: Browser, submitted: int, look: Look) -> None:
    before = look(submitted)
    lan.post(f"/w/north/cards/{submitted}/state", state="done")
    lan.post(f"/w/north/cards/{submitted}/undo", event=_event(lan, submitted))
    after = look(submitted)
    assert (after["state"], after["closed_at"]) == ("review", None)
    assert after["submitted_at"] == before["submitted_at"]


def test_from_the_board_the_toast_offers_it_and_it_works(bob: Browser, a_card: CardMaker, look: Look) -> None:
    number = a_card()
    answer = bob.post(f"/w/north/cards/{number}/state?from=board", htmx=True, state="doing")
    event = re.search(r'name="event" value="([^"]+)"', answer.text)
    assert event is not None
    back = bob.post(f"/w/north/cards/{number}/undo?from=board", htmx=True, event=event[1])
    assert back.status_code == 200
    assert 'hx-target="#cards-todo"' in back.text
    assert look(number)["state"] == "todo"


def test_a_second_tap_changes_nothing(bob: Browser, submitted: int, look: Look) -> None:
    event = _event(bob, submitted)
    bob.post(f"/w/north/cards/{submitted}/undo", event=event)
    before = look(submitted)
    assert bob.post(f"/w/north/cards/{submitted}/undo", event=event).status_code == 409
    assert look(submitted) == before


def test_after_ten_minutes_it_is_too_late(
    bob: Browser, submitted: int, look: Look, behind_the_wall: Snapshot
) -> None:
    event = _event(bob, submitted)
    behind_the_wall.execute("update app.card_event set occurred_at = occurred_at - interval '11 minutes'")
    answer = bob.post(f"/w/north/cards/{submitted}/undo", event=event)
    assert answer.status_code == 409
    assert "quá 10 phút" in answer.text
    assert look(submitted)["state"] == "review"
    assert 'name="event"' not in bob.get(f"/w/north/cards/{submitted}").text


def test_after_something_else_it_is_refused(bob: Browser, alice: Browser, submitted: int, look: Look) -> None:
    event = _event(bob, submitted)
    alice.post(f"/w/north/cards/{submitted}/comments", text="Đang xem")
    answer = bob.post(f"/w/north/cards/{submitted}/undo", event=event)
    assert answer.status_code == 409
    assert "đã thay đổi sau đó" in answer.text
    assert look(submitted)["state"] == "review"


def test_an_agency_cannot_take_back_the_leaders_decision(
    bob: Browser, lan: Browser, submitted: int, look: Look
) -> None:
    lan.post(f"/w/north/cards/{submitted}/state", state="done")
    event = _event(lan, submitted)
    assert bob.post(f"/w/north/cards/{submitted}/undo", event=event).status_code == 403
    assert look(submitted)["state"] == "done"


def test_who_steers_takes_back_what_an_agency_pressed(alice: Browser, submitted: int, look: Look) -> None:
    alice.post(f"/w/north/cards/{submitted}/undo", event=_event(alice, submitted))
    assert look(submitted)["state"] == "doing"


def test_strangers_are_turned_away(mai: Browser, charlie: Browser, bob: Browser, submitted: int) -> None:
    event = _event(bob, submitted)
    assert mai.post(f"/w/north/cards/{submitted}/undo", event=event).status_code == 403
    assert charlie.post(f"/w/north/cards/{submitted}/undo", event=event).status_code == 404


def test_what_was_written_is_not_taken_back_by_it(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot, look: Look
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/comments", text="Đã xem")
    event = behind_the_wall.query("select id::text from app.card_event where kind = 'commented'")[0][0]
    assert bob.post(f"/w/north/cards/{number}/undo", event=event).status_code == 404
    assert look(number)["comment_count"] == 1


_BACK = (
    "agency_id",
    "mode",
    "accepted_at",
    "assigned_at",
    "due_on",
    "due_exclusive",
    "original_due_on",
    "extensions",
)
_BACK += ("asked_due_on", "asked_why", "title", "search_text", "blocked_why", "state", "reason")


@pytest.mark.parametrize(
    ("person", "act", "fields"),
    [
        ("bob", "acceptance", {}),
        ("bob", "obstacle", {"why": "Thiếu kinh phí"}),
        ("bob", "extension", {"due_on": "30/6/2031", "why": "Mưa lũ"}),
        ("bob", "state", {"state": "refused", "reason": "Không phải việc của Công an"}),
        ("lan", "due", {"due_on": "30/6/2031", "why": "Chờ tỉnh"}),
        ("lan", "due", {"due_on": ""}),
        ("alice", "title", {"title": "Tên khác"}),
        ("alice", "assignment", {"agency": "schools", "supporting": "police"}),
        ("alice", "state", {"state": "paused", "reason": "Chờ kinh phí"}),
    ],
)
def test_whatever_somebody_did_to_a_card_is_taken_back_whole(
    request: pytest.FixtureRequest,
    a_card: CardMaker,
    cast: Cast,
    look: Look,
    kinds: Kinds,
    person: str,
    act: str,
    fields: dict[str, str],
) -> None:
    who, number = request.getfixturevalue(person), a_card(due_on=date(2031, 1, 31))
    chosen = {"police": str(cast.police), "schools": str(cast.schools)}
    before = look(number)
    who.post(f"/w/north/cards/{number}/{act}", **{k: chosen.get(v, v) for k, v in fields.items()})
    assert {look(number)[name] != before[name] for name in _BACK} == {True, False}
    assert who.post(f"/w/north/cards/{number}/undo", event=_event(who, number)).status_code == 303
    after = look(number)
    assert {name: after[name] for name in _BACK} == {name: before[name] for name in _BACK}
    assert kinds(number)[-1] == "undone"


def test_reminders_of_a_date_that_was_taken_back_are_superseded_like_those_before_it(
    lan: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card(due_on=date(2031, 1, 31))
    lan.post(f"/w/north/cards/{number}/due", due_on="30/6/2031")
    set_ = look(number)["due_version"]
    lan.post(f"/w/north/cards/{number}/undo", event=_event(lan, number))
    assert look(number)["due_version"] > set_


def test_the_drawers_toast_offers_the_way_back(bob: Browser, a_card: CardMaker, look: Look) -> None:
    number = a_card()
    answer = bob.post(f"/w/north/cards/{number}/obstacle", htmx=True, why="Thiếu kinh phí")
    toast = answer.text[answer.text.index('hx-target="#toast"') :]
    event = re.search(r'name="event" value="([^"]+)"', toast)
    assert event is not None
    back = bob.post(f"/w/north/cards/{number}/undo", htmx=True, event=event[1])
    assert back.status_code == 200
    assert "hoàn tác: báo vướng mắc" in back.text
    assert look(number)["blocked_why"] == ""


def test_the_event_of_another_card_does_not_do(
    bob: Browser, submitted: int, a_card: CardMaker, look: Look
) -> None:
    other = a_card()
    assert bob.post(f"/w/north/cards/{other}/undo", event=_event(bob, submitted)).status_code == 409
    assert look(submitted)["state"] == "review"
