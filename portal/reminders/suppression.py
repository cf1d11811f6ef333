"""An address that asked not to be written to any more, known by its keyed digest only."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Suppression(WardRow):
    """In force until `lifted_at`. `category`: what is stopped (notice.py). `reason`: a word of giving_up.py.

    `until`: an address that only rests is tried again then.
    """

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("ward_id", "channel", "address_hash", "category"),)

    channel: Mapped[str]
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    category: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
