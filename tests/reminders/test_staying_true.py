"""A reminder that is no longer true is never sent, whenever it stopped being true before its turn."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.db import db, keep
from portal.reminders.notice import Category
from portal.reminders.opting_out import opt_out
from portal.reminders.queries import calendar
from portal.tasks.state import State
from portal.tenants.boundary import inside_ward
from portal.tenants.calendar_day import CalendarDay
from portal.tenants.contact import Contact
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, body

CHANGES: dict[str, dict[str, object]] = {
    "done": {"state": State.DONE.value},
    "handed in": {"state": State.REVIEW.value},
    "cancelled": {"state": State.CANCELLED.value},
    "paused": {"state": State.PAUSED.value},
    "another date or agency": {"due_version": 2},
    "taken back": {"assigned_at": None},
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_card_that_changed_after_planning_is_not_reminded_of(post: Post, due: CardMaker, what: str) -> None:
    number = due(TODAY)
    post.plan()
    post.change(number, **CHANGES[what])
    post.drain()
    assert post.journal() == []
    assert post.states() == [("cancelled", "nothing_left")]
    [(state, why)] = post.wall.query("select state, why from app.notice")
    assert state == "superseded"
    assert why


def test_only_the_stale_card_is_taken_out_of_a_message(post: Post, due: CardMaker) -> None:
    number, other = due(TODAY), due(TODAY)
    post.plan()
    post.change(number, state=State.DONE.value)
    post.drain()
    [letter] = post.letters()
    assert f"Việc số {other}" in body(letter)
    assert f"Việc số {number}" not in body(letter)


def test_due_today_is_not_said_the_day_after(post: Post, due: CardMaker) -> None:
    due(TODAY + timedelta(days=1))
    post.plan()
    post.plan(MORNING + timedelta(days=1))
    post.drain(MORNING + timedelta(days=1))
    [letter] = post.letters()
    assert "HẠN HÔM NAY" in body(letter)
    assert ("cancelled", "nothing_left") in post.states()


def test_who_opted_out_between_planning_and_sending_gets_nothing(
    app: Flask, post: Post, due: CardMaker
) -> None:
    due(TODAY)
    post.plan()
    with app.app_context(), inside_ward(post.cast.north):
        opt_out("bob@north.example", list(Category), MORNING)
        keep()
    post.drain()
    assert post.journal() == []


def test_who_left_or_changed_address_gets_nothing(app: Flask, post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    with app.app_context(), inside_ward(post.cast.north):
        bob = db.session.query(Contact).filter_by(email="bob@north.example").one()
        bob.left = True
        keep()
    post.drain()
    assert post.journal() == []
    assert post.states() == [("cancelled", "contact_changed")]


def test_nothing_planned_arrives_at_night(post: Post, due: CardMaker) -> None:
    due(TODAY - timedelta(days=1))
    post.plan()
    post.drain(MORNING + timedelta(hours=14))
    assert post.journal() == []
    post.drain(MORNING + timedelta(hours=23))
    assert len(post.journal()) == 1


def test_a_ward_may_rest_when_the_calendar_works(app: Flask, post: Post, due: CardMaker) -> None:
    with app.app_context(), inside_ward(post.cast.north):
        db.session.add(CalendarDay(day=TODAY, working=False))
        keep()
        assert not calendar().is_working(TODAY)
    due(TODAY)
    post.plan()
    post.drain()
    assert post.journal() == []
