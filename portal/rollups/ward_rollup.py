"""The published rows: what a ward's oversight unit may know of it. Keys, counts, days and moments only."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.rollups.figures import NAMES, Figures

#: Stands for "no plan" in the key: cards added by hand.
NO_PLAN = uuid.UUID(int=0)

#: Stands for agencies of no known kind; only codes of the catalogue are published, never what somebody typed.
OTHER_KIND = "other"

_TOTAL = Computed("done_on_time + done_late + open_in_time + open_overdue", persisted=True)


class _FigureColumns:
    """A column for each figure."""

    done_on_time: Mapped[int]
    done_late: Mapped[int]
    open_in_time: Mapped[int]
    open_overdue: Mapped[int]
    total: Mapped[int | None] = mapped_column(_TOTAL)
    awaiting_approval: Mapped[int]
    without_date: Mapped[int]
    extensions: Mapped[int]
    with_evidence: Mapped[int]
    not_accepted: Mapped[int]

    @property
    def figures(self) -> Figures:
        """The counts of this row."""
        return Figures(*(getattr(self, name) for name in NAMES))


class WardRollup(_FigureColumns, Base):
    """One ward's counts for one plan and one kind of agency. `as_of`: when a figure of the row last changed."""

    __tablename__ = "ward_rollup"
    __table_args__ = (CheckConstraint("agency_kind ~ '^[a-z_]{2,20}$'", name="agency_kind"),)

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agency_kind: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[datetime]


class WardRollupDay(_FigureColumns, Base):
    """One ward's counts as they were when a local day was last counted: for changes and trends."""

    __tablename__ = "ward_rollup_day"

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class WardRollupState(Base):
    """When a ward was last counted. Overdue depends on the day, so the local day is kept beside the moment."""

    __tablename__ = "ward_rollup_state"

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    as_of: Mapped[datetime]
    counted_on: Mapped[date]
