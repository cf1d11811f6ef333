"""The ladder: who is reminded of a card when, counted in working days from its last day (reminders.md 3.6).

Which rung a card stands on follows from its date and the day alone. So nothing is missed when planning was late,
nothing is said twice, and a card that was assigned late starts on the rung of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.reminders.notice import Kind
from portal.reminders.working_calendar import WorkingCalendar, end_of


class Audience(StrEnum):
    """Who hears of it: everybody of the agency, who answers for it, or who leads the ward."""

    AGENCY = "agency"
    AGENCY_LEAD = "agency_lead"
    LEADERS = "leaders"


@dataclass(frozen=True)
class Step:
    """One rung. `offset`: working days after the last day (negative: before; 0: that day or the one before it)."""

    n: int
    kind: Kind
    offset: int
    audience: Audience = Audience.AGENCY
    channels: tuple[str, ...] = ("email",)

    def day(self, last: date, calendar: WorkingCalendar) -> date:
        """The day this rung is reached."""
        return calendar.shift(last, self.offset)


Ladder = Sequence[Step]

#: What holds in a ward that has set no ladder of its own.
LADDER: tuple[Step, ...] = (
    Step(0, Kind.DUE_SOON, -2),
    Step(1, Kind.DUE_TODAY, 0),
    Step(2, Kind.OVERDUE, 1, channels=("email", "sms")),
    Step(3, Kind.OVERDUE, 3, Audience.AGENCY_LEAD, ("email", "sms")),
    Step(4, Kind.ESCALATED, 7, Audience.LEADERS),
)


def current_step(last: date, today: date, calendar: WorkingCalendar, ladder: Ladder = LADDER) -> Step | None:
    """The highest rung reached by `today`; None when it is too early to say anything."""
    if today < last - timedelta(days=31):
        return None
    return next((step for step in reversed(ladder) if step.day(last, calendar) <= today), None)


def stale_after(step: Step, last: date, slot: datetime, calendar: WorkingCalendar) -> datetime:
    """From when on saying this would be wrong or pointless."""
    if step.kind in {Kind.OVERDUE, Kind.ESCALATED}:
        return end_of(calendar.shift(slot.date(), 3))
    return end_of(max(last, slot.date()))
