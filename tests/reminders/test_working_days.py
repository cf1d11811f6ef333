"""Working days, slots and rungs of the ladder, for any day at all."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.reminders.hours import DEFAULT_HOURS
from portal.reminders.ladder import LADDER, current_step
from portal.reminders.working_calendar import WorkingCalendar
from portal.wording import LOCAL

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
PLAIN = WorkingCalendar()


def test_tet_the_new_culture_day_and_a_swapped_saturday() -> None:
    ward = WorkingCalendar({date(2026, 8, 22): True})
    assert not PLAIN.is_working(date(2026, 2, 17))
    assert not PLAIN.is_working(date(2026, 11, 24))
    assert not PLAIN.is_working(date(2026, 8, 31))
    assert not PLAIN.is_working(date(2026, 8, 22))
    assert ward.is_working(date(2026, 8, 22))


@given(MOMENTS)
@settings(max_examples=2000, deadline=None)
def test_nothing_planned_ever_arrives_outside_the_hours(now: datetime) -> None:
    opening = PLAIN.opening(now)
    here = opening.astimezone(LOCAL)
    assert opening >= now
    assert DEFAULT_HOURS.email.opens <= here.time() < DEFAULT_HOURS.email.closes
    assert PLAIN.is_working(here.date())
    assert PLAIN.opening(opening) == opening


@given(DAYS, st.integers(1, 12))
@settings(max_examples=500, deadline=None)
def test_shifting_lands_on_working_days_and_back_again(day: date, n: int) -> None:
    after = PLAIN.shift(day, n)
    assert PLAIN.is_working(after)
    between = sum(PLAIN.is_working(day + timedelta(days=k)) for k in range(1, (after - day).days + 1))
    assert between == n
    if PLAIN.is_working(day):
        assert PLAIN.shift(after, -n) == day


@given(MOMENTS)
@settings(max_examples=500, deadline=None)
def test_the_latest_slot_has_come_and_the_next_one_has_not(now: datetime) -> None:
    slot = PLAIN.latest_slot(now)
    assert slot <= now
    assert slot.astimezone(LOCAL).time() == time(8)
    assert PLAIN.slot(PLAIN.shift(slot.date(), 1)) > now


@given(DAYS)
@settings(max_examples=500, deadline=None)
def test_rungs_are_climbed_in_order_and_never_down(last: date) -> None:
    days = [last + timedelta(days=k) for k in range(-20, 30)]
    reached = [step.n if (step := current_step(last, day, PLAIN)) else -1 for day in days]
    assert reached == sorted(reached)
    assert set(reached) == {-1, *(step.n for step in LADDER)}
    assert current_step(last, last, PLAIN) is not None
    assert all(n < LADDER[2].n for n in reached[:21])


@given(DAYS)
@settings(max_examples=300, deadline=None)
def test_every_rung_is_reached_on_a_working_day(last: date) -> None:
    for step in LADDER:
        assert PLAIN.is_working(step.day(last, PLAIN))


def test_due_soon_is_two_working_days_before() -> None:
    monday = date(2026, 3, 16)
    assert LADDER[0].day(monday, PLAIN) == date(2026, 3, 12)
    assert LADDER[2].day(date(2026, 3, 13), PLAIN) == monday
