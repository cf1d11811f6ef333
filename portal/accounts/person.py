"""A person with an account, known to the whole platform by one e-mail address."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, new_id
from portal.text import nfc


def normal_email(address: str) -> str:
    """The form an address is stored and looked up in: NFC, no blanks around it, lower case."""
    return nfc(address).strip().lower()


class Person(Base):
    """Someone who can sign in. Names shown inside a ward come from the ward's own contacts."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    is_operator: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(default="vi")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def can_sign_in(self) -> bool:
        """Invited people have no password yet; people who left are disabled."""
        return self.disabled_at is None and self.password_hash is not None
