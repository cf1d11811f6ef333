"""An agency that has not said for three working days that it takes a card is told to be silent, day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from portal.db import db, keep
from portal.tasks.answering import is_silent, silent_since
from portal.tasks.queries import silent_cards
from portal.tenants.boundary import inside_ward
from portal.tenants.calendar_day import CalendarDay
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

#: Days around Reunification Day and Labour Day of 2026: Thursday 30 April and Friday 1 May are public holidays.
MON, TUE, WED, FRI = date(2026, 4, 20), date(2026, 4, 21), date(2026, 4, 22), date(2026, 4, 24)


@pytest.mark.parametrize(
    ("handed_over", "first_silent"),
    [
        (MON, FRI),  # Tuesday, Wednesday, Thursday to answer
        (WED, date(2026, 4, 29)),  # Monday 27 is the Hung Kings' day in lieu
        (date(2026, 4, 29), date(2026, 5, 7)),  # over two public holidays and a weekend
    ],
)
def test_three_working_days_without_weekends_and_holidays(
    app: Flask, cast: Cast, handed_over: date, first_silent: date
) -> None:
    at = datetime.combine(handed_over, datetime.min.time(), UTC) + timedelta(hours=3)
    with app.app_context(), inside_ward(cast.north):
        assert not is_silent(at, None, silent_since(first_silent - timedelta(days=1)))
        assert is_silent(at, None, silent_since(first_silent))
        assert not is_silent(at, at, silent_since(first_silent))


def test_the_wards_own_days_count(app: Flask, cast: Cast) -> None:
    at = datetime(2026, 4, 20, 3, tzinfo=UTC)
    with app.app_context(), inside_ward(cast.north):
        db.session.add(CalendarDay(day=WED, working=False))
        keep()
        assert not is_silent(at, None, silent_since(FRI))


def test_who_steers_sees_it_on_the_board_and_the_card_until_it_is_taken(
    alice: Browser, bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number, fresh = a_card("Việc cũ"), a_card("Việc mới")
    behind_the_wall.execute(f"update app.card set assigned_at = now() where number = {fresh}")
    assert "1 việc chưa trả lời" in alice.get("/w/north/board").text
    chosen = alice.get("/w/north/board?quick=silent").text
    assert f'id="card-{number}"' in chosen
    assert f'id="card-{fresh}"' not in chosen
    assert "đã quá 3 ngày làm việc" in alice.get(f"/w/north/cards/{number}").text
    assert "đã quá 3 ngày làm việc" not in alice.get(f"/w/north/cards/{fresh}").text
    assert "việc chưa trả lời" not in bob.get("/w/north/board").text
    bob.post(f"/w/north/cards/{number}/acceptance")
    assert "việc chưa trả lời" not in alice.get("/w/north/board").text
    assert "đã quá 3 ngày làm việc" not in alice.get(f"/w/north/cards/{number}").text


def test_whoever_reminds_can_ask_for_them(
    app: Flask, cast: Cast, bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    silent, taken, fresh = a_card("Im lặng"), a_card("Đã nhận"), a_card("Mới giao")
    a_card("Chưa giao", agency_id=None)
    a_card("Phường khác", south=True)
    bob.post(f"/w/north/cards/{taken}/acceptance")
    behind_the_wall.execute(f"update app.card set assigned_at = now() where number = {fresh}")
    today = datetime.now(UTC).date()
    with app.app_context(), inside_ward(cast.north):
        assert [card.number for card in silent_cards(silent_since(today))] == [silent]
