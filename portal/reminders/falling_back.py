"""A message that did not arrive takes the next channel: once for each, and only for what nothing else has told.

Never from doubt to the same telephone: a short message nobody knows the end of goes on as a letter at most.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from portal.db import db
from portal.reminders.channel import EMAIL, address_on, in_order
from portal.reminders.channel_wish import wish_of_contact
from portal.reminders.delivery import Delivery, DeliveryNotice, DeliveryState, Urgency
from portal.reminders.enveloping import new_envelope, open_lane
from portal.reminders.giving_up import EVERYTHING
from portal.reminders.notice import NUMBER_KINDS, Notice
from portal.reminders.queries import calendar
from portal.reminders.recipient_queries import quiet_window, suppressed
from portal.reminders.texts.account import TEXT_CHANNELS, ChannelAccount, open_channels
from portal.reminders.texts.receipt import Receipt
from portal.reminders.token import address_hash
from portal.reminders.working_calendar import WorkingCalendar
from portal.tenants.contact import Contact

#: Working hours without a receipt after which a short message counts as not heard (reminders.md 3.6).
UNHEARD = timedelta(hours=4)

#: The next channel, where the person has not said: ZNS costs least, a letter comes to everybody with an address.
ORDER = ("zns", "sms", EMAIL)

_S = DeliveryState
_ENDED = (_S.FAILED.value, _S.UNDELIVERED.value, _S.BOUNCED.value)

#: Not sent, for a reason of its channel alone.
_CHANNEL_CLOSED = ("number_gone", "no_account", "no_template", "trial", "address_gone")

#: Told already, or about to be.
_TOLD = (_S.QUEUED, _S.CLAIMED, _S.SUBMITTING, _S.UNKNOWN, _S.RETRY_WAIT, _S.ACCEPTED, _S.DELIVERED)

_AT_ONCE = 200


def fall_back(now: datetime) -> int:
    """Send on what did not arrive in the entered ward. Returns how many messages were made."""
    days = calendar()
    made = 0
    for delivery in _unheard(days, now):
        delivery.passed_on_at = now
        facts = [] if delivery.merge_key.startswith("re:") else _untold(delivery, now)
        made += bool(facts) and _pass_on(delivery, facts, days, now)
    db.session.flush()
    return made


def _unheard(days: WorkingCalendar, now: datetime) -> Sequence[Delivery]:
    """Those that failed, and those whose gateway tells what arrives and has been silent about them too long."""
    closed = (Delivery.state == _S.CANCELLED.value) & Delivery.why.in_(_CHANNEL_CLOSED)
    doubted = (Delivery.state == _S.PARKED.value) & (Delivery.why == "nobody_knows")
    silent = (
        (Delivery.state == _S.ACCEPTED.value)
        & Delivery.channel.in_(TEXT_CHANNELS)
        & (Delivery.accepted_at <= _hours_back(days, now))
        & exists().where(
            ChannelAccount.channel == Delivery.channel,
            Receipt.account_id == ChannelAccount.id,
            Receipt.became.in_([_S.DELIVERED.value, _S.UNDELIVERED.value]),
        )
    )
    asked = (
        select(Delivery)
        .where(Delivery.passed_on_at.is_(None), Delivery.expires_at > now)
        .where(Delivery.state.in_(_ENDED) | closed | doubted | silent)
        .order_by(Delivery.created_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(asked).all()


def _hours_back(days: WorkingCalendar, now: datetime) -> datetime:
    """The moment from which four hours have gone by in which short messages may arrive."""
    window, moment, left = days.hours.text, now, UNHEARD
    while left > timedelta(0):
        moment -= timedelta(minutes=15)
        if days.opening(moment, window) == moment:
            left -= timedelta(minutes=15)
    return moment


def _untold(delivery: Delivery, now: datetime) -> list[Notice]:
    """The facts of a message that no other message tells this person."""
    carried = select(DeliveryNotice.notice_id).where(DeliveryNotice.delivery_id == delivery.id)
    elsewhere = (
        select(DeliveryNotice.notice_id)
        .join(
            Delivery,
            (Delivery.ward_id == DeliveryNotice.ward_id) & (Delivery.id == DeliveryNotice.delivery_id),
        )
        .where(Delivery.id != delivery.id, Delivery.state.in_([state.value for state in _TOLD]))
        .where(DeliveryNotice.notice_id.in_(carried))
    )
    asked = select(Notice).where(
        Notice.id.in_(carried),
        Notice.id.not_in(elsewhere),
        Notice.state == "merged",
        Notice.expires_at > now,
        Notice.kind.not_in([kind.value for kind in NUMBER_KINDS]),
    )
    return list(db.session.scalars(asked))


def _pass_on(delivery: Delivery, facts: list[Notice], days: WorkingCalendar, now: datetime) -> bool:
    contact = db.session.scalar(select(Contact).where(Contact.id == delivery.contact_id))
    channel = _next_channel(delivery, contact, facts) if contact and not contact.left else None
    if contact is None or channel is None:
        return False
    open_lane(Urgency.SLOT, channel)
    at = days.opening(now, days.hours.window(channel).within(quiet_window(contact.id)))
    expires = max(fact.expires_at for fact in facts)
    key = f"next:{delivery.id}:{channel}"
    envelope = new_envelope(channel, contact, Urgency.SLOT, key, at, expires, now)
    envelope.instead_of = delivery.id
    db.session.add_all(DeliveryNotice(delivery_id=envelope.id, notice_id=fact.id) for fact in facts)
    return True


def _next_channel(delivery: Delivery, contact: Contact, facts: list[Notice]) -> str | None:
    """The first channel that has not carried these facts, reaches the person and is not stopped."""
    tried = set(
        db.session.scalars(
            select(Delivery.channel)
            .join(
                DeliveryNotice,
                (Delivery.ward_id == DeliveryNotice.ward_id) & (Delivery.id == DeliveryNotice.delivery_id),
            )
            .where(DeliveryNotice.notice_id.in_([fact.id for fact in facts]))
        )
    )
    has = {EMAIL} if delivery.state == _S.PARKED.value else {EMAIL, *open_channels()}
    own = wish_of_contact(contact.id)
    for channel in in_order(own) if own else ORDER:
        address = address_on(contact, channel)
        if channel in has - tried and address and not _is_stopped(address, channel):
            return channel
    return None


def _is_stopped(address: str, channel: str) -> bool:
    digest = address_hash(address)
    return EVERYTHING in suppressed({digest}, channel).get(digest, set())
