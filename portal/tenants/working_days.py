"""Working days of a ward: Monday to Friday without public holidays, put right by the ward's own days.

Public holidays: Labour Code 45/2019/QH14 article 112. Working days swapped with Saturdays are decided year by year
by the Prime Minister, so they are rows (calendar_day) and not rules.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays
from sqlalchemy import select

from portal.db import db
from portal.tenants.calendar_day import CalendarDay

_DAY = timedelta(days=1)

# Asked on every board, and so built once.
_OWN = select(CalendarDay.day, CalendarDay.working)


@cache
def days_off(year: int) -> Mapping[date, str]:
    """The public holidays of a year and their names in Vietnamese."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


def own_days() -> dict[date, bool]:
    """The entered ward's days that differ from the calendar, True for a working day."""
    return dict(db.session.execute(_OWN).tuples().all())


class WorkingDays:
    """`own`: the ward's days that differ, True for a working day."""

    def __init__(self, own: Mapping[date, bool] | None = None) -> None:
        self._own = dict(own or {})

    def is_working(self, day: date) -> bool:
        """Whether people are at work on this day."""
        if day in self._own:
            return self._own[day]
        return day.weekday() < 5 and day not in days_off(day.year)

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
