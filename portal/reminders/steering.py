"""What a coordinator may do with messages on their way: stop one, send one again, pause and resume the ward's."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import product

from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.db import db
from portal.errors import Refused, or_404
from portal.reminders.channel import CHANNELS, EMAIL, address_on
from portal.reminders.delivery import URGENCIES, WAITING, Delivery, DeliveryNotice, DeliveryState, Urgency
from portal.reminders.enveloping import new_envelope, open_lane
from portal.reminders.giving_up import lift
from portal.reminders.lane import Lane, new_lane
from portal.reminders.notice import Notice
from portal.tenants.boundary import entered_ward
from portal.tenants.contact import Contact

#: A pause has no end until somebody ends it.
UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)

#: May be sent again: what became of them is known, and they are not on their way any more.
_ENDED = (
    DeliveryState.ACCEPTED,
    DeliveryState.DELIVERED,
    DeliveryState.UNDELIVERED,
    DeliveryState.BOUNCED,
    DeliveryState.FAILED,
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
)


def delivery_or_404(delivery_id: uuid.UUID) -> Delivery:
    """The entered ward's envelope, locked. Raises NotFound."""
    return or_404(db.session.scalar(select(Delivery).where(Delivery.id == delivery_id).with_for_update()))


def stop(delivery: Delivery, now: datetime) -> None:
    """Do not send it. Raises Refused when it is too late for that."""
    if delivery.state not in WAITING:
        raise Refused(_("Tin này đang gửi hoặc đã gửi, không dừng được nữa."), status=409)
    delivery.state, delivery.why, delivery.final_at = DeliveryState.CANCELLED.value, "stopped", now


def send_again(delivery: Delivery, now: datetime) -> Delivery:
    """A new envelope with the same facts to the same person, at the address they have now.

    Once a minute at most. Raises Refused while the first one is still on its way, or nobody is there any more.
    """
    if delivery.state not in _ENDED:
        raise Refused(_("Tin này còn đang gửi. Đợi có kết quả rồi gửi lại."), status=409)
    contact = db.session.scalar(select(Contact).where(Contact.id == delivery.contact_id))
    if contact is None or contact.left or not address_on(contact, delivery.channel):
        raise Refused(_("Người này không còn địa chỉ hay số điện thoại để nhận tin này."))
    key = f"re:{delivery.id}:{now.astimezone(UTC):%Y%m%dT%H%MZ}"
    if db.session.scalar(select(Delivery.id).where(Delivery.merge_key == key)):
        raise Refused(_("Vừa gửi lại tin này. Đợi một phút."), status=409)
    if delivery.channel == EMAIL and delivery.state == DeliveryState.BOUNCED:
        lift(delivery.address, (EMAIL,), now)  # somebody decided to try it again
    open_lane(Urgency.NOW, delivery.channel)
    fresh = new_envelope(delivery.channel, contact, Urgency.NOW, key, now, now + timedelta(days=1), now)
    _carry_over(delivery, fresh, now)
    return fresh


def _carry_over(old: Delivery, fresh: Delivery, now: datetime) -> None:
    """The same facts; what is no longer true of them is found out when the envelope is sent."""
    carried = select(DeliveryNotice.notice_id).where(DeliveryNotice.delivery_id == old.id)
    for notice in db.session.scalars(select(Notice).where(Notice.id.in_(carried))):
        db.session.add(DeliveryNotice(delivery_id=fresh.id, notice_id=notice.id))
        if notice.state in {"merged", "expired"}:
            notice.state, notice.why = "merged", ""
            notice.expires_at = max(notice.expires_at, now + timedelta(days=1))


def pause() -> None:
    """Send nothing of this ward until somebody resumes it. Planning goes on."""
    for urgency, channel in product(URGENCIES, CHANNELS):
        lane = new_lane(urgency, channel, paused_until=UNTIL_RESUMED)
        db.session.execute(
            lane.on_conflict_do_update(
                index_elements=Lane.KEY,
                set_={"paused_until": lane.excluded.paused_until},
                where=Lane.ward_id == entered_ward(),
            )
        )


def resume() -> None:
    """Send again."""
    db.session.execute(update(Lane).values(paused_until=None))
