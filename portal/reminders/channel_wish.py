"""In which order one person wants to be reached, when the ward has several channels (reminders.md 3.6)."""

import uuid

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class ChannelWish(WardRow):
    """`channels`: the first is tried first; one that is not named comes after those that are (channel.py)."""

    __tablename__ = "channel_wish"
    __table_args__ = (
        UniqueConstraint("ward_id", "contact_id"),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        CheckConstraint("channels <@ array['email', 'sms', 'zns']", name="channels"),
    )

    contact_id: Mapped[uuid.UUID]
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
