"""No more messages of a category to an address, and back again: known by the address's digest, in force at once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.delivery import DeliveryNotice
from portal.reminders.notice import Category, Kind, Notice, category_of
from portal.reminders.recipient_queries import stopped_by
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.tenants.boundary import entered_ward


def opt_out(address: str, categories: Collection[Category], now: datetime) -> None:
    """Write no more messages of these categories from this ward to the address. Saying it twice changes nothing."""
    for category in categories:
        row = insert(Suppression).values(
            ward_id=entered_ward(),
            id=new_id(),
            channel="email",
            address_hash=address_hash(address),
            category=category.value,
            reason="opted_out",
            created_at=now,
        )
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=["ward_id", "channel", "address_hash", "category"],
                set_={"lifted_at": None, "created_at": row.excluded.created_at},
                where=(Suppression.ward_id == entered_ward()) & Suppression.lifted_at.is_not(None),
            )
        )


def opt_in(address: str, categories: Collection[Category], now: datetime) -> None:
    """Write messages of these categories to the address again."""
    db.session.execute(
        update(Suppression)
        .where(
            Suppression.address_hash == address_hash(address),
            Suppression.category.in_([category.value for category in categories]),
            Suppression.lifted_at.is_(None),
        )
        .values(lifted_at=now)
    )


def choose(address: str, wanted: Collection[Category], now: datetime) -> None:
    """Write these categories and no others to the address."""
    opt_in(address, wanted, now)
    opt_out(address, [category for category in Category if category not in wanted], now)


def wanted_by(address: str) -> list[Category]:
    """What is written to this address."""
    stopped = stopped_by(address)
    return [category for category in Category if category not in stopped]


def categories_in(delivery_id: object) -> list[Category]:
    """What the facts of a message belong to: what its one click stops (RFC 8058)."""
    asked = (
        select(Notice.kind)
        .join(
            DeliveryNotice,
            (DeliveryNotice.ward_id == Notice.ward_id) & (DeliveryNotice.notice_id == Notice.id),
        )
        .where(DeliveryNotice.delivery_id == delivery_id)
        .distinct()
    )
    found = {category_of(Kind(kind)) for kind in db.session.scalars(asked)}
    return [category for category in Category if category in found] or [Category.REMINDER]
