"""A duty that comes back: each period has its own card, made by the clock, never twice, until somebody stops it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from portal.db import drop, keep
from portal.tasks.repeating import make_periods
from portal.tasks.rhythm import Period, first_period, period_after
from portal.tenants.boundary import inside_ward
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away

MONTHLY: dict[str, object] = {"freq": "monthly", "raw": "trước ngày 25 hằng tháng", "by_month_day": 25}


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, 10, tzinfo=UTC)


def _clock(app: Flask, ward_id: int, day: date) -> list[int]:
    with app.app_context(), inside_ward(ward_id):
        made = [card.number for card in make_periods(_at(day))]
        keep()
        return made


@pytest.fixture
def monthly(a_card: CardMaker, cast: Cast) -> int:
    """A duty of the police for every month, first due on 25 March 2026."""
    return a_card(
        due_on=date(2026, 3, 25), recurrence=MONTHLY, supporting=(cast.schools,), due_exclusive=True
    )


@pytest.mark.parametrize(
    ("rule", "due", "following"),
    [
        (MONTHLY, (2026, 1, 25), [(2026, 2, 25), (2026, 3, 25)]),
        ({"freq": "monthly", "by_month_day": -1}, (2026, 1, 31), [(2026, 2, 28), (2026, 3, 31)]),
        ({"freq": "monthly", "by_month_day": 30}, (2026, 1, 30), [(2026, 2, 28), (2026, 3, 30)]),
        ({"freq": "quarterly", "by_month_day": 20}, (2026, 3, 20), [(2026, 6, 20), (2026, 9, 20)]),
        ({"freq": "semiannual"}, (2026, 6, 15), [(2026, 12, 15), (2027, 6, 15)]),
        ({"freq": "weekly", "by_weekday": 4}, (2026, 3, 6), [(2026, 3, 13), (2026, 3, 20)]),
        (
            {"freq": "several_dates", "occurrences": ["2026-03-01", "2026-05-10", "2026-11-20"]},
            (2026, 3, 1),
            [(2026, 5, 10), (2026, 11, 20), None],
        ),
    ],
)
def test_by_when_each_period_is_due(
    rule: dict[str, object], due: tuple[int, int, int], following: list[tuple[int, int, int] | None]
) -> None:
    begins = first_period(rule, date(*due))
    assert begins is not None
    period: Period | None = Period(begins, date(*due))
    for wanted in following:
        assert period is not None
        period = period_after(rule, period)
        assert (period.due_on if period else None) == (date(*wanted) if wanted else None)


@pytest.mark.parametrize("freq", ["continuous", "on_event", "daily", "noted", "annual"])
def test_what_has_no_periods_begins_no_series(a_card: CardMaker, look: Look, freq: str) -> None:
    assert first_period({"freq": freq}, date(2026, 3, 1)) is None
    assert look(a_card(recurrence={"freq": freq, "raw": "thường xuyên"}))["series_id"] is None


def test_the_clock_makes_the_next_periods_card_with_its_own_history(
    app: Flask, cast: Cast, monthly: int, bob: Browser, look: Look, kinds: Kinds
) -> None:
    bob.post(f"/w/north/cards/{monthly}/checks", text="Lập danh sách")
    bob.post(f"/w/north/cards/{monthly}/comments", text="Tháng này đông")
    assert _clock(app, cast.north, date(2026, 3, 31)) == []
    (number,) = _clock(app, cast.north, date(2026, 4, 1))
    old, new = look(monthly), look(number)
    assert (new["due_on"], new["due_exclusive"], new["period"]) == (date(2026, 4, 25), True, date(2026, 4, 1))
    same = ("title", "agency_id", "series_id", "text", "mode", "recurrence", "checks_total")
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    assert (new["state"], new["comment_count"], new["assigned_at"] is None) == ("todo", 0, False)
    assert kinds(number) == ["created", "assigned", "period_begun"]
    page = bob.get(f"/w/north/cards/{number}").text
    assert f"tiếp việc số {monthly}" in page
    assert f'href="/w/north/cards/{monthly}"' in page


def test_asking_again_and_again_makes_no_second_one(
    app: Flask, cast: Cast, monthly: int, behind_the_wall: Snapshot
) -> None:
    for day in (1, 1, 2, 15, 30):
        _clock(app, cast.north, date(2026, 4, day))
    assert behind_the_wall.query("select count(*) from app.card where series_id is not null") == [(2,)]


def test_two_clocks_at_once_make_one(app: Flask, cast: Cast, monthly: int, behind_the_wall: Snapshot) -> None:
    together = threading.Barrier(3)

    def clock() -> list[int]:
        together.wait()
        return _clock(app, cast.north, date(2026, 4, 1))

    with ThreadPoolExecutor(3) as pool:
        made = [work.result() for work in [pool.submit(clock) for _ in range(3)]]
    assert sorted(map(len, made)) == [0, 0, 1]
    assert behind_the_wall.query("select count(*) from app.card") == [(2,)]


def test_a_clock_that_dies_leaves_nothing_and_the_next_one_makes_it(
    app: Flask, cast: Cast, monthly: int, behind_the_wall: Snapshot
) -> None:
    with app.app_context(), inside_ward(cast.north):
        assert len(make_periods(_at(date(2026, 4, 1)))) == 1
        drop()
    assert behind_the_wall.query("select count(*) from app.card") == [(1,)]
    assert len(_clock(app, cast.north, date(2026, 4, 1))) == 1


def test_the_database_itself_refuses_a_period_twice(
    monthly: int, look: Look, behind_the_wall: Snapshot
) -> None:
    card = look(monthly)
    assert behind_the_wall.query(
        "select count(*) from pg_constraint where conname = 'card_ward_id_series_id_period_key' and contype = 'u'"
    ) == [(1,)]
    assert (card["series_id"], card["period"]) == (card["id"], date(2026, 3, 1))


def test_after_a_standstill_only_the_period_that_runs_is_made(
    app: Flask, cast: Cast, monthly: int, look: Look
) -> None:
    (number,) = _clock(app, cast.north, date(2026, 8, 9))
    assert look(number)["due_on"] == date(2026, 8, 25)


def test_a_series_ends_with_the_year_of_its_plan(app: Flask, cast: Cast, monthly: int) -> None:
    assert len(_clock(app, cast.north, date(2026, 12, 31))) == 1
    assert _clock(app, cast.north, date(2027, 1, 1) + timedelta(days=10)) == []


def test_it_is_stopped_and_goes_on_again(
    app: Flask, cast: Cast, monthly: int, alice: Browser, kinds: Kinds
) -> None:
    assert alice.post(f"/w/north/cards/{monthly}/series", stopped="1").status_code == 303
    assert "đã dừng lặp" in alice.get(f"/w/north/cards/{monthly}").text
    assert _clock(app, cast.north, date(2026, 4, 1)) == []
    alice.post(f"/w/north/cards/{monthly}/series", stopped="1")
    alice.post(f"/w/north/cards/{monthly}/series", stopped="0")
    assert kinds(monthly)[-2:] == ["repeat_stopped", "repeating"]
    assert len(_clock(app, cast.north, date(2026, 4, 1))) == 1


def test_whoever_assigns_lets_a_card_come_back(
    app: Flask, cast: Cast, alice: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card(due_on=date(2026, 3, 31))
    assert alice.post(f"/w/north/cards/{number}/series", freq="hourly").status_code == 422
    assert alice.post(f"/w/north/cards/{number}/series", freq="quarterly").status_code == 303
    assert "Hằng quý" in alice.get(f"/w/north/cards/{number}").text
    (following,) = _clock(app, cast.north, date(2026, 4, 1))
    assert look(following)["due_on"] == date(2026, 6, 30)


def test_a_shared_duty_comes_back_for_the_same_agencies(
    app: Flask, cast: Cast, monthly: int, alice: Browser, look: Look, behind_the_wall: Snapshot
) -> None:
    alice.post(f"/w/north/cards/{monthly}/shares", among=[str(cast.police), str(cast.schools)])
    (number,) = _clock(app, cast.north, date(2026, 4, 1))
    whole = look(number)
    assert (whole["shared_total"], whole["agency_id"]) == (2, None)
    parts = behind_the_wall.query(
        "select agency_id, due_on, series_id from app.card where parent_id = %s", (whole["id"],)
    )
    due = date(2026, 4, 25)
    assert set(parts) == {(cast.police, due, None), (cast.schools, due, None)}


def test_other_wards_and_agencies_are_turned_away(
    app: Flask, cast: Cast, monthly: int, bob: Browser, mai: Browser, charlie: Browser, nobody: Browser
) -> None:
    assert bob.post(f"/w/north/cards/{monthly}/series", stopped="1").status_code == 403
    turned_away("series", monthly, mai=mai, charlie=charlie, nobody=nobody, stopped="1")
    assert _clock(app, cast.south, date(2026, 4, 1)) == []
