"""Every step there could be, by everybody who could try it, through the real address, against the one table."""

import itertools

import pytest
from flask import Flask

from portal.db import keep, session_as
from portal.tasks.card_queries import card_or_404
from portal.tasks.state import MOVES, State, move_between
from portal.tenants.access import TABLE, Permission, Role
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import let_in
from tests.cards import CardMaker
from tests.cast import THEN, Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Look

PEOPLE = {
    "alice": Role.COORDINATOR,
    "lan": Role.LEADER,
    "bob": Role.AGENCY_LEAD,
    "mai": Role.AGENCY_MEMBER,
    "vy": Role.VIEWER,
}
_OWN = {Permission.WORK_CARDS, Permission.ANSWER_FOR_AGENCY}


def _expected(role: Role, source: State, target: State, *, own: bool) -> int:
    """What the address should answer: worked out from the table here, not by the rules under test."""
    may = TABLE[role]
    if Permission.WORK_CARDS not in may:
        return 403
    steers = Permission.ASSIGN_CARDS in may
    if not (steers or own):
        return 403
    if source is target:
        return 303
    move = move_between(source, target)
    if move is None:
        return 409
    if move.permission in _OWN and not (steers or own):
        return 403
    return 303 if move.permission in may else 403


def _stand(behind_the_wall: Snapshot, number: int, state: State) -> None:
    behind_the_wall.execute(f"update app.card set state = '{state.value}' where number = {number}")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("own", [True, False], ids=["own card", "card of others"])
def test_every_step_is_answered_as_the_table_says(
    app: Flask,
    cast: Cast,
    a_card: CardMaker,
    behind_the_wall: Snapshot,
    look: Look,
    person: str,
    own: bool,
) -> None:
    role = PEOPLE[person]
    agency = {"mai": cast.schools}.get(person, cast.police)
    other = cast.police if agency == cast.schools else cast.schools
    number = a_card(agency_id=agency if own else other)
    mine = own and role in {Role.AGENCY_LEAD, Role.AGENCY_MEMBER}
    who = Browser(app).sign_in(f"{person}@north.example")
    for source, target in itertools.product(State, State):
        _stand(behind_the_wall, number, source)
        before = look(number)
        answer = who.post(f"/w/north/cards/{number}/state", state=target.value, reason="Vì mưa lũ")
        step = (person, own, source.value, target.value)
        assert answer.status_code == _expected(role, source, target, own=mine), step
        after = look(number)
        moved = answer.status_code == 303
        assert after["state"] == (target.value if moved else source.value), step
        assert after["version"] == before["version"] + (moved and source is not target), step


def test_the_table_names_every_state_and_no_step_twice() -> None:
    steps = [(move.source, move.target) for move in MOVES]
    assert len(steps) == len(set(steps))
    assert {state for step in steps for state in step} == set(State)
    assert all(source is not target for source, target in steps)


def test_every_state_can_be_left_again() -> None:
    assert {move.source for move in MOVES} == set(State)


@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.needs_reason], ids=lambda m: f"{m.source}-{m.target}"
)
def test_a_step_that_must_be_explained_is_refused_without_a_reason(
    alice: Browser, bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot, look: Look, move: object
) -> None:
    number = a_card()
    source, target, permission = move.source, move.target, move.permission  # type: ignore[attr-defined]
    who = bob if permission is Permission.ANSWER_FOR_AGENCY else alice
    _stand(behind_the_wall, number, source)
    for reason in ("", "   "):
        answer = who.post(f"/w/north/cards/{number}/state", state=target.value, reason=reason)
        assert answer.status_code == 422
        assert "Ghi lý do" in answer.text
    assert look(number)["state"] == source.value
    who.post(f"/w/north/cards/{number}/state", state=target.value, reason="Chờ kinh phí")
    assert (look(number)["state"], look(number)["reason"]) == (target.value, "Chờ kinh phí")
    assert "Chờ kinh phí" in who.get(f"/w/north/cards/{number}").text


def test_a_member_of_an_agency_may_work_but_not_answer_for_it(
    app: Flask, cast: Cast, a_card: CardMaker
) -> None:
    with app.app_context(), inside_ward(cast.north):
        let_in(
            session_as("auth"),
            place="UBND",
            name="Nam Nhân Viên",
            email="mai@north.example",
            role=Role.AGENCY_MEMBER,
            agency_id=cast.police,
            now=THEN,
        )
        keep()
    mai, number = Browser(app).sign_in("mai@north.example"), a_card()
    address = f"/w/north/cards/{number}/state"
    assert mai.post(address, state="refused", reason="Không phải việc của Công an").status_code == 403
    assert mai.post(address, state="doing").status_code == 303


def test_an_address_of_a_card_is_not_one_of_another_ward(
    app: Flask, cast: Cast, a_card: CardMaker, charlie: Browser
) -> None:
    a_card()
    south = a_card(south=True)
    assert charlie.post(f"/w/south/cards/{south}/state", state="doing").status_code == 303
    with app.app_context(), inside_ward(cast.north):
        assert card_or_404(1).state == "todo"
