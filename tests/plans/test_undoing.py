"""Every act of a review can be taken back, the latest first; never over what somebody did since."""

import pytest
from flask import Flask

from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, everything, last_change, proposed, refused_to_strangers, row_of, save
from tests.plans.walking import plan_under_review


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


def _acts(alice: Browser, address: str, behind_the_wall: Snapshot, cast: Cast) -> None:
    """One after the other: edit, drop, restore, date all, hand over, merge."""
    _first, second, school = (f"{address}/cards/{card.id}" for card in proposed(behind_the_wall))
    row = row_of(alice.get(address).text, 1)
    save(alice, row, title="Tên khác")
    alice.post(second, dropped="yes")
    alice.post(second, dropped="no")
    alice.post(f"{address}/dues", day="30/11/2026")
    row = row_of(alice.get(address).text, 3)
    save(alice, row, agency=str(cast.police), supporting_was="", supporting="Trạm Y tế")
    alice.post(f"{school}/union", into=second.rsplit("/", 1)[1])


def test_everything_is_taken_back_one_by_one(
    alice: Browser, address: str, cast: Cast, behind_the_wall: Snapshot
) -> None:
    before = everything(behind_the_wall)
    _acts(alice, address, behind_the_wall, cast)
    assert len(everything(behind_the_wall)) == len(before) - 1
    for _act in range(6):
        assert alice.post(f"{address}/undo", change=last_change(behind_the_wall)).status_code == 303
    assert everything(behind_the_wall) == before
    assert "Hoàn tác" not in alice.get(address).text


def test_saving_a_row_without_a_change_is_no_act(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    row = row_of(alice.get(address).text, 1)
    alice.post(row.pop("address"), **row)
    assert behind_the_wall.query("select count(*) from app.plan_change") == [(0,)]


def test_what_somebody_changed_since_is_not_undone(
    alice: Browser, lan: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    row = row_of(alice.get(address).text, 1)
    save(alice, row, title="Bản của Alice")
    change = last_change(behind_the_wall)
    row = row_of(lan.get(address).text, 1)
    save(lan, row, title="Bản của Lan")
    answer = alice.post(f"{address}/undo", change=change)
    assert answer.status_code == 409
    assert "không hoàn tác được nữa" in answer.text
    assert proposed(behind_the_wall)[0].title == "Bản của Lan"


def test_the_same_act_is_taken_back_once(alice: Browser, address: str, behind_the_wall: Snapshot) -> None:
    alice.post(f"{address}/cards", title="Rà soát sân chơi")
    change = last_change(behind_the_wall)
    assert alice.post(f"{address}/undo", change=change).status_code == 303
    assert alice.post(f"{address}/undo", change=change).status_code == 404
    assert alice.post(f"{address}/undo", change="x").status_code == 404


def test_a_confirmed_plan_takes_nothing_back(alice: Browser, address: str, behind_the_wall: Snapshot) -> None:
    alice.post(f"{address}/cards", title="Rà soát sân chơi")
    change = last_change(behind_the_wall)
    alice.post(f"{address}/confirmation")
    assert alice.post(f"{address}/undo", change=change).status_code == 409


def test_undoing_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{address}/cards", title="Rà soát sân chơi")
    refused_to_strangers(f"{address}/undo", bob, charlie, change=last_change(behind_the_wall))
    assert len(proposed(behind_the_wall)) == 4
