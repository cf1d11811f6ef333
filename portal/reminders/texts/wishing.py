"""Somebody answers a short message: no more of them, or again. In force at once, and confirmed once."""

import uuid
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import Refused
from portal.reminders.channel import address_on
from portal.reminders.delivery import CONFIRMS, DeliveryNotice, Urgency
from portal.reminders.enveloping import new_envelope, open_lane
from portal.reminders.giving_up import OPTED_OUT, give_up, lift
from portal.reminders.notice import Kind, Notice
from portal.reminders.queries import known_keys
from portal.reminders.texts.account import TEXT_CHANNELS, open_channels
from portal.reminders.texts.composing import body_for
from portal.reminders.texts.stop_words import AGAIN, STOP
from portal.tenants.contact import Contact

_LASTS = timedelta(days=1)


def follow_wish(answer_id: uuid.UUID, number: str, wish: str, now: datetime) -> None:
    """Stop messages to this number or let them go again, on every channel that goes to a telephone."""
    if wish == STOP:
        for channel in TEXT_CHANNELS:
            give_up(number, channel, OPTED_OUT, now)
    elif wish == AGAIN:
        lift(number, TEXT_CHANNELS, now)
    if wish:
        owner = _owner(number)
        if owner is not None:
            kind = Kind.STOPPED if wish == STOP else Kind.RESUMED
            tell_number(owner, kind, f"{CONFIRMS}{answer_id}", now)


def _owner(number: str) -> Contact | None:
    """Whose number it is; the first of several who share it."""
    asked = select(Contact).where(Contact.phone.is_not(None), Contact.left.is_(False)).order_by(Contact.id)
    return next((one for one in db.session.scalars(asked) if address_on(one, "sms") == number), None)


def try_out(channel: str, contact_id: uuid.UUID | None, now: datetime) -> None:
    """A trial message to somebody's own number, once a minute. Raises Refused when it could not be sent."""
    contact = db.session.scalar(select(Contact).where(Contact.id == contact_id))
    if channel not in open_channels():
        raise Refused(_("Lưu kênh trước rồi gửi thử."))
    if channel == "zns" and not body_for(Kind.TRIAL, channel).code:
        raise Refused(_("Điền mã mẫu của tin thử ở phần “Nội dung Zalo” rồi gửi thử."))
    if contact is None or not address_on(contact, channel):
        raise Refused(_("Anh/chị chưa có số di động. Thêm số ở trang “Người và cơ quan” rồi gửi thử."))
    key = f"try:{channel}:{contact.id}:{now.astimezone(UTC):%Y%m%dT%H%MZ}"
    if known_keys([key]):
        raise Refused(_("Vừa gửi thử. Đợi một phút rồi gửi lại."), status=409)
    tell_number(contact, Kind.TRIAL, key, now, channel)


def tell_number(contact: Contact, kind: Kind, key: str, now: datetime, channel: str = "sms") -> None:
    """One short message about the channel itself, at once, in a ward that has it; nothing typed is in it."""
    if channel not in open_channels():
        return
    notice = Notice(
        kind=kind.value,
        due_version=0,
        step=-1,
        contact_id=contact.id,
        dedupe_key=key,
        slot_at=now,
        expires_at=now + _LASTS,
        state="merged",
        channels=[channel],
        shown={"number": 0, "title": "", "last_day": None},
        created_at=now,
    )
    db.session.add(notice)
    open_lane(Urgency.NOW, channel)
    envelope = new_envelope(channel, contact, Urgency.NOW, key, now, now + _LASTS, now)
    db.session.add(DeliveryNotice(delivery_id=envelope.id, notice_id=notice.id))
    db.session.flush()
