"""A new link instead of one that ran out: sent to the address on file, never shown to whoever asks."""

import uuid
from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.reminders.action_link import ActionLink
from portal.reminders.notice import Kind
from portal.reminders.planning import facts_asked_for
from portal.reminders.telling import tell
from portal.tasks.card import Card
from portal.tasks.state import WORKABLE


def renew(link_id: uuid.UUID, now: datetime) -> bool:
    """Send the holder of a genuine link a new one, once an hour, while the card is still theirs and open.

    False, and nothing happens, otherwise.
    """
    link = db.session.scalar(select(ActionLink).where(ActionLink.id == link_id))
    card = db.session.scalar(select(Card).where(Card.id == link.card_id)) if link else None
    if link is None or card is None or card.assigned_at is None or card.standing not in WORKABLE:
        return False
    facts = [
        fact for fact in facts_asked_for([card], now, Kind.NEW_LINK) if fact.contact_id == link.contact_id
    ]
    return bool(tell(facts, now))
