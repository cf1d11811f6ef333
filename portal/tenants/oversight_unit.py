"""An office that oversees wards: since 2025 the province's Health department, before that the city's LĐTB&XH."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class OversightUnit(Base):
    """A node of the tree of offices; names, tiers and parents are data with dates, never code."""

    __tablename__ = "oversight_unit"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("app.oversight_unit.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitMembership(Base):
    """A person's place in an oversight unit. `seen_on`: when they last looked at its figures, `seen_before` the day
    of the visit before that one.
    """

    __tablename__ = "unit_membership"
    __table_args__ = (CheckConstraint("role in ('city_viewer')", name="role"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.person.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(default="city_viewer")
    seen_on: Mapped[date | None]
    seen_before: Mapped[date | None]

    def visit(self, today: date) -> date | None:
        """Write down today's visit, once a day; the day of the visit before it, None for the first."""
        if self.seen_on != today:
            self.seen_before, self.seen_on = self.seen_on, today
        return self.seen_before
