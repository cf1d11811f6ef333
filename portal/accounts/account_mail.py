"""A letter about an account (invitation, new password), or about an office, that a worker still has to send.

The row holds the address only. The secret link is made when the letter is sent, so it is never stored, and asking
for an unknown address looks and costs the same as for a known one (security.md C10).
"""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, new_id


class AccountMail(Base):
    """queued -> submitting (committed before the relay is called) -> sent, failed, or dropped (nobody there).

    `about_unit`: the oversight unit it is about. `key`: what is sent once only, made from data.
    """

    __tablename__ = "account_mail"
    __table_args__ = (
        CheckConstraint(
            "purpose in ('invitation', 'reset', 'unit_digest', 'webhook_stopped')", name="purpose"
        ),
        CheckConstraint("state in ('queued', 'submitting', 'sent', 'failed', 'dropped')", name="state"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str]
    email: Mapped[str]
    place: Mapped[str] = mapped_column(default="")  # which ward or office invites, as people know it
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime]
    not_before: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    last_code: Mapped[str] = mapped_column(default="")
    about_unit: Mapped[int | None]
    key: Mapped[str | None]
