"""What an office may know of a sensitive target over all its wards, and how far that has been published."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class UnitReading(Base):
    """The sum of one unit target over an office's wards, from the year's begin to `period_end`; None is hidden.

    `wards`: how many reported. One row for each closed period, never rewritten.
    """

    __tablename__ = "unit_reading"
    __table_args__ = (
        CheckConstraint("numerator >= 5", name="numerator"),
        CheckConstraint("denominator >= 5", name="denominator"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"), primary_key=True)
    unit_target_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period_end: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    wards: Mapped[int]
    published_on: Mapped[date]


class CountedReading(Base):
    """How far a ward's sensitive figure is counted in what was published; only the publisher and the ward read it.

    `is_open`: no part of it has been hidden so far.
    """

    __tablename__ = "counted_reading"
    __table_args__ = (CheckConstraint("counted >= 0", name="counted"),)

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    reporter_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period_end: Mapped[date]
    counted: Mapped[int]
    is_open: Mapped[bool]


class ReadingPublication(Base):
    """That the sensitive figures of a closed period were published below the top of a tree: done once."""

    __tablename__ = "reading_publication"

    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"), primary_key=True)
    period_end: Mapped[date] = mapped_column(primary_key=True)
    published_at: Mapped[datetime]
