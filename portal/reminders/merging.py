"""Facts become messages: everything one person hears at one moment is one envelope (reminders.md 3.2, 3.6)."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from portal.db import db
from portal.reminders.channel import CHANNELS, ways_for
from portal.reminders.delivery import Delivery, DeliveryNotice, DeliveryState, Urgency
from portal.reminders.enveloping import blank_envelope, open_lane
from portal.reminders.fact import merge_key
from portal.reminders.linking import put_links
from portal.reminders.notice import ASKED_KINDS, NEWS_KINDS, Kind, Notice
from portal.reminders.sharing import Sharing, box_name, sharing_of
from portal.reminders.ward_rules import WardRules, ward_rules
from portal.tenants.contact import Contact
from portal.tenants.putting import put_rows

#: New work is gathered this long, so that ten cards assigned in a row are one message.
GATHERING = timedelta(minutes=2)

#: As long as the toast with its "Hoàn tác" stands (DESIGN-UX 5.5), a message asked for by hand can be stopped.
SECOND_THOUGHTS = timedelta(seconds=20)

_HOUR = timedelta(hours=1)


def merge(contact_ids: Collection[uuid.UUID], now: datetime) -> None:
    """Put these people's planned facts into envelopes.

    The contacts are locked first: two planners merge one after the other, and neither builds an envelope twice.
    """
    sharing = sharing_of(contact_ids)
    ids = {*contact_ids, *sharing.holder_ids}
    locked = select(Contact).where(Contact.id.in_(ids)).order_by(Contact.id).with_for_update()
    contacts = {contact.id: contact for contact in db.session.scalars(locked)}
    planned = db.session.scalars(
        select(Notice)
        .where(Notice.state == "planned", Notice.contact_id.in_(contact_ids))
        .order_by(Notice.contact_id, Notice.slot_at)
        .execution_options(populate_existing=True)
    ).all()
    rules = ward_rules()
    bundles = [
        bundle
        for (contact_id, urgency, _digest), facts in groupby(sorted(planned, key=_group), key=_group)
        for bundle in _bundles(contacts[contact_id], urgency, list(facts), rules, sharing, now)
    ]
    _mark_merged(planned)
    put_links(planned, now)
    _fill(bundles, now)


def _mark_merged(planned: Sequence[Notice]) -> None:
    """All of them at once."""
    ids = bindparam("ids", [fact.id for fact in planned], ARRAY(Uuid))
    marked = update(Notice).where(Notice.id == any_(ids)).values(state="merged")
    db.session.execute(marked, execution_options={"synchronize_session": False})
    for fact in planned:
        set_committed_value(fact, "state", "merged")


def _group(notice: Notice) -> tuple[uuid.UUID, int, bool]:
    """What may share an envelope: a digest is a message of its own."""
    return notice.contact_id, urgency_of(notice), notice.kind == Kind.DIGEST


def urgency_of(notice: Notice) -> int:
    """Which lane a fact's message takes."""
    if notice.shown.get("as_of") or notice.kind in ASKED_KINDS:
        return Urgency.NOW
    return Urgency.EVENT if notice.kind in NEWS_KINDS else Urgency.SLOT


@dataclass(frozen=True)
class _Bundle:
    """Facts that one person hears at one moment on one channel. `leaves`: when.

    `contact`: whose address it is; the first of several who share it (`shared`).
    """

    channel: str
    contact: Contact
    urgency: int
    slot: datetime
    facts: Sequence[Notice]
    leaves: datetime
    shared: bool

    def key(self, again: int = 0) -> str:
        """The envelope's key; the next ones when it has left already."""
        at = self.slot
        if self.urgency == Urgency.EVENT:
            at = self.moment(again)
        key = merge_key(self.contact.id, self.channel, self.urgency, at)
        if self.facts[0].kind == Kind.DIGEST:
            key = f"{key}:digest"
        return f"{key}+{again}" if again and self.urgency != Urgency.EVENT else key

    def moment(self, again: int) -> datetime:
        """When that envelope leaves: news goes by the hour."""
        if self.urgency != Urgency.EVENT or again == 0:
            return self.leaves
        return self.leaves.replace(minute=0, second=0, microsecond=0) + again * _HOUR


def _bundles(
    contact: Contact, urgency: int, facts: list[Notice], rules: WardRules, sharing: Sharing, now: datetime
) -> Iterator[_Bundle]:
    by_slot = (lambda fact: fact.slot_at) if urgency != Urgency.EVENT else (lambda _fact: now)
    for slot, together in groupby(facts, key=by_slot):
        gathered = list(together)
        own = rules.wishes.get(contact.id, ())
        ways = {
            fact.id: ways_for(Kind(fact.kind), fact.channels, contact, rules.channels, own)
            for fact in gathered
        }
        for channel in CHANNELS:
            if told := [fact for fact in gathered if channel in ways[fact.id]]:
                leaves = _leaves_at(channel, contact, urgency, slot, told, rules, now)
                holder, shared = sharing.holder(contact, channel), sharing.is_shared(contact, channel)
                yield _Bundle(channel, holder, urgency, slot, told, leaves, shared)


def _leaves_at(
    channel: str,
    contact: Contact,
    urgency: int,
    slot: datetime,
    facts: Sequence[Notice],
    rules: WardRules,
    now: datetime,
) -> datetime:
    if urgency == Urgency.NOW:
        return now + SECOND_THOUGHTS if any(fact.kind == Kind.ASKED for fact in facts) else now
    moment = max(slot, now) + (GATHERING if urgency == Urgency.EVENT else timedelta(0))
    return rules.opening(contact.id, channel, moment)


def _fill(bundles: Sequence[_Bundle], now: datetime) -> None:
    """Put the bundles into their envelopes, those that are there and new ones."""
    for urgency, channel in sorted({(bundle.urgency, bundle.channel) for bundle in bundles}):
        open_lane(urgency, channel)
    envelopes = _there({bundle.key() for bundle in bundles})
    known = {envelope.id for envelope in envelopes.values()}
    inside = []
    for bundle in bundles:
        envelope = _envelope(bundle, envelopes, now)
        if bundle.shared:
            _greet_box(envelope, bundle)
        inside += [{"delivery_id": envelope.id, "notice_id": fact.id} for fact in bundle.facts]
    db.session.flush()
    put_rows(Delivery, [_columns(one) for one in envelopes.values() if one.id not in known])
    put_rows(DeliveryNotice, inside)


def _columns(envelope: Delivery) -> dict[str, object]:
    return {name: value for name, value in vars(envelope).items() if not name.startswith("_")}


def _greet_box(envelope: Delivery, bundle: _Bundle) -> None:
    """Several people read it, so it names their agencies, where it is about agencies' work."""
    known = envelope.recipient_name if envelope.recipient_name != bundle.contact.name else ""
    if name := box_name(bundle.facts, known):
        envelope.recipient_name, envelope.recipient_title = name, ""


def _there(keys: Collection[str]) -> dict[str, Delivery]:
    """The envelopes with these keys, locked."""
    asked = select(Delivery).where(Delivery.merge_key.in_(keys)).order_by(Delivery.id).with_for_update()
    found = db.session.scalars(asked.execution_options(populate_existing=True))
    return {envelope.merge_key: envelope for envelope in found}


def _envelope(bundle: _Bundle, envelopes: dict[str, Delivery], now: datetime) -> Delivery:
    """The envelope of this slot while it can still take more, otherwise the next one."""
    expires = max(fact.expires_at for fact in bundle.facts)
    for again in range(20):
        key = bundle.key(again)
        there = envelopes.get(key) or (_there({key}).get(key) if again else None)
        if there is None:
            envelopes[key] = blank_envelope(
                bundle.channel, bundle.contact, bundle.urgency, key, bundle.moment(again), expires, now
            )
            return envelopes[key]
        if there.state == DeliveryState.QUEUED and there.tries == 0:
            there.expires_at = max(there.expires_at, expires)
            return there
    raise RuntimeError("one person, one slot, twenty messages")
