"""One duty for many agencies: each has a card of its own, the first card is their sum and is itself never counted."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import keep
from portal.rollups.publishing import publish
from portal.tasks.sharing import _sum
from portal.tasks.state import State
from tests.cards import DUE_FAR, DUE_PAST, MARCH, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away

Share = Callable[..., int]


@pytest.fixture
def shared(alice: Browser, cast: Cast, a_card: CardMaker) -> Share:
    """A card of the police, shared out to police and schools; its parts have the next two numbers."""

    def share(**fields: object) -> int:
        number = a_card(**fields)
        among = [str(cast.police), str(cast.schools)]
        assert alice.post(f"/w/north/cards/{number}/shares", among=among).status_code == 303
        return number

    return share


def _finish(bob: Browser, mai: Browser, lan: Browser, *numbers: int) -> None:
    for number, who in zip(numbers, (bob, mai), strict=False):
        who.post(f"/w/north/cards/{number}/state", state="review")
        lan.post(f"/w/north/cards/{number}/state", state="done")


def test_each_agency_has_its_own_card_and_the_first_one_is_nobodys(
    shared: Share, alice: Browser, bob: Browser, look: Look, kinds: Kinds, cast: Cast
) -> None:
    number = shared(due_on=DUE_FAR, text="Các đơn vị tuyên truyền")
    parent, parts = look(number), [look(number + 1), look(number + 2)]
    assert (parent["agency_id"], parent["assigned_at"], parent["shared_total"]) == (None, None, 2)
    assert {part["agency_id"] for part in parts} == {cast.police, cast.schools}
    for part in parts:
        assert (part["parent_id"], part["title"], part["text"]) == (
            parent["id"],
            parent["title"],
            parent["text"],
        )
        assert (part["due_on"], part["assigned_at"] is not None) == (DUE_FAR, True)
    assert kinds(number)[-1] == "shared"
    page = alice.get(f"/w/north/cards/{number}").text
    assert f'href="/w/north/cards/{number + 1}"' in page
    assert "0/2 cơ quan xong" in page
    assert f"Một phần của việc số {number}" in alice.get(f"/w/north/cards/{number + 1}").text
    assert bob.get(f"/w/north/cards/{number}").status_code == 403
    assert "chia cho" in re.sub(r"\s+", " ", page)


def test_it_is_done_when_the_last_of_them_is_and_opens_again_with_any(
    shared: Share, bob: Browser, mai: Browser, lan: Browser, look: Look
) -> None:
    number = shared()
    bob.post(f"/w/north/cards/{number + 1}/state", state="doing")
    assert look(number)["state"] == "doing"
    _finish(bob, mai, lan, number + 1)
    assert (look(number)["state"], look(number)["shared_done"]) == ("doing", 1)
    mai.post(f"/w/north/cards/{number + 2}/state", state="review")
    assert look(number)["state"] == "review"
    lan.post(f"/w/north/cards/{number + 2}/state", state="done")
    done = look(number)
    assert (done["state"], done["shared_done"], done["closed_at"] is None) == ("done", 2, False)
    assert "2/2 cơ quan xong" in lan.get("/w/north/board").text
    lan.post(f"/w/north/cards/{number + 2}/state", state="review")
    again = look(number)
    assert (again["state"], again["shared_done"], again["closed_at"]) == ("review", 1, None)


def test_a_cancelled_part_is_left_out_and_all_of_them_cancel_it(
    shared: Share, alice: Browser, bob: Browser, mai: Browser, lan: Browser, look: Look
) -> None:
    number = shared()
    alice.post(f"/w/north/cards/{number + 2}/state", state="cancelled", reason="Trường sáp nhập")
    assert look(number)["shared_total"] == 1
    _finish(bob, mai, lan, number + 1)
    assert look(number)["state"] == "done"
    other = shared()
    for part in (other + 1, other + 2):
        alice.post(f"/w/north/cards/{part}/state", state="cancelled", reason="Không làm nữa")
    assert (look(other)["state"], look(other)["shared_total"]) == ("cancelled", 2)


def test_taking_a_parts_move_back_is_followed_too(shared: Share, bob: Browser, look: Look) -> None:
    number = shared()
    bob.post(f"/w/north/cards/{number + 1}/state", state="doing")
    event = re.search(r'name="event" value="([^"]+)"', bob.get(f"/w/north/cards/{number + 1}").text)
    assert event is not None
    bob.post(f"/w/north/cards/{number + 1}/undo", event=event[1])
    assert look(number)["state"] == "todo"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("", "cancelled"),
        ("done done", "done"),
        ("done review", "review"),
        ("review review", "review"),
        ("done todo", "doing"),
        ("todo review", "doing"),
        ("returned todo", "doing"),
        ("todo refused paused", "todo"),
    ],
)
def test_where_it_stands_follows_from_its_parts(states: str, expected: str) -> None:
    assert _sum([State(state) for state in states.split()]) is State(expected)


def test_the_parts_are_counted_and_the_whole_never(
    app: Flask, cast: Cast, shared: Share, alice: Browser, behind_the_wall: Snapshot
) -> None:
    number = shared(due_on=DUE_PAST)
    page = alice.get("/w/north/board").text
    assert "2 việc quá hạn" in page
    assert re.search(r'data-total="todo">2<', page)
    assert f'id="card-{number}"' in page
    moved = alice.post(f"/w/north/cards/{number + 1}/state?from=board", htmx=True, state="doing").text
    assert re.search(r'data-total="todo">1<', moved)
    assert re.search(r'data-total="doing">1<', moved)
    with app.app_context():
        publish([cast.north], MARCH)
        keep()
    assert behind_the_wall.query(
        "select sum(total) from app.ward_rollup where ward_id = %s", (cast.north,)
    ) == [(2,)]


def test_nothing_is_done_to_the_whole_that_its_parts_decide(
    shared: Share, alice: Browser, lan: Browser, cast: Cast, look: Look
) -> None:
    number = shared(due_on=DUE_FAR)
    before, here = look(number), f"/w/north/cards/{number}"
    for act, fields in {
        "state": {"state": "doing"},
        "assignment": {"agency": str(cast.police)},
        "due": {"due_on": "1/1/2030"},
        "obstacle": {"why": "Mưa"},
        "acceptance": {},
    }.items():
        assert lan.post(f"{here}/{act}", **fields).status_code == 409, act
    assert look(number) == before
    assert alice.post(f"{here}/comments", text="Cả phường cùng làm").status_code == 303


def test_more_agencies_join_and_none_twice(
    app: Flask, shared: Share, alice: Browser, cast: Cast, look: Look
) -> None:
    number = shared()
    alice.post("/w/north/agencies", name="Trạm Y tế phường", kind="yte")
    page = alice.get(f"/w/north/cards/{number}").text
    station = re.search(r'name="among" value="([^"]+)"', page)
    assert station is not None
    alice.post(f"/w/north/cards/{number}/shares", among=[station[1], str(cast.police)])
    assert look(number)["shared_total"] == 3
    alice.post(f"/w/north/cards/{number}/shares", among=[station[1], str(cast.police)])
    assert look(number)["shared_total"] == 3


def test_it_is_taken_back_while_nobody_has_begun(
    shared: Share, alice: Browser, bob: Browser, look: Look, cast: Cast
) -> None:
    number = shared()

    def take_back() -> int:
        found = re.search(r'name="event" value="([^"]+)"', alice.get(f"/w/north/cards/{number}").text)
        assert found is not None
        return alice.post(f"/w/north/cards/{number}/undo", event=found[1]).status_code

    bob.post(f"/w/north/cards/{number + 1}/acceptance")
    assert take_back() == 409
    assert look(number)["shared_total"] == 2
    other = bob.get(f"/w/north/cards/{number + 1}").text
    event = re.search(r'name="event" value="([^"]+)"', other)
    assert event is not None
    bob.post(f"/w/north/cards/{number + 1}/undo", event=event[1])
    assert take_back() == 303
    card = look(number)
    assert (card["agency_id"], card["shared_total"], card["assigned_at"] is None) == (cast.police, 0, False)
    for part in (number + 1, number + 2):
        assert (look(part)["state"], look(part)["parent_id"]) == ("cancelled", None)


def test_one_agency_or_begun_work_or_a_part_is_not_shared(
    alice: Browser, bob: Browser, shared: Share, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    both = [str(cast.police), str(cast.schools)]
    alone, begun, part = a_card(), a_card(), shared() + 1
    bob.post(f"/w/north/cards/{begun}/state", state="doing")
    assert alice.post(f"/w/north/cards/{alone}/shares", among=both[:1]).status_code == 422
    assert alice.post(f"/w/north/cards/{begun}/shares", among=both).status_code == 409
    assert alice.post(f"/w/north/cards/{part}/shares", among=both).status_code == 409
    assert [look(number)["shared_total"] for number in (alone, begun, part)] == [0, 0, 0]


def test_only_who_assigns_shares(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number, both = a_card(), [str(cast.police), str(cast.schools)]
    assert bob.post(f"/w/north/cards/{number}/shares", among=both).status_code == 403
    turned_away("shares", number, mai=mai, charlie=charlie, nobody=nobody, among=both)


def test_every_page_shows_a_shared_duty(shared: Share, alice: Browser, lan: Browser, bob: Browser) -> None:
    shared(due_on=DUE_FAR)
    for who in (alice, lan, bob):
        for page in ("board", "board?view=lanes", "board?view=list", "board?view=calendar", "mine", "week"):
            assert who.get(f"/w/north/{page}").status_code == 200
    assert "Chưa giao cơ quan" not in lan.get("/w/north/home").text
