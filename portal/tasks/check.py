"""A line of a card's checklist."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Check(WardRow):
    """Done when `done_at` is set; keeps who ticked it."""

    __tablename__ = "check_item"
    __table_args__ = (ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),)

    card_id: Mapped[uuid.UUID]
    position: Mapped[int]
    text: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(default="")
