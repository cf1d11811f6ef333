"""Facts become messages: everything one person hears at one moment is one envelope (reminders.md 3.2, 3.6)."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import select

from portal.db import db, new_id
from portal.letter import mail_domain
from portal.reminders.action_link import GRACE, LONGEST, ActionLink
from portal.reminders.channel import CHANNELS, EMAIL, address_on, ways_for
from portal.reminders.delivery import Delivery, DeliveryNotice, DeliveryState, Urgency
from portal.reminders.fact import merge_key
from portal.reminders.lane import Lane, new_lane
from portal.reminders.notice import ASKED_KINDS, NEWS_KINDS, READING_KINDS, Kind, Notice
from portal.reminders.queries import calendar
from portal.reminders.recipient_queries import quiet_window
from portal.reminders.texts.account import open_channels
from portal.reminders.token import new_handle
from portal.reminders.working_calendar import end_of
from portal.tenants.contact import Contact

#: New work is gathered this long, so that ten cards assigned in a row are one message.
GATHERING = timedelta(minutes=2)

#: As long as the toast with its "Hoàn tác" stands (DESIGN-UX 5.5), a message asked for by hand can be stopped.
SECOND_THOUGHTS = timedelta(seconds=20)

_HOUR = timedelta(hours=1)


def merge(contact_ids: Collection[uuid.UUID], now: datetime) -> None:
    """Put these people's planned facts into envelopes.

    The contacts are locked first: two planners merge one after the other, and neither builds an envelope twice.
    """
    locked = select(Contact).where(Contact.id.in_(contact_ids)).order_by(Contact.id).with_for_update()
    contacts = {contact.id: contact for contact in db.session.scalars(locked)}
    planned = db.session.scalars(
        select(Notice)
        .where(Notice.state == "planned", Notice.contact_id.in_(contacts))
        .order_by(Notice.contact_id, Notice.slot_at)
        .execution_options(populate_existing=True)
    ).all()
    texts = open_channels()
    for (contact_id, urgency, _digest), facts in groupby(sorted(planned, key=_group), key=_group):
        _put_together(contacts[contact_id], urgency, list(facts), texts, now)
    db.session.flush()


def _group(notice: Notice) -> tuple[uuid.UUID, int, bool]:
    """What may share an envelope: a digest is a message of its own."""
    return notice.contact_id, urgency_of(notice), notice.kind == Kind.DIGEST


def urgency_of(notice: Notice) -> int:
    """Which lane a fact's message takes."""
    if notice.shown.get("as_of") or notice.kind in ASKED_KINDS:
        return Urgency.NOW
    return Urgency.EVENT if notice.kind in NEWS_KINDS else Urgency.SLOT


def _put_together(
    contact: Contact, urgency: int, facts: list[Notice], texts: Collection[str], now: datetime
) -> None:
    by_slot = (lambda fact: fact.slot_at) if urgency != Urgency.EVENT else (lambda _fact: now)
    for slot, together in groupby(facts, key=by_slot):
        gathered = list(together)
        for fact in gathered:
            fact.state = "merged"
            if fact.kind not in READING_KINDS:
                db.session.add(_link(fact, now))
        ways = {fact.id: ways_for(Kind(fact.kind), fact.channels, contact, texts) for fact in gathered}
        for channel in CHANNELS:
            if told := [fact for fact in gathered if channel in ways[fact.id]]:
                _fill(channel, contact, urgency, slot, told, now)


def _fill(
    channel: str, contact: Contact, urgency: int, slot: datetime, facts: Sequence[Notice], now: datetime
) -> None:
    """Put these facts into the envelope of this channel."""
    open_lane(urgency, channel)
    envelope = _envelope(channel, contact, urgency, slot, facts, now)
    db.session.add_all(DeliveryNotice(delivery_id=envelope.id, notice_id=fact.id) for fact in facts)


def _envelope(
    channel: str, contact: Contact, urgency: int, slot: datetime, facts: Sequence[Notice], now: datetime
) -> Delivery:
    """The envelope of this slot while it can still take more, otherwise the next one."""
    moment = _leaves_at(channel, contact, urgency, slot, facts, now)
    expires = max(fact.expires_at for fact in facts)
    for again in range(20):
        at = moment if urgency != Urgency.EVENT or again == 0 else _hour_of(moment) + again * _HOUR
        key = merge_key(contact.id, channel, urgency, at if urgency == Urgency.EVENT else slot)
        if facts[0].kind == Kind.DIGEST:
            key = f"{key}:digest"
        if again and urgency != Urgency.EVENT:
            key = f"{key}+{again}"
        there = db.session.scalar(
            select(Delivery)
            .where(Delivery.merge_key == key)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if there is None:
            return new_envelope(channel, contact, urgency, key, at, expires, now)
        if there.state == DeliveryState.QUEUED and there.tries == 0:
            there.expires_at = max(there.expires_at, expires)
            return there
    raise RuntimeError("one person, one slot, twenty messages")


def _leaves_at(
    channel: str, contact: Contact, urgency: int, slot: datetime, facts: Sequence[Notice], now: datetime
) -> datetime:
    if urgency == Urgency.NOW:
        return now + SECOND_THOUGHTS if any(fact.kind == Kind.ASKED for fact in facts) else now
    days = calendar()
    window = days.hours.window(channel).within(quiet_window(contact.id))
    return days.opening(max(slot, now) + (GATHERING if urgency == Urgency.EVENT else timedelta(0)), window)


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def new_envelope(
    channel: str, contact: Contact, urgency: int, key: str, at: datetime, expires: datetime, now: datetime
) -> Delivery:
    """An empty envelope to this contact, which leaves at `at` and says nothing any more after `expires`."""
    delivery_id = new_id()
    envelope = Delivery(
        id=delivery_id,
        handle=new_handle(),
        contact_id=contact.id,
        channel=channel,
        urgency=urgency,
        merge_key=key,
        not_before=at,
        expires_at=expires,
        client_ref=message_id(delivery_id) if channel == EMAIL else delivery_id.hex,
        recipient_name=contact.name,
        recipient_title=contact.title,
        address=address_on(contact, channel) or "",
        created_at=now,
    )
    db.session.add(envelope)
    db.session.flush()
    return envelope


def message_id(delivery_id: uuid.UUID) -> str:
    """The one Message-ID of an envelope, the same for every try (reminders.md 3.4)."""
    return f"d.{delivery_id.hex}@nhac.{mail_domain()}"


def _link(fact: Notice, now: datetime) -> ActionLink:
    last = fact.shown.get("last_day")
    wanted = end_of(date.fromisoformat(str(last))) + GRACE if last else now + LONGEST
    return ActionLink(
        handle=new_handle(),
        contact_id=fact.contact_id,
        card_id=fact.card_id,
        due_version=fact.due_version,
        notice_id=fact.id,
        expires_at=min(max(wanted, now + GRACE), now + LONGEST),
        created_at=now,
    )


def open_lane(urgency: int, channel: str) -> None:
    """The lane the ward's messages of this urgency and channel wait in, made when it is first needed."""
    db.session.execute(new_lane(urgency, channel).on_conflict_do_nothing(index_elements=Lane.KEY))
