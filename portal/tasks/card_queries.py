"""What is asked about one card: the card itself, who supports it, its files, words, checklist and history."""

import uuid
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from portal.db import db
from portal.errors import NotFound
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.check import Check
from portal.tasks.comment import Comment
from portal.tasks.evidence import Evidence
from portal.tasks.state import CLOSED
from portal.tasks.support import Support

#: What the column of numbers holds (PostgreSQL's int); an address may name any.
LARGEST_NUMBER = 2**31 - 1

# Built once: building them takes as long as running them.
_CARD = select(Card).where(Card.number == bindparam("number"))
_CARD_FOR_UPDATE = _CARD.with_for_update()
_EVENTS = select(CardEvent).where(CardEvent.card_id == bindparam("card_id")).order_by(CardEvent.id.desc())
_LATEST = _EVENTS.with_only_columns(CardEvent.id, CardEvent.act_id).limit(1).subquery()
_LATEST_ACT = _EVENTS.join(_LATEST, or_(CardEvent.id == _LATEST.c.id, CardEvent.act_id == _LATEST.c.act_id))

_LATEST_COMMENT = (
    select(Comment).where(Comment.card_id == bindparam("card_id")).order_by(Comment.id.desc()).limit(1)
)


def card_or_404(number: int, *, for_update: bool = False) -> Card:
    """The entered ward's card of this number. Raises NotFound."""
    if number > LARGEST_NUMBER:
        raise NotFound
    card = db.session.scalar(_CARD_FOR_UPDATE if for_update else _CARD, {"number": number})
    if card is None:
        raise NotFound
    return card


def cards_held(numbers: Iterable[int]) -> list[Card]:
    """Those of these cards that the ward has, held for changing, in the order of their numbers."""
    return _held(Card.number.in_(numbers))


def cards_of_act(act_id: uuid.UUID) -> list[Card]:
    """The cards that one press of a button changed, held for changing, in the order of their numbers."""
    return _held(Card.id.in_(select(CardEvent.card_id).where(CardEvent.act_id == act_id)))


def _held(wanted: ColumnElement[bool]) -> list[Card]:
    return list(db.session.scalars(select(Card).where(wanted).order_by(Card.number).with_for_update()))


def children_of(card: Card) -> list[Card]:
    """The cards of a duty that was shared out, in the order of their numbers."""
    return list(db.session.scalars(select(Card).where(Card.parent_id == card.id).order_by(Card.number)))


def open_periods_of(card: Card) -> list[Card]:
    """The other cards of a card's series that are not over, in the order of their periods."""
    others = select(Card).where(Card.series_id == card.series_id, Card.id != card.id)
    still_open = Card.state.not_in([state.value for state in CLOSED])
    return list(db.session.scalars(others.where(still_open).order_by(Card.period))) if card.series_id else []


def supporters_of(card: Card) -> set[uuid.UUID]:
    """The agencies that support a card."""
    return set(db.session.scalars(select(Support.agency_id).where(Support.card_id == card.id)))


def comments_of(card: Card) -> list[Comment]:
    """What people wrote on a card, the oldest first."""
    return list(db.session.scalars(select(Comment).where(Comment.card_id == card.id).order_by(Comment.id)))


def comment_or_404(card: Card, comment_id: uuid.UUID) -> Comment:
    """One comment of a card. Raises NotFound."""
    found = db.session.scalar(select(Comment).where(Comment.card_id == card.id, Comment.id == comment_id))
    if found is None:
        raise NotFound
    return found


def latest_comment(card: Card) -> Comment | None:
    """What was written on a card last; nothing is asked about a card without comments."""
    return db.session.scalar(_LATEST_COMMENT, {"card_id": card.id}) if card.comment_count else None


def checks_of(card: Card) -> list[Check]:
    """The checklist of a card."""
    return list(db.session.scalars(select(Check).where(Check.card_id == card.id).order_by(Check.position)))


def events_of(card: Card) -> list[CardEvent]:
    """What happened to a card, the latest first."""
    return list(db.session.scalars(_newest_events(card)))


def latest_event(card: Card) -> CardEvent | None:
    """What happened to a card last."""
    return db.session.scalar(_newest_events(card).limit(1))


def latest_act(card: Card) -> list[CardEvent]:
    """All that the latest act did to a card, the latest first; an event that belongs to no act stands alone."""
    return list(db.session.scalars(_LATEST_ACT, {"card_id": card.id}))


def last_change_by_another(card: Card, since: int, contact_id: uuid.UUID | None) -> CardEvent | None:
    """The newest change after a version of the card that somebody else made."""
    changes = db.session.scalars(_newest_events(card).limit(max(card.version - since, 0)))
    return next((event for event in changes if event.contact_id != contact_id), None)


def evidence_of(card: Card) -> list[Evidence]:
    """The files of a card that were not removed, the latest first."""
    return list(db.session.scalars(_kept_evidence(card).order_by(Evidence.id.desc())))


def evidence_like(card: Card, sha256: str) -> Evidence | None:
    """The file of a card that has just these bytes."""
    return db.session.scalar(_kept_evidence(card).where(Evidence.sha256 == sha256))


def evidence_or_404(card: Card, evidence_id: uuid.UUID) -> Evidence:
    """One file of a card. Raises NotFound."""
    found = db.session.scalar(_kept_evidence(card).where(Evidence.id == evidence_id))
    if found is None:
        raise NotFound
    return found


def _newest_events(card: Card) -> Select[CardEvent]:
    return select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc())


def _kept_evidence(card: Card) -> Select[Evidence]:
    return select(Evidence).where(Evidence.card_id == card.id, Evidence.removed_at.is_(None))
