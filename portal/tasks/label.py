"""A label of a ward, most often an activity of its plan (section III), and the cards that carry it."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow

#: A label is a few words, printed beside many cards.
LONGEST = 60


class Label(WardRow):
    """Its name is the ward's own; two labels of a ward differ."""

    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("ward_id", "name"),)

    name: Mapped[str]


class CardLabel(WardRow):
    """A card carries a label."""

    __tablename__ = "card_label"
    __table_args__ = (
        UniqueConstraint("ward_id", "card_id", "label_id"),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "label_id"], ["app.label.ward_id", "app.label.id"]),
    )

    card_id: Mapped[uuid.UUID]
    label_id: Mapped[uuid.UUID]
