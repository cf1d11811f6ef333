"""What a ward publishes of its lineage: which plan of the unit above it cites, and one word for each target."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Verdict(StrEnum):
    """How a ward's target stands to the unit's."""

    SAME = "same"
    STRICTER = "stricter"
    SOFTER = "softer"
    MISSING = "missing"


class PlanCitation(WardRow):
    """The ward has a confirmed plan that cites this plan of a unit above it."""

    __tablename__ = "plan_citation"
    __table_args__ = (UniqueConstraint("ward_id", "unit_plan_id"),)

    unit_plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.unit_plan.id"))
    as_of: Mapped[datetime]


class TargetVerdict(WardRow):
    """One target of the unit, one word of the ward; never anything that somebody in the ward wrote."""

    __tablename__ = "target_verdict"
    __table_args__ = (
        UniqueConstraint("ward_id", "unit_target_id"),
        CheckConstraint("verdict in ('same', 'stricter', 'softer', 'missing')", name="verdict"),
    )

    unit_plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.unit_plan.id"))
    unit_target_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.unit_target.id"))
    verdict: Mapped[str]
