"""A letter came back: its envelope says so, its cards' history too, and its address is given up or counted.

An address that does not exist is given up at once; one that only sends back (a full mailbox) rests when that has
happened often enough (reminders.md 4). Both become something to do for whoever keeps the ward's addresses.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.finding import find_returned
from portal.reminders.giving_up import BAD_ADDRESS, RESTING, give_up
from portal.reminders.returns.report import Failure, failure_in
from portal.reminders.returns.return_path import tokens_in
from portal.reminders.telling_cards import tell_cards
from portal.tenants.boundary import inside_ward

#: So many letters sent back within this time: the address rests for as long.
SOFT_LIMIT, SOFT_TIME = 3, timedelta(days=7)

#: Bytes of a message that are looked at: the report stands before the letter it is about.
MOST_BYTES = 512 * 1024


def take_back(dispatch: Session, raw: bytes, to: list[str], now: datetime) -> str:
    """Draw conclusions from a message that came to a return path (`to`). Returns what became of it, in one word.

    `not_ours`: no genuine token, `no_failure`: an automatic reply or a notice of delay, `known`: said before. The
    caller commits.
    """
    found = next((found for token in tokens_in(to) if (found := find_returned(dispatch, token))), None)
    if found is None:
        return "not_ours"
    failure = failure_in(raw[:MOST_BYTES])
    if failure is None:
        return "no_failure"
    with inside_ward(found.ward.id):
        return _conclude(found.row_id, failure, now)


def _conclude(delivery_id: uuid.UUID, failure: Failure, now: datetime) -> str:
    locked = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    delivery = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if delivery.tries == 0 or delivery.state == DeliveryState.BOUNCED:
        return "known"
    delivery.state = DeliveryState.BOUNCED.value
    delivery.why = "no_such_address" if failure.is_hard else "came_back"
    delivery.last_code = failure.status
    delivery.accepted_at, delivery.final_at = delivery.accepted_at or now, now
    db.session.flush()
    if failure.is_hard:
        give_up(delivery.address, delivery.channel, BAD_ADDRESS, now)
    elif _came_back(delivery.address, now) >= SOFT_LIMIT:
        give_up(delivery.address, delivery.channel, RESTING, now, now + SOFT_TIME)
    tell_cards(delivery, arrived=False, now=now)
    db.session.flush()
    return "hard" if failure.is_hard else "soft"


def _came_back(address: str, now: datetime) -> int:
    """How many letters to this address came back lately."""
    asked = select(func.count()).where(
        Delivery.address == address,
        Delivery.state == DeliveryState.BOUNCED.value,
        Delivery.final_at > now - SOFT_TIME,
    )
    return db.session.scalar(asked) or 0
