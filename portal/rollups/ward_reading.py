"""A published figure of a target: two numbers for one period, or that they are not there yet; never a percentage."""

import uuid
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

#: From the close of a period to the day on which its sensitive figures are published: five days to report in time,
#: five more for those who are late. What comes afterwards counts in the next period.
_UNTIL_PUBLISHED = timedelta(days=10)


class FigureStanding(StrEnum):
    """Nobody reported it; it waits for its day; it came after that day; it is hidden; it can be read."""

    MISSING = "missing"
    WAITING = "waiting"
    LATE = "late"
    HIDDEN = "hidden"
    SHOWN = "shown"


def publication_day(period_end: date) -> date:
    """The fixed day on which the sensitive figures of a closed period are published, once: the 24th."""
    return period_end + _UNTIL_PUBLISHED


class WardReading(Base):
    """One indicator of a ward in one period that has begun. Without a numerator nobody reported it yet.

    `unit_target_id`: the target of the unit's own plan that it answers; wards add up by it. `measure` (share,
    per_mille, ratio, decrease, increase, points), `comparator`, `target`, `falls` (less is better) say how the two
    numbers are judged. `due_on`: the last day in time. `kept_…`: what stood at the end of that day, frozen, None when
    nothing did; `reported_on` is the day of the first figure, `corrected_on` of the latest one that replaced it.

    `sensitive`: the row holds no number before `published_on` (veiling.py), and then only what gives nobody away, two
    counts that a constraint keeps from being small; what stood in time is never told.
    """

    __tablename__ = "ward_reading"
    __table_args__ = (
        CheckConstraint("agency_kind ~ '^[a-z_]{2,20}$'", name="agency_kind"),
        CheckConstraint("rhythm in ('month', 'quarter', 'half', 'year')", name="rhythm"),
        CheckConstraint("measure ~ '^[a-z_]{2,20}$'", name="measure"),
        CheckConstraint("comparator in ('=', '>=', '<=', '>', '<')", name="comparator"),
        CheckConstraint(
            "not sensitive or (kept_numerator is null and kept_denominator is null"
            " and (published_on is not null or (numerator is null and denominator is null))"
            " and coalesce(numerator, 5) >= 5 and coalesce(denominator, 5) >= 5)",
            name="veiled",
        ),
        Index(None, "ward_id", "year"),
    )

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    reporter_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period_end: Mapped[date] = mapped_column(primary_key=True)
    period_start: Mapped[date]
    due_on: Mapped[date]
    year: Mapped[int]
    plan_id: Mapped[uuid.UUID]
    agency_kind: Mapped[str]
    unit_target_id: Mapped[uuid.UUID | None]
    rhythm: Mapped[str]
    measure: Mapped[str]
    comparator: Mapped[str]
    target: Mapped[float]
    falls: Mapped[bool]
    sensitive: Mapped[bool]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    kept_numerator: Mapped[float | None]
    kept_denominator: Mapped[float | None]
    reported_on: Mapped[date | None]
    corrected_on: Mapped[date | None]
    as_of: Mapped[datetime]
    published_on: Mapped[date | None]

    @property
    def is_reported(self) -> bool:
        """Whether somebody reported it, readable or not."""
        return self.reported_on is not None or self.numerator is not None

    @property
    def standing(self) -> FigureStanding:
        """What a reader is to be told where a number would stand."""
        if not self.is_reported:
            return FigureStanding.MISSING
        if self.sensitive and self.published_on is None:
            return FigureStanding.WAITING
        if self.published_on and self.reported_on and self.reported_on >= self.published_on:
            return FigureStanding.LATE
        return FigureStanding.HIDDEN if self.numerator is None else FigureStanding.SHOWN

    @property
    def publishes_on(self) -> date:
        """The day on which a sensitive figure of this period is published, with every other ward's."""
        return publication_day(self.period_end)

    @property
    def changed_since(self) -> date | None:
        """The day of a correction that came after the publication: said without the figure."""
        late = self.published_on and self.corrected_on and self.corrected_on >= self.published_on
        return self.corrected_on if late else None
