"""The time a plan speaks in: its year and the day it was issued; and the ends of months and quarters."""

import calendar
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta


@dataclass(frozen=True)
class Timeframe:
    """Where dates without a year belong (`year`) and after which day recurrences start (`issued`)."""

    year: int | None = None
    issued: Day | None = None

    @property
    def after(self) -> Day | None:
        """The day after which the first occurrence falls: the issue date, else the eve of the plan year."""
        if self.issued:
            return self.issued
        return Day(self.year - 1, 12, 31) if self.year else None

    def day(self, day: int, month: int, year: int | None = None) -> Day | None:
        """Return the date, in the plan year when none is given; None for a date that does not exist."""
        year = year or self.year
        if year is None or not 1 <= month <= 12:
            return None
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return Day(year, month, day)

    def month_end(self, month: int, year: int | None = None) -> Day | None:
        """Return the last day of the month."""
        year = year or self.year
        if year is None or not 1 <= month <= 12:
            return None
        return Day(year, month, calendar.monthrange(year, month)[1])

    def first_monthly(self, day: int, months: tuple[int, ...] = tuple(range(1, 13))) -> Day | None:
        """Return the first `day` (-1: the last of the month) of one of `months` after the issue date."""
        if (after := self.after) is None:
            return None
        for year in (after.year, after.year + 1):
            for month in months:
                last = calendar.monthrange(year, month)[1]
                found = Day(year, month, last if day == -1 else min(day, last))
                if found > after:
                    return found
        return None

    def first_weekday(self, weekday: int) -> Day | None:
        """Return the first such weekday (Monday is 0) after the issue date."""
        if (after := self.after) is None:
            return None
        return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
