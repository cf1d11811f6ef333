"""Whether a card is on time: boundary days, and the four-way count that follows from it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.tasks.state import State
from portal.tasks.timeliness import SOON_DAYS, Bucket, Timeliness, bucket, days_left, last_day, timeliness

DUE = date(2026, 11, 15)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
states = st.sampled_from(list(State))
open_states = st.sampled_from([State.TODO, State.DOING, State.RETURNED, State.PAUSED, State.REFUSED])


def test_the_due_day_itself_is_still_in_time() -> None:
    assert timeliness(State.DOING, DUE, False, None, DUE) is Timeliness.SOON
    assert timeliness(State.DOING, DUE, False, None, DUE + timedelta(days=1)) is Timeliness.OVERDUE


def test_before_the_fifteenth_means_the_fourteenth_is_the_last_day() -> None:
    assert last_day(DUE, exclusive=True) == date(2026, 11, 14)
    assert timeliness(State.DOING, DUE, True, None, DUE) is Timeliness.OVERDUE


def test_soon_begins_three_days_before_the_last_day() -> None:
    assert timeliness(State.TODO, DUE, False, None, DUE - timedelta(days=SOON_DAYS)) is Timeliness.SOON
    assert timeliness(State.TODO, DUE, False, None, DUE - timedelta(days=SOON_DAYS + 1)) is Timeliness.IN_TIME


def test_work_submitted_in_time_is_not_late_because_its_approval_was() -> None:
    submitted, approved_on = DUE, DUE + timedelta(days=20)
    assert timeliness(State.REVIEW, DUE, False, submitted, approved_on) is Timeliness.IN_TIME
    assert bucket(State.DONE, DUE, False, submitted, approved_on) is Bucket.DONE_ON_TIME


def test_work_submitted_late_stays_late_for_ever() -> None:
    assert (
        bucket(State.DONE, DUE, False, DUE + timedelta(days=1), DUE + timedelta(days=300)) is Bucket.DONE_LATE
    )


def test_a_card_without_a_date_is_never_late() -> None:
    assert timeliness(State.DOING, None, False, None, DUE) is Timeliness.NO_DATE
    assert bucket(State.DOING, None, False, None, DUE) is Bucket.OPEN_IN_TIME


def test_a_cancelled_card_counts_nowhere() -> None:
    assert bucket(State.CANCELLED, DUE, False, None, DUE + timedelta(days=9)) is None


@given(open_states, days, st.booleans(), days)
def test_open_work_is_overdue_exactly_after_its_last_day(
    state: State, due: date, exclusive: bool, on: date
) -> None:
    late = timeliness(state, due, exclusive, None, on) is Timeliness.OVERDUE
    assert late == (on > last_day(due, exclusive)) == (days_left(due, exclusive, on) < 0)


@given(states, days, st.booleans(), st.none() | days, days)
def test_lateness_never_heals_by_itself(
    state: State, due: date, exclusive: bool, sent: date | None, on: date
) -> None:
    if timeliness(state, due, exclusive, sent, on) is Timeliness.OVERDUE:
        assert timeliness(state, due, exclusive, sent, on + timedelta(days=1)) is Timeliness.OVERDUE


@given(states, st.none() | days, st.booleans(), st.none() | days, days)
def test_every_card_but_a_cancelled_one_counts_in_exactly_one_of_the_four(
    state: State, due: date | None, exclusive: bool, sent: date | None, on: date
) -> None:
    counted = bucket(state, due, exclusive, sent, on)
    assert (counted is None) == (state is State.CANCELLED)
    assert counted is None or counted.value.startswith("done") == (state is State.DONE)
