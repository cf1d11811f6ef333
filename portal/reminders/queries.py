"""What the reminders room asks inside a ward."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Row, Text, Uuid, func, select
from sqlalchemy.sql import ColumnElement

from portal.db import db
from portal.reminders.action_link import ActionLink, LinkUse
from portal.reminders.delivery import Delivery, DeliveryNotice
from portal.reminders.ladder import REMINDABLE
from portal.reminders.lane import Lane
from portal.reminders.notice import Notice
from portal.reminders.schedule_rows import SchedCursor
from portal.reminders.suppression import Suppression
from portal.reminders.token import address_hash
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tenants.agency import Agency
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership
from portal.tenants.working_days import own_days

#: An hour-old assignment is news; a week-old one (an import, a restored backup) is not.
NEWS = timedelta(days=2)


def calendar() -> WorkingCalendar:
    """The entered ward's working days."""
    return WorkingCalendar(own_days())


def done_until(job: str) -> datetime | None:
    """How far this job has planned the ward."""
    return db.session.scalar(select(SchedCursor.done_until).where(SchedCursor.job == job))


def _is_remindable() -> ColumnElement[bool]:
    return (
        Card.assigned_at.is_not(None)
        & Card.agency_id.is_not(None)
        & Card.state.in_([state.value for state in REMINDABLE])
    )


def dated_cards(day: date) -> Sequence[Card]:
    """Assigned, open cards with a date that is near or past on that day."""
    horizon = day + timedelta(days=31)
    return db.session.scalars(select(Card).where(_is_remindable(), Card.due_on <= horizon)).all()


def cards_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Card]:
    """These cards as they are now."""
    asked = select(Card).where(Card.id.in_(ids)).execution_options(populate_existing=True)
    return {card.id: card for card in db.session.scalars(asked)}


def cards_numbered(numbers: Collection[int]) -> Sequence[Card]:
    """The ward's cards with these numbers, by number."""
    return db.session.scalars(select(Card).where(Card.number.in_(numbers)).order_by(Card.number)).all()


def newly_assigned(now: datetime) -> Sequence[Row[Card, uuid.UUID]]:
    """Open cards handed to an agency lately, each with its latest event of that kind."""
    latest = (
        select(CardEvent.card_id, func.max(CardEvent.id.cast(Text)).label("event_id"))
        .where(CardEvent.kind.in_(["assigned", "agency_changed"]), CardEvent.occurred_at > now - NEWS)
        .group_by(CardEvent.card_id)
        .subquery()
    )
    asked = (
        select(Card, latest.c.event_id.cast(Uuid))
        .join(latest, latest.c.card_id == Card.id)
        .where(_is_remindable())
    )
    return db.session.execute(asked).all()


def recipients(agency_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Contact]]:
    """Everybody of these agencies who can be written to, with or without an account."""
    asked = (
        select(Membership.agency_id, Contact)
        .join(Contact, (Contact.ward_id == Membership.ward_id) & (Contact.id == Membership.contact_id))
        .where(
            Membership.agency_id.in_(agency_ids),
            Membership.role.in_(["agency_lead", "agency_member"]),
            Contact.left.is_(False),
            Contact.email.is_not(None),
        )
        .order_by(Contact.name)
        .distinct()
    )
    found: dict[uuid.UUID, list[Contact]] = {agency_id: [] for agency_id in agency_ids}
    for agency_id, contact in db.session.execute(asked).tuples():
        if agency_id is not None and contact not in found[agency_id]:
            found[agency_id].append(contact)
    return found


def agency_names(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Short names of agencies."""
    return dict(
        db.session.execute(select(Agency.id, Agency.short_name).where(Agency.id.in_(ids))).tuples().all()
    )


def known_keys(keys: Collection[str]) -> set[str]:
    """Which of these facts are known already."""
    return set(db.session.scalars(select(Notice.dedupe_key).where(Notice.dedupe_key.in_(keys))))


def suppressed(hashes: Collection[bytes], channel: str = "email") -> set[bytes]:
    """Which of these addresses asked for no more messages."""
    asked = select(Suppression.address_hash).where(
        Suppression.address_hash.in_(hashes), Suppression.channel == channel, Suppression.lifted_at.is_(None)
    )
    return set(db.session.scalars(asked))


def carried(delivery_id: uuid.UUID) -> Sequence[Row[Notice, Card, ActionLink]]:
    """The facts of an envelope with their cards and links as they are now."""
    asked = (
        select(Notice, Card, ActionLink)
        .join(
            DeliveryNotice,
            (DeliveryNotice.ward_id == Notice.ward_id) & (DeliveryNotice.notice_id == Notice.id),
        )
        .join(Card, (Card.ward_id == Notice.ward_id) & (Card.id == Notice.card_id))
        .join(ActionLink, (ActionLink.ward_id == Notice.ward_id) & (ActionLink.notice_id == Notice.id))
        .where(DeliveryNotice.delivery_id == delivery_id)
        .order_by(Card.due_on, Card.number)
        .execution_options(populate_existing=True)
    )
    return db.session.execute(asked).all()


def addressee(contact_id: uuid.UUID) -> tuple[Contact | None, set[uuid.UUID]]:
    """A contact as it is now, and the agencies they work for."""
    asked = (
        select(Contact, Membership.agency_id)
        .outerjoin(
            Membership, (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id)
        )
        .where(Contact.id == contact_id)
        .execution_options(populate_existing=True)
    )
    rows = db.session.execute(asked).tuples().all()
    return (rows[0][0] if rows else None), {agency_id for _contact, agency_id in rows if agency_id}


def late_cards(today: date) -> list[Card]:
    """Assigned, open cards whose last day has passed."""
    return [card for card in dated_cards(today) if (left := card.days_left(today)) is not None and left < 0]


def unreachable_cards() -> list[Card]:
    """Cards somebody should be reminded of, whose agency has nobody with an address."""
    cards = list(db.session.scalars(select(Card).where(_is_remindable()).order_by(Card.number)))
    people = recipients({card.agency_id for card in cards if card.agency_id})
    return [card for card in cards if card.agency_id and not people[card.agency_id]]


def latest_uses(link_id: uuid.UUID) -> Sequence[LinkUse]:
    """What was reported with a link and not taken back, the latest first."""
    asked = (
        select(LinkUse)
        .where(LinkUse.link_id == link_id, LinkUse.undone_at.is_(None))
        .order_by(LinkUse.used_at.desc(), LinkUse.id.desc())
    )
    return db.session.scalars(asked).all()


def is_paused(now: datetime) -> bool:
    """Whether the ward's messages are paused."""
    return db.session.scalar(select(Lane.id).where(Lane.paused_until > now).limit(1)) is not None


def recent_deliveries(limit: int) -> Sequence[Delivery]:
    """The ward's envelopes, the newest first."""
    return db.session.scalars(
        select(Delivery).order_by(Delivery.created_at.desc(), Delivery.id.desc()).limit(limit)
    ).all()


def state_counts() -> dict[str, int]:
    """How many envelopes of the ward stand in each state."""
    return dict(
        db.session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).tuples().all()
    )


def addressee_hashes(contact_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """These contacts' addresses as opt-outs know them."""
    asked = select(Contact.id, Contact.email).where(Contact.id.in_(contact_ids), Contact.email.is_not(None))
    return {
        contact_id: address_hash(email) for contact_id, email in db.session.execute(asked).tuples() if email
    }
