"""Numbers that take no more short messages: they do not exist, or their owner said stop."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.tenants.boundary import entered_ward

#: The category of a suppression that stops every message.
EVERYTHING = "everything"

BAD_NUMBER, OPTED_OUT = "bad_number", "opted_out"


def give_up_number(number: str, channel: str, reason: str, now: datetime) -> None:
    """Send nothing more to this number of the entered ward; known by its keyed digest."""
    made = insert(Suppression).values(
        ward_id=entered_ward(),
        id=new_id(),
        channel=channel,
        address_hash=address_hash(number),
        category=EVERYTHING,
        reason=reason,
        created_at=now,
        lifted_at=None,
    )
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["ward_id", "channel", "address_hash", "category"],
            set_={"reason": reason, "lifted_at": None},
            where=Suppression.ward_id == entered_ward(),
        )
    )
