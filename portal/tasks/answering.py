"""How long an agency may take to say that it takes a card: three working days, then it is told to be silent."""

from datetime import date, datetime, time
from typing import Any

from portal.tenants.working_days import WorkingDays, own_days
from portal.wording import LOCAL, local_day

#: Working days after the day a card was handed over (issue "no-answer timer").
ANSWER_DAYS = 3


def silent_since(today: date) -> date:
    """Cards handed over before this day, and not taken yet, have gone without an answer for too long.

    Derived on the day, never stored: three working days of the entered ward lie between that day and this morning.
    """
    return WorkingDays(own_days()).shift(today, -ANSWER_DAYS)


def waits_for_answer(card: Any, today: date) -> date:
    """`silent_since` for this card alone: any day will do, and none is asked for, where no answer is waited for."""
    waits = card.assigned_at is not None and card.accepted_at is None
    return silent_since(today) if waits else today


def is_silent(assigned_at: datetime | None, accepted_at: datetime | None, since: date) -> bool:
    """Whether a card that nobody has begun waits for an answer for too long; `since` is `silent_since` of today."""
    return assigned_at is not None and accepted_at is None and local_day(assigned_at) < since


def beginning_of(day: date) -> datetime:
    """The moment a local day begins."""
    return datetime.combine(day, time(0), LOCAL)
