"""A webhook: an address of a unit's own system, which events it hears of, and whether it answers."""

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

#: One that answered nothing well for this long is stopped, and its unit is told.
STOPPED_AFTER = timedelta(days=3)


class Webhook(Base):
    """`events`: their codes, divided by blanks. `sealed` with `master`: the secret (secret.py); `old_…`: the one before
    it, which signs too until `old_until`.

    `looked_at`: when it was last asked whether there is news. `closed_until`: the last day of the periods told closed.
    `not_before`: nothing is sent before, because it does not answer; `failing_since` and `answered_at` say since when
    not, and when it last did. `stopped_at`: given up until somebody turns it on again.
    """

    __tablename__ = "webhook"
    __table_args__ = (Index(None, "unit_id", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    url: Mapped[str]
    events: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    master: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    old_master: Mapped[str] = mapped_column(default="")
    old_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    old_until: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    closed_until: Mapped[date]
    not_before: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    def answered(self, now: datetime) -> None:
        """It took a message: what waits for it may follow at once."""
        self.answered_at, self.failing_since, self.not_before = now, None, now

    def failed(self, until: datetime, now: datetime, *, for_good: bool = False) -> bool:
        """It did not take one; nothing is sent before `until`. True when that was once too often: it is stopped."""
        self.failing_since = self.failing_since or now
        self.not_before = until
        if self.stopped_at is None and (for_good or now - self.failing_since >= STOPPED_AFTER):
            self.stopped_at = now
            return True
        return False

    def resume(self, now: datetime) -> None:
        """Send again from now on."""
        self.stopped_at = self.failing_since = None
        self.not_before = now


class WebhookTold(Base):
    """What a webhook was told already. `about`: a ward's figures, or a report; `mark`: as which state of them."""

    __tablename__ = "webhook_told"

    webhook_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("app.webhook.id", ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
