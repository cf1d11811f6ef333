"""A message to a webhook: written once, tried until it is taken or given up; its key never changes."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

WAITING, DELIVERED, GIVEN_UP = "waiting", "delivered", "given_up"

#: The waits after each try that failed, together a day and a half; after the last one the message is given up.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7_200, 18_000, 36_000, 50_400))

#: A worker that says nothing for this long is dead: longer than a call can take (calling.py).
LEASE = timedelta(seconds=60)


class WebhookDelivery(Base):
    """`body`: the JSON as it is signed and sent, the same at every try. `status`: what the last try was answered with,
    None when it was not; `why`: what was wrong, a word of calling.py.

    waiting (leased until `lease_until` during a try) -> delivered, or given_up; from there somebody may try it again.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'delivered', 'given_up')", name="state"),
        Index(None, "webhook_id", "made_at"),
        Index(None, "not_before", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.webhook.id", ondelete="CASCADE"))
    event: Mapped[str]
    body: Mapped[str] = mapped_column(deferred=True)
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    why: Mapped[str] = mapped_column(default="")

    @property
    def is_waiting(self) -> bool:
        """Whether it is still on its way."""
        return self.state == WAITING

    def try_again(self, now: datetime) -> None:
        """From the beginning, now."""
        self.state, self.attempts, self.not_before, self.lease_until = WAITING, 0, now, None
