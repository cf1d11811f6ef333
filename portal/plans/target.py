"""A promise of the plan (chỉ tiêu) and what in it can be measured; readings of it come in later parts."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Target(WardRow):
    """One paragraph of promises; `hidden` when it stands outside the section of targets."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("ward_id", "plan_id", "position"),
        ForeignKeyConstraint(["ward_id", "plan_id"], ["app.plan.ward_id", "app.plan.id"], ondelete="CASCADE"),
    )

    plan_id: Mapped[uuid.UUID]
    position: Mapped[int]
    paragraph: Mapped[int]
    section: Mapped[str]
    text: Mapped[str]
    hidden: Mapped[bool] = mapped_column(default=False)


class Indicator(WardRow):
    """One measure within a target: `comparator` (=, >=, …), `value` in `unit`, of `denominator`."""

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("ward_id", "target_id", "position"),
        ForeignKeyConstraint(
            ["ward_id", "target_id"], ["app.target.ward_id", "app.target.id"], ondelete="CASCADE"
        ),
    )

    target_id: Mapped[uuid.UUID]
    position: Mapped[int]
    text: Mapped[str]
    comparator: Mapped[str | None]
    value: Mapped[float | None]
    unit: Mapped[str | None]
    denominator: Mapped[str | None]
    qualitative: Mapped[bool] = mapped_column(default=False)
