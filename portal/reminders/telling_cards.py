"""Whether a message arrived goes into the history of the cards it was about."""

from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryNotice
from portal.reminders.notice import Notice
from portal.reminders.queries import cards_of
from portal.tasks.doer import SYSTEM
from portal.tasks.recording import record


def tell_cards(delivery: Delivery, *, arrived: bool, now: datetime) -> None:
    """Note on each card that its message reached somebody, or did not."""
    asked = (
        select(Notice.card_id)
        .join(
            DeliveryNotice,
            (DeliveryNotice.ward_id == Notice.ward_id) & (DeliveryNotice.notice_id == Notice.id),
        )
        .where(DeliveryNotice.delivery_id == delivery.id, Notice.card_id.is_not(None))
    )
    for card in cards_of([card_id for card_id in db.session.scalars(asked) if card_id]).values():
        record(card, "reached", SYSTEM, now, who=delivery.recipient_name, arrived=arrived)
