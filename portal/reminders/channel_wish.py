"""In which order one person wants to be reached, when the ward has several channels (reminders.md 3.6)."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import db
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


def set_wish(contact_id: uuid.UUID, channels: Sequence[str]) -> None:
    """Reach this person in this order from now on; with none, as the ward does."""
    db.session.execute(delete(ChannelWish).where(ChannelWish.contact_id == contact_id))
    if channels:
        db.session.add(ChannelWish(contact_id=contact_id, channels=list(channels)))
    db.session.flush()


def wish_of_contact(contact_id: uuid.UUID) -> tuple[str, ...]:
    """The order this person has asked for; empty: none."""
    asked = select(ChannelWish.channels).where(ChannelWish.contact_id == contact_id)
    return tuple(db.session.scalar(asked) or ())


def wishes() -> dict[uuid.UUID, tuple[str, ...]]:
    """The same of everybody in the ward who has asked for one."""
    return {row.contact_id: tuple(row.channels) for row in db.session.scalars(select(ChannelWish))}
