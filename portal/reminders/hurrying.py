"""Messages that wait for the morning leave now: somebody ordered the day's reminders by hand."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryNotice, DeliveryState, Urgency
from portal.reminders.enveloping import open_lane
from portal.reminders.notice import Notice


def hurry(keys: Collection[str], day: date, now: datetime) -> int:
    """Let the untried messages that hold these facts leave at once, told as of `day`; how many were waiting.

    A fact is told once, so an order for facts the clock has planned already must move their message instead.
    """
    waiting = db.session.execute(
        select(Notice, Delivery)
        .join(
            DeliveryNotice,
            (DeliveryNotice.ward_id == Notice.ward_id) & (DeliveryNotice.notice_id == Notice.id),
        )
        .join(Delivery, (Delivery.ward_id == Notice.ward_id) & (Delivery.id == DeliveryNotice.delivery_id))
        .where(
            Notice.dedupe_key.in_(keys),
            Notice.state == "merged",
            Delivery.state == DeliveryState.QUEUED,
            Delivery.tries == 0,
            Delivery.not_before > now,
        )
        .with_for_update(of=Delivery)
    ).all()
    for notice, delivery in waiting:
        notice.shown = {**notice.shown, "as_of": day.isoformat()}
        delivery.urgency, delivery.not_before = Urgency.NOW, now
    for channel in {delivery.channel for _notice, delivery in waiting}:
        open_lane(Urgency.NOW, channel)
    return len({delivery.id for _notice, delivery in waiting})
