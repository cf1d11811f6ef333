"""A published figure of a target: two numbers for one period, or that they are not there yet; never a percentage."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class WardReading(Base):
    """One indicator of a ward in one period that has begun. Without a numerator nobody reported it yet.

    `unit_target_id`: the target of the unit's own plan that it answers; wards add up by it. `measure` (share,
    per_mille, ratio, decrease, increase, points), `comparator`, `target`, `falls` (less is better) say how the two
    numbers are judged. `due_on`: the last day in time. `kept_…`: what stood at the end of that day, frozen, None when
    nothing did; `reported_on` is the day of the first figure, `corrected_on` of the latest one that replaced it.
    `sensitive`: small counts are hidden above the ward.
    """

    __tablename__ = "ward_reading"
    __table_args__ = (
        CheckConstraint("agency_kind ~ '^[a-z_]{2,20}$'", name="agency_kind"),
        CheckConstraint("rhythm in ('month', 'quarter', 'half', 'year')", name="rhythm"),
        CheckConstraint("measure ~ '^[a-z_]{2,20}$'", name="measure"),
        CheckConstraint("comparator in ('=', '>=', '<=', '>', '<')", name="comparator"),
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
