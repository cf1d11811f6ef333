"""Words the guard had stopped and a leader let through: who, where, why and what kind; never the words."""

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class ReleasedWords(WardRow):
    """`place`: the route that was written to; `number`: the card's, where there is one. Written once."""

    __tablename__ = "released_words"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
    )

    contact_id: Mapped[uuid.UUID]
    actor_name: Mapped[str]
    place: Mapped[str]
    number: Mapped[int | None]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason: Mapped[str]
    released_at: Mapped[datetime]
