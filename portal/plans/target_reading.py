"""One reading of an indicator: two numbers for one period, who entered them, and whether they were corrected since."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class Reading(WardRow):
    """Numerator and denominator, never a percentage, so that wards can be added up. What they mean: measuring.py.

    A correction is a row of its own; the earlier one keeps its figures and says in `replaced_at` when it ended.
    """

    __tablename__ = "reading"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "reporter_id"], ["app.reporter.ward_id", "app.reporter.id"]),
        CheckConstraint("numerator >= 0", name="numerator"),
        CheckConstraint("denominator >= 0", name="denominator"),
        CheckConstraint("period_start < period_end", name="period"),
    )

    reporter_id: Mapped[uuid.UUID]
    period_start: Mapped[date]
    period_end: Mapped[date]
    numerator: Mapped[float]
    denominator: Mapped[float | None]
    contact_id: Mapped[uuid.UUID | None]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
