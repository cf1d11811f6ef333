"""A rung of a ward's own ladder, where the ward has set one; otherwise the default of ladder.py holds."""

from sqlalchemy import ARRAY, CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class LadderStep(WardRow):
    """`days`: working days after the last day, negative before it. `channels`: what may be used, the best first."""

    __tablename__ = "ladder_step"
    __table_args__ = (
        UniqueConstraint("ward_id", "n"),
        CheckConstraint("kind in ('due_soon', 'due_today', 'overdue', 'escalated')", name="kind"),
        CheckConstraint("days between -20 and 60", name="days"),
        CheckConstraint("audience in ('agency', 'agency_lead', 'leaders')", name="audience"),
    )

    n: Mapped[int]
    kind: Mapped[str]
    days: Mapped[int]
    audience: Mapped[str]
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
