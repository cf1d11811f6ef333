"""One submission of an envelope: committed before the relay is called, so that no crash can hide it."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.reminders.provider_account import RELAY
from portal.tenants.boundary import WardRow


class Attempt(WardRow):
    """Written once; only its outcome is filled in, by the try that got the answer. No outcome: nobody knows."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("ward_id", "delivery_id", "n"),
        ForeignKeyConstraint(["ward_id", "delivery_id"], ["app.delivery.ward_id", "app.delivery.id"]),
    )

    delivery_id: Mapped[uuid.UUID]
    n: Mapped[int]
    epoch: Mapped[int]
    client_ref: Mapped[str]
    provider: Mapped[str] = mapped_column(default=RELAY)
    submitted_at: Mapped[datetime]
    outcome: Mapped[str | None]
    code: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
