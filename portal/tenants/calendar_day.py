"""A day on which a ward works or rests against the calendar."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class CalendarDay(WardRow):
    """A swapped working Saturday (`working`), or a day off the library of holidays does not know."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("ward_id", "day"),)

    day: Mapped[date]
    working: Mapped[bool]
