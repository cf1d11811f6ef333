"""Somebody is mentioned in a comment: a person or a whole agency, by id; the words say `@` and the id."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class Mention(WardRow):
    """`answered_at`: when the mentioned wrote on the card, or said that they had seen it. Never widens who sees it."""

    __tablename__ = "mention"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "comment_id"], ["app.comment.ward_id", "app.comment.id"]),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
        CheckConstraint("(contact_id is null) <> (agency_id is null)", name="somebody"),
    )

    card_id: Mapped[uuid.UUID]
    comment_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID | None]
    agency_id: Mapped[uuid.UUID | None]
    mentioned_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
