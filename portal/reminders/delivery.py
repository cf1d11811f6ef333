"""An envelope: one message to one recipient through one channel, and where it stands on its way (the outbox)."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class DeliveryState(StrEnum):
    """Only `submitting` may have touched a relay; `unknown` is resolved by a probe, never blindly sent again."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SUBMITTING = "submitting"
    UNKNOWN = "unknown"
    RETRY_WAIT = "retry_wait"
    HELD = "held"
    PARKED = "parked"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Urgency:
    """Classes of messages with lanes of their own. Lower numbers were asked for by somebody who waits."""

    NOW = 0
    EVENT = 1
    SLOT = 2


URGENCIES = (Urgency.NOW, Urgency.EVENT, Urgency.SLOT)

#: Still to be sent: a person may stop these.
WAITING = (DeliveryState.QUEUED, DeliveryState.RETRY_WAIT, DeliveryState.HELD)

#: How the merge key of a message begins that tells a number its owner's wish was heard.
CONFIRMS = "heard:"

_STATES = ", ".join(f"'{state.value}'" for state in DeliveryState)


class Delivery(WardRow):
    """`client_ref` is the Message-ID of every try (at a gateway: our reference), `provider_ref` the gateway's own name.

    `tries` counts submissions, `refusals` definite temporary noes.

    `not_before`: while unknown, the moment from which "the relay has not got it" is believed. `instead_of`: the
    message this one takes the place of; `passed_on_at`: when that was decided about this one.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("ward_id", "merge_key"),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        CheckConstraint("channel in ('email', 'sms', 'zns')", name="channel"),
        CheckConstraint(f"state in ({_STATES})", name="state"),
    )

    handle: Mapped[bytes] = mapped_column(LargeBinary)
    contact_id: Mapped[uuid.UUID]
    channel: Mapped[str] = mapped_column(default="email")
    urgency: Mapped[int]
    merge_key: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.QUEUED.value)
    why: Mapped[str] = mapped_column(default="")
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[int | None] = mapped_column(BigInteger)
    epoch: Mapped[int] = mapped_column(default=0)
    client_ref: Mapped[str]
    provider_ref: Mapped[str] = mapped_column(default="")
    recipient_name: Mapped[str]
    recipient_title: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    last_code: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    final_at: Mapped[datetime | None]
    instead_of: Mapped[uuid.UUID | None]
    passed_on_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        """Whether it can still be stopped."""
        return self.state in WAITING


class DeliveryNotice(WardRow):
    """Which facts an envelope carries."""

    __tablename__ = "delivery_notice"
    __table_args__ = (
        UniqueConstraint("ward_id", "delivery_id", "notice_id"),
        ForeignKeyConstraint(["ward_id", "delivery_id"], ["app.delivery.ward_id", "app.delivery.id"]),
        ForeignKeyConstraint(["ward_id", "notice_id"], ["app.notice.ward_id", "app.notice.id"]),
    )

    delivery_id: Mapped[uuid.UUID]
    notice_id: Mapped[uuid.UUID]
