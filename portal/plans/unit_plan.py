"""A plan of an oversight unit: published once, open to read for every ward below, and nobody else's to change."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, new_id
from portal.plans.document import PlanDocument


class UnitPlanState(StrEnum):
    """How far a unit's plan has come. Nothing is ever deleted: wards may have cited it."""

    READING = "reading"
    UNREADABLE = "unreadable"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


#: Plans that a ward may be shown: a replaced one was in force when wards cited it.
STANDING = (UnitPlanState.PUBLISHED.value, UnitPlanState.REPLACED.value)


class UnitPlan(PlanDocument, Base):
    """`replaces_id`: the plan that this one takes the place of once it is read. `ended_at`: replaced or withdrawn.

    `attempts` and `lease_until` belong to the worker that reads it; `spread_at` says when the wards below were last
    compared with it, and is empty while that is still to be done.
    """

    __tablename__ = "unit_plan"
    __table_args__ = (
        CheckConstraint(
            "state in ('reading', 'unreadable', 'published', 'replaced', 'withdrawn')", name="state"
        ),
        CheckConstraint("source in ('file', 'text')", name="source"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    state: Mapped[str] = mapped_column(default=UnitPlanState.READING.value)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app.unit_plan.id"))
    ended_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    spread_at: Mapped[datetime | None]

    @property
    def standing(self) -> UnitPlanState:
        """The state as a word of the vocabulary."""
        return UnitPlanState(self.state)

    @property
    def shelf(self) -> str:
        """The folder of its unit's files; no ward's, whose folder is a number."""
        return f"unit-{self.unit_id}"

    def withdraw(self, now: datetime) -> None:
        """Take it back: wards are no longer compared with it."""
        self.state, self.ended_at = UnitPlanState.WITHDRAWN.value, now
        self.spread_again()

    def spread_again(self) -> None:
        """What the wards were compared with is no longer so; whoever is at work on it keeps nothing."""
        self.spread_at = self.lease_until = None
        self.attempts += 1

    def give_way(self, now: datetime) -> None:
        """A newer plan takes its place; the wards that cited it keep their link."""
        if self.standing is UnitPlanState.PUBLISHED:
            self.state, self.ended_at = UnitPlanState.REPLACED.value, now


class UnitPlanParagraph(Base):
    """A paragraph of a unit's plan; the columns mean what they mean in a ward's (plan_paragraph.py)."""

    __tablename__ = "unit_plan_paragraph"

    unit_plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.unit_plan.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    kind: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    level: Mapped[int] = mapped_column(default=0)


class UnitTarget(Base):
    """One promise of a unit's plan: `comparator` (=, >=, …), `value` in `unit`; all empty for one in words only."""

    __tablename__ = "unit_target"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    unit_plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.unit_plan.id"))
    position: Mapped[int]
    section: Mapped[str]
    text: Mapped[str]
    comparator: Mapped[str | None]
    value: Mapped[float | None]
    unit: Mapped[str | None]
    denominator: Mapped[str | None]
    hidden: Mapped[bool] = mapped_column(default=False)
