"""A fact: this person must hear this about this card. Made from data alone, once, whoever plans it how often."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Kind(StrEnum):
    """What a person is told."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    ASSIGNED = "assigned"
    ASKED = "asked"
    NEW_LINK = "new_link"


class Notice(WardRow):
    """planned -> merged (into an envelope), or superseded, suppressed, expired, cancelled; `why` is a code word.

    `shown` is what a message may show of the card (card_words.py): numbers, dates, the plan's own words.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("ward_id", "dedupe_key"),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        CheckConstraint(
            "kind in ('due_soon', 'due_today', 'overdue', 'assigned', 'asked', 'new_link')", name="kind"
        ),
        CheckConstraint(
            "state in ('planned', 'merged', 'superseded', 'suppressed', 'expired', 'cancelled')", name="state"
        ),
    )

    kind: Mapped[str]
    card_id: Mapped[uuid.UUID]
    due_version: Mapped[int]
    step: Mapped[int]
    contact_id: Mapped[uuid.UUID]
    dedupe_key: Mapped[str]
    slot_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="planned")
    why: Mapped[str] = mapped_column(default="")
    shown: Mapped[dict[str, object]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
