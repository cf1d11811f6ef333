"""A gateway's word on what became of a message, or a person's answer to it: kept first, applied afterwards."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Receipt(WardRow):
    """`digest`: of all it said, so that the same word twice is one row. `became`: what applying it did."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("ward_id", "account_id", "digest"),
        ForeignKeyConstraint(
            ["ward_id", "account_id"], ["app.channel_account.ward_id", "app.channel_account.id"]
        ),
    )

    account_id: Mapped[uuid.UUID]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    said: Mapped[dict[str, str]] = mapped_column(JSONB)
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    became: Mapped[str] = mapped_column(default="")
