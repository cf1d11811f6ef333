"""A link that works once: an invitation, or a new password."""

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.web_session import token_hash
from portal.db import Base

#: security.md C14 and C15.
LIFETIMES = {"invitation": timedelta(hours=48), "reset": timedelta(minutes=30)}


class OneTimeToken(Base):
    """Only the hash is stored; using it is one atomic update."""

    __tablename__ = "one_time_token"
    __table_args__ = (CheckConstraint("purpose in ('invitation', 'reset')", name="purpose"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def issue(cls, person_id: uuid.UUID, purpose: str, now: datetime) -> tuple["OneTimeToken", str]:
        """A new link for a person, and the secret part of its address."""
        token = secrets.token_urlsafe(32)
        row = cls(
            token_hash=token_hash(token),
            purpose=purpose,
            person_id=person_id,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
        return row, token
