"""A supporting agency of a card (phối hợp): one lead, any number of these."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class Support(WardRow):
    """Sees the card and may comment and attach; the lead agency submits."""

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("ward_id", "card_id", "agency_id"),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
    )

    card_id: Mapped[uuid.UUID]
    agency_id: Mapped[uuid.UUID]
