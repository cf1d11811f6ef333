"""Whether a card is on time: derived from its dates on a given day, never stored, said by this one function."""

from datetime import date, timedelta
from enum import StrEnum

from portal.tasks.state import CLOSED, State

#: A card is "due soon" from this many days before its last day (domain.md d: <= 3 days, orange).
SOON_DAYS = 3


class Timeliness(StrEnum):
    """In time, due soon, overdue, or without a date; for finished work on time or late."""

    IN_TIME = "in_time"
    SOON = "soon"
    OVERDUE = "overdue"
    NO_DATE = "no_date"


def last_day(due_on: date, exclusive: bool) -> date:
    """The last day on which the work is still in time: `trước ngày 15/11` means the 14th."""
    return due_on - timedelta(days=1) if exclusive else due_on


def timeliness(
    state: State, due_on: date | None, exclusive: bool, submitted_on: date | None, on: date
) -> Timeliness:
    """How a card stands on the day `on`.

    Work that was submitted (waiting for approval, or done) is judged by the day it was submitted, not by the day
    somebody got round to approving it (architecture.md section 4).
    """
    if due_on is None or state is State.CANCELLED:
        return Timeliness.NO_DATE
    last = last_day(due_on, exclusive)
    judged = submitted_on if submitted_on is not None and state in {State.REVIEW, State.DONE} else on
    if judged > last:
        return Timeliness.OVERDUE
    if state in CLOSED or state is State.REVIEW or last - on > timedelta(days=SOON_DAYS):
        return Timeliness.IN_TIME
    return Timeliness.SOON


def days_left(due_on: date, exclusive: bool, on: date) -> int:
    """Calendar days until the last day; negative when it has passed."""
    return (last_day(due_on, exclusive) - on).days


class Bucket(StrEnum):
    """The four-way count every rollup, export and report uses."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"


def bucket(
    state: State, due_on: date | None, exclusive: bool, submitted_on: date | None, on: date
) -> Bucket | None:
    """Which of the four a card counts in on the day `on`; cancelled cards count in none."""
    if state is State.CANCELLED:
        return None
    late = timeliness(state, due_on, exclusive, submitted_on, on) is Timeliness.OVERDUE
    if state is State.DONE:
        return Bucket.DONE_LATE if late else Bucket.DONE_ON_TIME
    return Bucket.OPEN_OVERDUE if late else Bucket.OPEN_IN_TIME
