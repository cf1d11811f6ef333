"""What the reminders room asks inside a ward."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ARRAY, Row, Uuid, any_, bindparam, func, select
from sqlalchemy.orm import load_only
from sqlalchemy.sql import ColumnElement

from portal.db import db
from portal.reminders.action_link import ActionLink, LinkUse
from portal.reminders.delivery import Delivery, DeliveryNotice
from portal.reminders.hours import DEFAULT_HOURS, Hours
from portal.reminders.ladder import LADDER, Audience, Ladder, Step
from portal.reminders.ladder_step import LadderStep
from portal.reminders.lane import Lane
from portal.reminders.notice import Kind, Notice
from portal.reminders.reminder_policy import ReminderPolicy
from portal.reminders.schedule_rows import SchedCursor
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.state import WORKABLE
from portal.tenants.agency import Agency
from portal.tenants.working_days import own_days

#: What happened an hour ago is news; a week ago (an import, a restored backup) it is not.
NEWS = timedelta(days=2)


def hours() -> Hours:
    """The hours of the entered ward's messages."""
    policy = db.session.scalar(select(ReminderPolicy))
    return policy.hours if policy else DEFAULT_HOURS


def calendar() -> WorkingCalendar:
    """The entered ward's working days and hours."""
    return WorkingCalendar(own_days(), hours())


def ladder() -> Ladder:
    """The entered ward's rungs from the first to the last: its own, or the default."""
    rows = db.session.scalars(select(LadderStep).order_by(LadderStep.n)).all()
    own = [Step(row.n, Kind(row.kind), row.days, Audience(row.audience), tuple(row.channels)) for row in rows]
    return own or LADDER


def done_until(job: str) -> datetime | None:
    """How far this job has planned the ward."""
    return db.session.scalar(select(SchedCursor.done_until).where(SchedCursor.job == job))


def _is_remindable() -> ColumnElement[bool]:
    return (
        Card.assigned_at.is_not(None)
        & Card.agency_id.is_not(None)
        & Card.state.in_([state.value for state in WORKABLE])
    )


def remindable_cards() -> Sequence[Card]:
    """Every card whose agency still has something to do, by number."""
    return db.session.scalars(select(Card).where(_is_remindable()).order_by(Card.number)).all()


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


def happened(kinds: Collection[str], now: datetime) -> Sequence[Row[Card, CardEvent]]:
    """What happened lately to cards that are in an agency's hands, the earliest first."""
    asked = (
        select(Card, CardEvent)
        .join(CardEvent, (CardEvent.ward_id == Card.ward_id) & (CardEvent.card_id == Card.id))
        .where(
            CardEvent.kind.in_(kinds),
            CardEvent.occurred_at > now - NEWS,
            Card.assigned_at.is_not(None),
            Card.agency_id.is_not(None),
        )
        .order_by(CardEvent.occurred_at, CardEvent.id)
    )
    return db.session.execute(asked).all()


def agency_names(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Short names of agencies."""
    return dict(
        db.session.execute(select(Agency.id, Agency.short_name).where(Agency.id.in_(ids))).tuples().all()
    )


def known_keys(keys: Collection[str]) -> set[str]:
    """Which of these facts are known already."""
    return set(db.session.scalars(select(Notice.dedupe_key).where(Notice.dedupe_key.in_(keys))))


#: What the last look asks of a card: a whole one has fifty columns, and a long statement is read anew each time.
_LOOKED_AT = (
    *(Card.state, Card.mode, Card.agency_id, Card.assigned_at, Card.accepted_at, Card.explain_state),
    *(Card.due_on, Card.due_exclusive, Card.due_version, Card.confidential),
)

# Built once: it runs for every few letters, and building it takes as long as running it.
_CARRIED = (
    select(DeliveryNotice.delivery_id, Notice, Card, ActionLink)
    .select_from(DeliveryNotice)
    .join(
        Notice,
        (Notice.ward_id == DeliveryNotice.ward_id) & (Notice.id == DeliveryNotice.notice_id),
    )
    .outerjoin(Card, (Card.ward_id == Notice.ward_id) & (Card.id == Notice.card_id))
    .outerjoin(ActionLink, (ActionLink.ward_id == Notice.ward_id) & (ActionLink.notice_id == Notice.id))
    .where(DeliveryNotice.delivery_id == any_(bindparam("deliveries", type_=ARRAY(Uuid()))))
    .order_by(Card.due_on, Card.number)
    .options(load_only(*_LOOKED_AT))
    .execution_options(populate_existing=True)
)


def carried(
    delivery_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, list[tuple[Notice, Card | None, ActionLink | None]]]:
    """The facts of these envelopes with their cards and links as they are now; a digest has neither."""
    found: dict[uuid.UUID, list[tuple[Notice, Card | None, ActionLink | None]]] = {}
    rows = db.session.execute(_CARRIED, {"deliveries": list(delivery_ids)}).tuples()
    for delivery_id, notice, card, link in rows:
        found.setdefault(delivery_id, []).append((notice, card, link))
    return found


def late_cards(today: date) -> list[Card]:
    """Assigned, open cards whose last day has passed."""
    return [card for card in dated_cards(today) if (left := card.days_left(today)) is not None and left < 0]


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
