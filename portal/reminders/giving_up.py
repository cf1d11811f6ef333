"""Addresses and numbers nothing more is sent to: they do not exist, they send all back, their owner said stop."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.tenants.boundary import entered_ward

#: The category of a suppression that stops every message.
EVERYTHING = "everything"

BAD_NUMBER, OPTED_OUT = "bad_number", "opted_out"

#: Of mail: no such address; or everything came back for days, so it rests for a while.
BAD_ADDRESS, RESTING = "bounced", "soft_bounced"


def give_up(address: str, channel: str, reason: str, now: datetime, until: datetime | None = None) -> None:
    """Send nothing more from the entered ward to this address or number, known by its keyed digest, or only `until`."""
    made = insert(Suppression).values(
        ward_id=entered_ward(),
        id=new_id(),
        channel=channel,
        address_hash=address_hash(address),
        category=EVERYTHING,
        reason=reason,
        created_at=now,
        lifted_at=None,
        until=until,
    )
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["ward_id", "channel", "address_hash", "category"],
            set_={"reason": reason, "lifted_at": None, "until": until, "created_at": now},
            where=Suppression.ward_id == entered_ward(),
        )
    )


def lift(address: str, channels: tuple[str, ...], now: datetime) -> None:
    """Send to this address or number again."""
    _lift(
        now,
        Suppression.channel.in_(channels),
        Suppression.address_hash == address_hash(address),
        Suppression.category == EVERYTHING,
    )


def lift_rested(now: datetime) -> None:
    """Try again what was to rest until now."""
    rested = Suppression.lifted_at.is_(None), Suppression.until <= now
    if db.session.scalar(
        select(Suppression.id).where(*rested).limit(1)
    ):  # a tick that changes nothing writes nothing
        _lift(now, *rested)


def _lift(now: datetime, *which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Suppression).where(Suppression.lifted_at.is_(None), *which).values(lifted_at=now)
    )
