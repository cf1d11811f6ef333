"""Rows about time: days a ward works or rests against the calendar, and how far its planning has come."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class CalendarDay(WardRow):
    """A swapped working Saturday (`working`), or a day off the library of holidays does not know."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("ward_id", "day"),)

    day: Mapped[date]
    working: Mapped[bool]


class SchedCursor(WardRow):
    """Everything of this job up to `done_until` has been planned for the ward; planning again costs only time."""

    __tablename__ = "sched_cursor"
    __table_args__ = (UniqueConstraint("ward_id", "job"),)

    job: Mapped[str]
    done_until: Mapped[datetime]
