"""A signed-in browser: a row that can be listed, limited and ended, found by the hash of a random cookie."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

#: security.md C5: idle limit for officers, and the longest a session may live at all.
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)

#: "Last seen" is written at most this often, so that a page view is not a write.
SEEN_EVERY = timedelta(minutes=1)

#: security.md C5: the oldest sessions of a person beyond this many are ended at sign-in.
AT_MOST = 5


def token_hash(token: str) -> bytes:
    """What the row holds instead of the cookie's value (SHA-256; the token itself has 256 random bits)."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


class WebSession(Base):
    """One browser of one person, until it is idle too long, too old, or ended."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app.person.id"))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]

    @classmethod
    def open(cls, person_id: uuid.UUID, user_agent: str, now: datetime) -> tuple["WebSession", str]:
        """A new session and the cookie value that opens it; the value is kept nowhere else."""
        token = secrets.token_urlsafe(32)
        row = cls(
            token_hash=token_hash(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            ends_at=now + ABSOLUTE,
            user_agent=user_agent[:200],
        )
        return row, token

    def is_live(self, now: datetime) -> bool:
        """Whether this browser is still signed in."""
        return self.revoked_at is None and now < self.ends_at and now - self.last_seen_at < IDLE

    def seen(self, now: datetime) -> None:
        """Remember that it was used, at most once a minute."""
        if now - self.last_seen_at >= SEEN_EVERY:
            self.last_seen_at = now

    def end(self, now: datetime) -> None:
        """Sign this browser out."""
        self.revoked_at = self.revoked_at or now
