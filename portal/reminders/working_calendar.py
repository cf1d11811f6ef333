"""The hours and days on which messages leave: over a ward's working days, the slot of a day and when it opens."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from portal.reminders.hours import DEFAULT_HOURS, Hours, Window
from portal.tenants.working_days import WorkingDays
from portal.wording import LOCAL, local_day

_DAY = timedelta(days=1)


class WorkingCalendar(WorkingDays):
    """A ward's working days, with the hours of its messages."""

    def __init__(self, own: Mapping[date, bool] | None = None, hours: Hours = DEFAULT_HOURS) -> None:
        super().__init__(own)
        self.hours = hours

    def slot(self, day: date) -> datetime:
        """The moment the messages of a day are for."""
        return datetime.combine(day, self.hours.slot, LOCAL)

    def latest_slot(self, now: datetime) -> datetime:
        """The last slot that has come by now."""
        day = self.shift(local_day(now), 0)
        return self.slot(day) if self.slot(day) <= now else self.slot(self.shift(day, -1))

    def latest_digest(self, now: datetime) -> datetime:
        """The last moment for which a weekly digest is meant: the first working day of a week that has one."""
        monday = local_day(now) - timedelta(days=local_day(now).weekday())
        while True:
            first = self.shift(monday - _DAY, 1)
            moment = datetime.combine(first, self.hours.digest, LOCAL)
            if first < monday + 7 * _DAY and moment <= now:
                return moment
            monday -= 7 * _DAY

    def opening(self, now: datetime, window: Window | None = None) -> datetime:
        """`now` when messages may arrive (in the `window`, e-mail's if none is given), otherwise the next moment."""
        window = window or self.hours.email
        here = now.astimezone(LOCAL)
        if self.is_working(here.date()) and window.opens <= here.time() < window.closes:
            return now
        day = here.date()
        if not (self.is_working(day) and here.time() < window.opens):
            day = self.shift(day, 1)
        return datetime.combine(day, window.opens, LOCAL)


def end_of(day: date) -> datetime:
    """The moment a local day is over."""
    return datetime.combine(day + _DAY, time(0), LOCAL)
