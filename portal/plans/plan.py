"""A plan document of a ward: where it lies, what its header says, and how far it has come."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.plans.document import PlanDocument
from portal.tenants.boundary import WardRow


class PlanState(StrEnum):
    """How far a plan has come."""

    READING = "reading"
    UNREADABLE = "unreadable"
    REVIEW = "review"
    CONFIRMED = "confirmed"


class Plan(PlanDocument, WardRow):
    """`source`: file, text (pasted), sample, or last_year (copied from the year before).

    `step`: while it is read, the last thing that has happened: received, or opened by a worker.
    `details` keeps the rest of what the header says, as the reader gave it. `corrects_id`: the confirmed plan whose
    cards it renewed. `kept_apart`: a person said that it is another plan, although there is one of its year.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("state in ('reading', 'unreadable', 'review', 'confirmed')", name="state"),
        ForeignKeyConstraint(["ward_id", "corrects_id"], ["app.plan.ward_id", "app.plan.id"]),
        CheckConstraint("source in ('file', 'text', 'sample', 'last_year')", name="source"),
        CheckConstraint("step in ('received', 'opened')", name="step"),
    )

    state: Mapped[str] = mapped_column(default=PlanState.READING.value)
    step: Mapped[str] = mapped_column(default="received")
    details: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    corrects_id: Mapped[uuid.UUID | None]
    kept_apart: Mapped[bool] = mapped_column(default=False)

    @property
    def standing(self) -> PlanState:
        """The state as a word of the vocabulary."""
        return PlanState(self.state)
