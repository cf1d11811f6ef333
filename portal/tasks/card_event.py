"""Something that happened to a card: who, what, when, by which way. Always kept, never changed."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow

#: What can happen. The words people read are in history.py.
KINDS = frozenset(
    [
        "created",
        "assigned",
        "moved",
        "undone",
        "accepted",
        "edited",
        "agency_changed",
        "supporters_changed",
        "plan_corrected",
        "due_set",
        "extension_asked",
        "extension_declined",
        "extended",
        "commented",
        "comment_edited",
        "comment_removed",
        "evidence_added",
        "evidence_removed",
        "check_added",
        "check_done",
        "check_undone",
        "blocked",
        "unblocked",
        "reminded",
        "reached",
        "chased",
        "shared",
        "part_moved",
        "repeating",
        "repeat_stopped",
        "period_begun",
        "explanation_asked",
        "explained",
        "explanation_read",
        "linked",
        "unlinked",
        "labelled",
        "unlabelled",
        "made_confidential",
        "made_open",
        "evidence_asked",
        "evidence_not_asked",
        "evidence_locked",
        "evidence_unlocked",
        "viewers_changed",
        "carried_in",
        "carried_out",
    ]
)


class CardEvent(WardRow):
    """`via`: web, link (a one-tap link) or system. `detail`: words of the vocabulary, dates and reasons.

    `act_id`: what one press of a button did shares it, on one card or on many, and is taken back together.
    """

    __tablename__ = "card_event"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        CheckConstraint("via in ('web', 'link', 'system')", name="via"),
    )

    card_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    contact_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str] = mapped_column(default="")
    via: Mapped[str] = mapped_column(default="web")
    act_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    detail: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)
    occurred_at: Mapped[datetime]
