"""A card points at another one: they belong together, or one waits for the other."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow

RELATED, WAITS_FOR = "related", "waits_for"


class CardLink(WardRow):
    """`card_id` is related to `other_id`, or waits for it; one link between the two in this direction."""

    __tablename__ = "card_link"
    __table_args__ = (
        UniqueConstraint("ward_id", "card_id", "other_id"),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "other_id"], ["app.card.ward_id", "app.card.id"]),
        CheckConstraint("kind in ('related', 'waits_for')", name="kind"),
        CheckConstraint("card_id <> other_id", name="other"),
    )

    card_id: Mapped[uuid.UUID]
    other_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    added_at: Mapped[datetime]
