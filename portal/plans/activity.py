"""Something the plan says will be done without saying by whom: an item of its section of activities."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class Activity(WardRow):
    """`heading`: the activity it belongs to; `paragraph`: where its words stand in the document."""

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("ward_id", "plan_id", "position"),
        ForeignKeyConstraint(["ward_id", "plan_id"], ["app.plan.ward_id", "app.plan.id"], ondelete="CASCADE"),
    )

    plan_id: Mapped[uuid.UUID]
    position: Mapped[int]
    paragraph: Mapped[int]
    section: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
