"""The published rows: what a ward's oversight unit may know of it. Keys, counts, days and moments only.

`WardRollup` is the running period (as the board stands), `WardRollupClosed` the periods that closed (frozen, with
corrections beside), `WardRollupDay` the days before (for changes and trends), `ward_reading.py` the targets' figures.
Pages do not read these: `queries.py` answers what they ask.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.rollups.figures import NAMES, Figures

#: Stands for "no plan" in the key: cards added by hand. Their year is the one in which they were given.
NO_PLAN = uuid.UUID(int=0)

#: Stands for "all years together" in the daily history.
EVERY_YEAR = 0

#: Stands for agencies of no known kind; only codes of the catalogue are published, never what somebody typed.
OTHER_KIND = "other"

_TOTAL = Computed("done_on_time + done_late + open_in_time + open_overdue", persisted=True)
_CODE = "agency_kind ~ '^[a-z_]{2,20}$'"


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
    blocked: Mapped[int]
    answered: Mapped[int]
    answer_minutes: Mapped[int]

    @property
    def figures(self) -> Figures:
        """The counts of this row."""
        return Figures(*(getattr(self, name) for name in NAMES))


class WardRollup(_FigureColumns, Base):
    """One ward's counts for one plan and one kind of agency. `as_of`: when a figure of the row last changed.

    `year`: the plan's; where it has none, and without a plan, the local year in which the cards were given.
    """

    __tablename__ = "ward_rollup"
    __table_args__ = (CheckConstraint(_CODE, name="agency_kind"),)

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agency_kind: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[datetime]


class WardRollupDay(_FigureColumns, Base):
    """One ward's counts of a year, or of EVERY_YEAR, as a local day left them.

    Only days that changed something have a row: what stood on a day is the latest row on or before it.
    """

    __tablename__ = "ward_rollup_day"

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class WardRollupClosed(_FigureColumns, Base):
    """A ward's counts as they stood at the end of a period's last day (tenants/report_period.py), frozen then.

    `corrected` is False for the frozen row, which never changes. Where the same day counts differently now (a result
    taken back, a date moved, a card given late), a second row with True says how, and `as_of` since when.
    """

    __tablename__ = "ward_rollup_closed"
    __table_args__ = (CheckConstraint(_CODE, name="agency_kind"),)

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    period_end: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agency_kind: Mapped[str] = mapped_column(primary_key=True)
    corrected: Mapped[bool] = mapped_column(primary_key=True)
    as_of: Mapped[datetime]


class WardRollupState(Base):
    """When a ward was last counted. Overdue depends on the day, so the local day is kept beside the moment.

    `closed_until`: the end of the last period that was frozen. `recheck`: something changed since the frozen ones
    were last compared with the board.
    """

    __tablename__ = "ward_rollup_state"
    __table_args__ = (Index(None, "counted_on"),)

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    as_of: Mapped[datetime]
    counted_on: Mapped[date]
    closed_until: Mapped[date | None]
    recheck: Mapped[bool]
