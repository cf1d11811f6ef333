"""A one-tap link: what one person may report about one card without signing in, and what was reported with it."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tasks.card import Card
from portal.tenants.boundary import WardRow

#: A link lives until this long after the card's last day, and never longer than LONGEST (reminders.md 6).
GRACE = timedelta(days=7)
LONGEST = timedelta(days=30)

#: Reports one link is good for: enough for every step of a card and a few slips.
MAX_USES = 12


class ActionLink(WardRow):
    """The row is the authority. The token is made of `handle` and a keyed digest (token.py) and stored nowhere."""

    __tablename__ = "action_link"
    __table_args__ = (
        UniqueConstraint("ward_id", "notice_id"),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "notice_id"], ["app.notice.ward_id", "app.notice.id"]),
    )

    handle: Mapped[bytes] = mapped_column(LargeBinary)
    contact_id: Mapped[uuid.UUID]
    card_id: Mapped[uuid.UUID]
    due_version: Mapped[int]
    notice_id: Mapped[uuid.UUID]
    expires_at: Mapped[datetime]
    max_uses: Mapped[int] = mapped_column(default=MAX_USES)
    used_n: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    def is_live(self, card: Card, now: datetime) -> bool:
        """Whether it may still be used: a new date, another agency or a closed card end it by themselves."""
        return (
            self.revoked_at is None
            and now < self.expires_at
            and self.due_version == card.due_version
            and card.assigned_at is not None
            and card.is_open
        )


class LinkUse(WardRow):
    """One report made with a link; `event_id` is what it did to the card, for taking it back."""

    __tablename__ = "link_use"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "link_id"], ["app.action_link.ward_id", "app.action_link.id"]),
        CheckConstraint("verb in ('accepted', 'doing', 'done', 'blocked')", name="verb"),
    )

    link_id: Mapped[uuid.UUID]
    verb: Mapped[str]
    event_id: Mapped[uuid.UUID | None]
    used_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
