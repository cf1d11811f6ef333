"""The hours and days on which messages leave: over a ward's working days, the slot of a day and when it opens."""

from datetime import date, datetime, time, timedelta

from portal.tenants.working_days import WorkingDays
from portal.wording import LOCAL, local_day

#: When the day's messages leave, local time (reminders.md 3.6).
SLOT_TIME = time(8, 0)

#: E-mail planned by the system arrives between these local times, on working days only (reminders.md 3.8).
OPENS, CLOSES = time(6, 0), time(21, 0)

_DAY = timedelta(days=1)


class WorkingCalendar(WorkingDays):
    """A ward's working days, with the hours of its messages."""

    def slot(self, day: date) -> datetime:
        """The moment the messages of a day are for."""
        return datetime.combine(day, SLOT_TIME, LOCAL)

    def latest_slot(self, now: datetime) -> datetime:
        """The last slot that has come by now."""
        day = self.shift(local_day(now), 0)
        return self.slot(day) if self.slot(day) <= now else self.slot(self.shift(day, -1))

    def opening(self, now: datetime) -> datetime:
        """`now` when messages of the system may arrive, otherwise the next moment at which they may."""
        here = now.astimezone(LOCAL)
        if self.is_working(here.date()) and OPENS <= here.time() < CLOSES:
            return now
        day = here.date()
        if not (self.is_working(day) and here.time() < OPENS):
            day = self.shift(day, 1)
        return datetime.combine(day, OPENS, LOCAL)


def end_of(day: date) -> datetime:
    """The moment a local day is over."""
    return datetime.combine(day + _DAY, time(0), LOCAL)
