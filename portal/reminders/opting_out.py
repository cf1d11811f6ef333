"""No more reminders to an address, and back again: remembered by the address's digest, in force at once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.tenants.boundary import entered_ward

CATEGORY = "reminder"


def opt_out(address: str, now: datetime) -> None:
    """Write no more reminders of this ward to the address. Saying it twice changes nothing."""
    row = insert(Suppression).values(
        ward_id=entered_ward(),
        id=new_id(),
        channel="email",
        address_hash=address_hash(address),
        category=CATEGORY,
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


def opt_in(address: str, now: datetime) -> None:
    """Write to the address again."""
    db.session.execute(
        update(Suppression)
        .where(Suppression.address_hash == address_hash(address), Suppression.lifted_at.is_(None))
        .values(lifted_at=now)
    )


def is_out(address: str) -> bool:
    """Whether this address gets no reminders."""
    asked = select(Suppression.id).where(
        Suppression.address_hash == address_hash(address), Suppression.lifted_at.is_(None)
    )
    return db.session.scalar(asked) is not None
