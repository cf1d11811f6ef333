"""Working days of a ward: Monday to Friday without public holidays, put right by the ward's own days.

Public holidays: Labour Code 45/2019/QH14 article 112. Working days swapped with Saturdays are decided year by year
by the Prime Minister, so they are rows (calendar_day) and not rules.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from portal.wording import LOCAL, local_day

#: When the day's messages leave, local time (reminders.md 3.6).
SLOT_TIME = time(8, 0)

#: E-mail planned by the system arrives between these local times, on working days only (reminders.md 3.8).
OPENS, CLOSES = time(6, 0), time(21, 0)

_DAY = timedelta(days=1)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


class WorkingCalendar:
    """`own`: the ward's days that differ, True for a working day."""

    def __init__(self, own: Mapping[date, bool] | None = None) -> None:
        self._own = dict(own or {})

    def is_working(self, day: date) -> bool:
        """Whether people are at work on this day."""
        if day in self._own:
            return self._own[day]
        return day.weekday() < 5 and day not in _holidays_of(day.year)

    def shift(self, day: date, working_days: int) -> date:
        """The n-th working day after `day`, or before it when n is negative; with 0 the last one on or before it."""
        if working_days == 0:
            return day if self.is_working(day) else self.shift(day, -1)
        step = _DAY if working_days > 0 else -_DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

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
