"""The weekly digest: where the ward's board stands, for those who lead it, on the first working day of the week."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import load_only

from portal.db import db
from portal.reminders.fact import Fact
from portal.reminders.notice import Kind
from portal.reminders.queries import agency_names
from portal.reminders.recipient_queries import steering_people
from portal.reminders.truth import is_unanswered
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.state import State
from portal.tasks.timeliness import Bucket, Timeliness, bucket
from portal.tenants.access import Role

#: A digest that could not be sent for this long is left out: the next one is near.
_LASTS = timedelta(hours=24)

#: Agencies named in it, those with most late cards first.
_AGENCIES = 8

#: What counting asks of a card; its texts stay where they are.
_COUNTED = select(Card).options(
    load_only(
        *(Card.agency_id, Card.parent_id, Card.state, Card.due_on, Card.due_exclusive, Card.shared_total),
        *(Card.assigned_at, Card.accepted_at, Card.submitted_at, Card.asked_due_on, Card.blocked_why),
    )
)


def digests(moment: datetime) -> Iterable[Fact]:
    """One fact a person who leads or coordinates; none in a ward whose board is empty."""
    if db.session.scalar(select(Card.id).limit(1)) is None:
        return
    for person in steering_people(Role.LEADER, Role.COORDINATOR):
        if not person.email:  # a digest is no short message
            continue
        yield Fact(
            kind=Kind.DIGEST,
            card_id=None,
            due_version=0,
            contact_id=person.id,
            slot_at=moment,
            expires_at=moment + _LASTS,
        )


def digest_figures(today: date, days: WorkingCalendar) -> dict[str, object]:
    """What the digest shows: counts by name, and the agencies with late cards. Not a word anybody typed."""
    cards = [card for card in db.session.scalars(_COUNTED) if card.agency_id or card.parent_id is None]
    late = [card for card in cards if card.is_open and card.timeliness(today) is Timeliness.OVERDUE]
    by_agency = Counter(card.agency_id for card in late if card.agency_id)
    names = agency_names(set(by_agency))
    return {
        **_four_way(cards, today),
        "this_week": sum(
            _is_due_by(card, today, today + timedelta(days=6 - today.weekday())) for card in cards
        ),
        "review": sum(card.standing is State.REVIEW for card in cards),
        "extensions": sum(card.asked_due_on is not None for card in cards),
        "refused": sum(card.standing is State.REFUSED for card in cards),
        "blocked": sum(bool(card.blocked_why) and card.is_open for card in cards),
        "unanswered": sum(is_unanswered(card, today, days) for card in cards),
        "late_agencies": [[names[agency_id], n] for agency_id, n in by_agency.most_common(_AGENCIES)],
    }


def _four_way(cards: Iterable[Card], today: date) -> dict[str, int]:
    counted = Counter(
        bucket(card.standing, card.due_on, card.due_exclusive, card.submitted_on, today)
        for card in cards
        if not card.shared_total
    )
    return {one.value: counted[one] for one in Bucket}


def _is_due_by(card: Card, today: date, until: date) -> bool:
    left = card.days_left(today)
    return card.needs_work and left is not None and 0 <= left <= (until - today).days
