"""A person as one ward knows them: the name, address and phone it writes to, with or without an account."""

import uuid
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Contact(WardRow):
    """Names shown inside a ward come from here; the platform's list of accounts is closed to the web's role.

    `verified_at`: when somebody without an account first answered a message, and so showed that it is theirs.
    `moved_at`: when their address or number was last changed; links sent before that are over.
    """

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("ward_id", "person_id"),)

    person_id: Mapped[uuid.UUID | None]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    phone: Mapped[str | None]
    left: Mapped[bool] = mapped_column(default=False)
    verified_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]

    @property
    def is_verified(self) -> bool:
        """Whether the address is known to be theirs: by an account, or by a first answer."""
        return self.person_id is not None or self.verified_at is not None

    @property
    def initials(self) -> str:
        """`TH` for Trần Thu Hà: the last two words, as people abbreviate names here."""
        return "".join(word[0] for word in self.name.split()[-2:]).upper()
