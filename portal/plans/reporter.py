"""Who reports an indicator: the agency, how often, and from which day on figures are owed."""

import uuid
from datetime import date, datetime
from typing import Self

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.plans.measuring import Measure
from portal.plans.target import Indicator
from portal.tenants.boundary import WardRow
from portal.tenants.periods import Period, Rhythm, periods_of


class Reporter(WardRow):
    """`agency_id` is None while nobody reports (any more); the readings stay.

    `year`: the plan's. `since`: periods that closed before are not owed. `sensitive`: a small count could point at a
    child (see sensitivity.py). `unit_target_id`: the target of the unit above that this indicator answers.
    `measure`, `falls`: what its two numbers make (measuring.py), for the published rows, which hold no words.
    """

    __tablename__ = "reporter"
    __table_args__ = (
        UniqueConstraint("ward_id", "indicator_id"),
        ForeignKeyConstraint(["ward_id", "indicator_id"], ["app.indicator.ward_id", "app.indicator.id"]),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
        CheckConstraint("rhythm in ('month', 'quarter', 'half', 'year')", name="rhythm"),
        CheckConstraint(
            "measure in ('share', 'per_mille', 'ratio', 'decrease', 'increase', 'points')", name="measure"
        ),
    )

    indicator_id: Mapped[uuid.UUID]
    agency_id: Mapped[uuid.UUID | None]
    rhythm: Mapped[str]
    year: Mapped[int]
    since: Mapped[date]
    sensitive: Mapped[bool] = mapped_column(default=False)
    measure: Mapped[str]
    falls: Mapped[bool] = mapped_column(default=False)
    unit_target_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app.unit_target.id"))
    set_by: Mapped[str]
    set_at: Mapped[datetime]

    @property
    def periods(self) -> list[Period]:
        """The periods for which a figure is owed, the earliest first."""
        return [one for one in periods_of(Rhythm(self.rhythm), self.year) if one.end >= self.since]

    def measuring(self, measure: Measure) -> Self:
        """The same reporter, of an indicator that is measured like this."""
        self.measure, self.falls = measure.kind.value, measure.falls
        return self

    def moved_to(self, indicator: Indicator) -> Self:
        """The same reporter, of the indicator that took the old one's place in a corrected plan."""
        self.indicator_id = indicator.id
        return self.measuring(Measure.of(indicator))
