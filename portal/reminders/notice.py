"""A fact: this person must hear this about this card. Made from data alone, once, whoever plans it how often."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Kind(StrEnum):
    """What a person is told. A digest is about the ward's whole board, everything else about one card."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    ASSIGNED = "assigned"
    NO_ANSWER = "no_answer"
    RETURNED = "returned"
    APPROVED = "approved"
    EXTENDED = "extended"
    NOT_EXTENDED = "not_extended"
    EXPLAIN = "explain"
    MENTIONED = "mentioned"
    DIGEST = "digest"
    ASKED = "asked"
    NEW_LINK = "new_link"
    STOPPED = "stopped"
    RESUMED = "resumed"
    TRIAL = "trial"

    # Equal to its word, so hashed as its word.
    __hash__ = str.__hash__


#: Told because something happened, gathered for a few minutes.
NEWS_KINDS = frozenset(
    {
        Kind.ASSIGNED,
        Kind.RETURNED,
        Kind.APPROVED,
        Kind.EXTENDED,
        Kind.NOT_EXTENDED,
        Kind.EXPLAIN,
        Kind.MENTIONED,
    }
)

#: Somebody asked for it and waits.
ASKED_KINDS = frozenset({Kind.ASKED, Kind.NEW_LINK})

#: Rungs of the ladder: what is true today may be wrong tomorrow.
LADDER_KINDS = frozenset({Kind.DUE_SOON, Kind.DUE_TODAY, Kind.OVERDUE, Kind.ESCALATED})

#: Short messages about the channel itself, to a number rather than about a card: "no more", "again", a trial.
NUMBER_KINDS = frozenset({Kind.STOPPED, Kind.RESUMED, Kind.TRIAL})

#: Told to people who steer, not to those who work on the card: no one-tap link comes with it.
STEERING_KINDS = frozenset({Kind.ESCALATED, Kind.DIGEST})

#: The reader has nothing to report: the message leads to the card, behind sign-in.
READING_KINDS = STEERING_KINDS | {Kind.APPROVED, Kind.MENTIONED}


class Category(StrEnum):
    """What somebody may stop by itself: being reminded, being told news, the weekly digest."""

    REMINDER = "reminder"
    NEWS = "news"
    DIGEST = "digest"

    __hash__ = str.__hash__


def category_of(kind: Kind) -> Category | None:
    """What stops this kind; None: nothing does, because the person has just asked for it."""
    if kind is Kind.NEW_LINK or kind in NUMBER_KINDS:
        return None
    if kind is Kind.DIGEST:
        return Category.DIGEST
    return Category.NEWS if kind in NEWS_KINDS else Category.REMINDER


_CARDLESS = ", ".join(f"'{kind.value}'" for kind in (Kind.DIGEST, Kind.STOPPED, Kind.RESUMED, Kind.TRIAL))
_KINDS = ", ".join(f"'{kind.value}'" for kind in Kind)


class Notice(WardRow):
    """planned -> merged (into an envelope), or superseded, suppressed, expired, cancelled; `why` is a code word.

    `channels`: what the step of the ladder wants used. `shown` is what a message may show of the card (card_words.py):
    numbers, dates, the plan's own words; of a digest, its counts (digest.py).
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("ward_id", "dedupe_key"),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        CheckConstraint(f"kind in ({_KINDS})", name="kind"),
        CheckConstraint(f"(card_id is null) = (kind in ({_CARDLESS}))", name="card_id"),
        CheckConstraint(
            "state in ('planned', 'merged', 'superseded', 'suppressed', 'expired', 'cancelled')", name="state"
        ),
    )

    kind: Mapped[str]
    card_id: Mapped[uuid.UUID | None]
    due_version: Mapped[int]
    step: Mapped[int]
    contact_id: Mapped[uuid.UUID]
    dedupe_key: Mapped[str]
    slot_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="planned")
    why: Mapped[str] = mapped_column(default="")
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    shown: Mapped[dict[str, object]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
