"""A new year begins from the last: as a plan to review, with what people made of the cards, and never by itself."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.plans.carrying_over import a_year_later
from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.test_correcting import GAMES, PATROL, SLIDES, plan
from tests.plans.walking import plan_under_review


@pytest.fixture
def last_year(alice: Browser, app: Flask) -> str:
    """North's plan of 2026, confirmed."""
    title = "Chăm lo trẻ em năm 2026"
    address = plan_under_review(alice, app, plan(PATROL, SLIDES, GAMES, title=title), "ke-hoach.txt")
    alice.post(f"{address}/confirmation")
    return address


def test_the_duties_agencies_and_dates_of_last_year_are_there_to_review(
    alice: Browser, last_year: str, behind_the_wall: Snapshot
) -> None:
    assert "Chép từ năm trước" in alice.get("/w/north/plans/new").text
    address = alice.post(f"{last_year}/copy").headers["Location"]
    page = alice.get(address).text
    for shown in ('value="15/05/2027"', 'value="30/06/2027"', 'value="30/09/2027"', "Tạo 3 việc"):
        assert shown in page, shown
    assert behind_the_wall.query(
        "select title, year, number, state from app.plan where source = 'last_year'"
    ) == [("Chăm lo trẻ em năm 2027", 2027, "", "review")]
    assert behind_the_wall.query("select count(*) from app.card") == [(3,)]
    assert PATROL in alice.get(f"{address}/original").text


def test_it_carries_what_people_made_of_the_cards(
    alice: Browser, last_year: str, behind_the_wall: Snapshot
) -> None:
    alice.post("/w/north/cards/1/title", title="Tuần tra năm 2026")
    alice.post("/w/north/cards/1/due", due_on="30/5/2026")
    alice.post("/w/north/cards/2/state", state="cancelled", reason="Thôi")
    alice.post(f"{last_year}/copy")
    carried = (
        "select proposed_card.title, due_on::text, agency_id is not null from app.proposed_card join app.plan "
        "on plan.id = proposed_card.plan_id where source = 'last_year' order by position"
    )
    found = behind_the_wall.query(carried)
    assert len(found) == 2
    assert found[0] == ("Tuần tra năm 2027", "2027-05-15", True)


def test_it_becomes_cards_like_any_plan_and_a_second_press_copies_nothing(
    alice: Browser, last_year: str, behind_the_wall: Snapshot
) -> None:
    first = alice.post(f"{last_year}/copy").headers["Location"]
    assert alice.post(f"{last_year}/copy").headers["Location"] == first
    assert behind_the_wall.query("select count(*) from app.plan") == [(2,)]
    alice.post(f"{first}/confirmation")
    assert behind_the_wall.query("select count(*) from app.card") == [(6,)]
    assert alice.get(f"{first}/document").status_code == 200


def test_a_plan_that_was_never_confirmed_cannot_be_copied(alice: Browser, app: Flask) -> None:
    assert "Chép từ năm trước" not in alice.get("/w/north/plans/new").text
    assert alice.post(f"{plan_under_review(alice, app)}/copy").status_code == 409


def test_only_those_who_manage_plans_copy(bob: Browser, charlie: Browser, last_year: str) -> None:
    assert bob.post(f"{last_year}/copy").status_code == 403
    assert charlie.post(f"{last_year}/copy").status_code == 404


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_year_later_is_the_same_day_or_the_last_of_february(day: date) -> None:
    later = a_year_later(day)
    assert later is not None
    assert later.year == day.year + 1 and later.month == day.month
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)
