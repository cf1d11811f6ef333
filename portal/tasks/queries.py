"""What the board asks; every question of the room is here, so that it can be indexed and counted."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from portal.db import db
from portal.errors import NotFound
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.check import Check
from portal.tasks.comment import Comment
from portal.tasks.evidence import Evidence
from portal.tasks.state import CLOSED, COLUMNS, State, column_of
from portal.tasks.support import Support
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency
from portal.text import fold

#: What the column of numbers holds (PostgreSQL's int); an address may name any.
LARGEST_NUMBER = 2**31 - 1

#: What a card on the board needs; a title and a handful of small columns, never the plan's paragraph.
FACE_COLUMNS = (
    Card.id,
    Card.number,
    Card.version,
    Card.changed_at,
    Card.state,
    Card.title,
    Card.agency_id,
    Card.locator,
    Card.section,
    Card.due_on,
    Card.due_exclusive,
    Card.submitted_at,
    Card.closed_at,
    Card.assigned_at,
    Card.accepted_at,
    Card.extensions,
    Card.asked_due_on,
    Card.blocked_why,
    Card.recurrence,
    Card.checks_done,
    Card.checks_total,
    Card.evidence_count,
    Card.comment_count,
    Card.position,
)

# Built once: building them takes as long as running them.
_MARKS = select(Card.id, Card.version, Card.changed_at).order_by(Card.position, Card.number)
_FACES = select(*FACE_COLUMNS).where(Card.id == any_(bindparam("card_ids", type_=ARRAY(Uuid()))))
_CARD = select(Card).where(Card.number == bindparam("number"))
_CARD_FOR_UPDATE = _CARD.with_for_update()


def card_or_404(number: int, *, for_update: bool = False) -> Card:
    """The entered ward's card of this number. Raises NotFound."""
    if number > LARGEST_NUMBER:
        raise NotFound
    card = db.session.scalar(_CARD_FOR_UPDATE if for_update else _CARD, {"number": number})
    if card is None:
        raise NotFound
    return card


def board_marks(actor: Actor, wanted: BoardFilter) -> Sequence[Row[uuid.UUID, int, datetime]]:
    """The cards that this actor may see and this filter keeps, in their order; of each its version only."""
    conditions = _conditions(actor, wanted)
    if not actor.may(Permission.SEE_ALL_CARDS):
        conditions.append(_visible_to(actor))
    return db.session.execute(_MARKS.where(*conditions) if conditions else _MARKS).all()


def face_rows(card_ids: Collection[uuid.UUID]) -> Sequence[Row[*tuple[Any, ...]]]:
    """What these cards show on the board, in any order. Whoever asks knows that they may be seen."""
    return db.session.execute(_FACES, {"card_ids": list(card_ids)}).all() if card_ids else []


def any_card() -> bool:
    """Whether the ward has any card at all."""
    return db.session.scalar(select(Card.id).limit(1)) is not None


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """Those who see the whole board see every card; agency people see those they lead or support."""
    if actor.may(Permission.SEE_ALL_CARDS):
        return true()
    return and_(Card.assigned_at.is_not(None), involves(actor.agency_ids))


def involves(agency_ids: frozenset[uuid.UUID]) -> ColumnElement[bool]:
    """Cards that one of these agencies leads or supports."""
    if not agency_ids:
        return false()
    supports = exists().where(
        Support.ward_id == Card.ward_id, Support.card_id == Card.id, Support.agency_id.in_(agency_ids)
    )
    return or_(Card.agency_id.in_(agency_ids), supports)


def _conditions(actor: Actor, wanted: BoardFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.agency_id:
        conditions.append(Card.agency_id == wanted.agency_id)
    if wanted.words:
        conditions.append(_says(wanted.words))
    if wanted.mine:
        conditions.append(involves(actor.agency_ids))
    if wanted.plan_id:
        conditions.append(Card.plan_id == wanted.plan_id)
    return conditions


def _says(words: str) -> ColumnElement[bool]:
    """Every word occurs in the title, the plan's paragraph or the agency's name; accents do not matter."""
    named = [
        agency_id
        for agency_id, name in db.session.execute(select(Agency.id, Agency.name))
        if words in fold(name)
    ]
    texts = and_(*(Card.search_text.contains(word, autoescape=True) for word in words.split()))
    number = int(words) if words.isdecimal() and len(words) < 9 else None
    return or_(texts, Card.agency_id.in_(named), Card.number == number)


def may_see(actor: Actor, card: Card) -> bool:
    """Whether this actor may open the card."""
    if actor.may(Permission.SEE_ALL_CARDS):
        return True
    if card.assigned_at is None:
        return False
    return card.agency_id in actor.agency_ids or not actor.agency_ids.isdisjoint(supporters_of(card))


def supporters_of(card: Card) -> set[uuid.UUID]:
    """The agencies that support a card."""
    return set(db.session.scalars(select(Support.agency_id).where(Support.card_id == card.id)))


def comments_of(card: Card) -> list[Comment]:
    """What people wrote on a card, the oldest first."""
    return list(db.session.scalars(select(Comment).where(Comment.card_id == card.id).order_by(Comment.id)))


def latest_comment(card: Card) -> Comment | None:
    """What was written on a card last."""
    return db.session.scalar(
        select(Comment).where(Comment.card_id == card.id).order_by(Comment.id.desc()).limit(1)
    )


def events_of(card: Card) -> list[CardEvent]:
    """What happened to a card, the latest first."""
    return list(
        db.session.scalars(
            select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc())
        )
    )


def checks_of(card: Card) -> list[Check]:
    """The checklist of a card."""
    return list(db.session.scalars(select(Check).where(Check.card_id == card.id).order_by(Check.position)))


def evidence_of(card: Card) -> list[Evidence]:
    """The files of a card that were not removed, the latest first."""
    return list(
        db.session.scalars(
            select(Evidence)
            .where(Evidence.card_id == card.id, Evidence.removed_at.is_(None))
            .order_by(Evidence.id.desc())
        )
    )


def evidence_like(card: Card, sha256: str) -> Evidence | None:
    """The file of a card that has just these bytes."""
    return db.session.scalar(
        select(Evidence).where(
            Evidence.card_id == card.id, Evidence.sha256 == sha256, Evidence.removed_at.is_(None)
        )
    )


def evidence_or_404(card: Card, evidence_id: uuid.UUID) -> Evidence:
    """One file of a card. Raises NotFound."""
    found = db.session.scalar(
        select(Evidence).where(
            Evidence.card_id == card.id, Evidence.id == evidence_id, Evidence.removed_at.is_(None)
        )
    )
    if found is None:
        raise NotFound
    return found


def waiting_numbers(actor: Actor) -> list[int]:
    """The numbers of the cards that wait for approval, the longest waiting first."""
    return list(
        db.session.scalars(
            select(Card.number)
            .where(_visible_to(actor), Card.state == State.REVIEW.value)
            .order_by(Card.submitted_at)
        )
    )


def latest_event(card: Card) -> CardEvent | None:
    """What happened to a card last."""
    return db.session.scalar(
        select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc()).limit(1)
    )


def last_change_by_another(card: Card, since: int, contact_id: uuid.UUID | None) -> CardEvent | None:
    """The newest change after a version of the card that somebody else made."""
    newer = select(CardEvent).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc())
    changes = db.session.scalars(newer.limit(max(card.version - since, 0)))
    return next((event for event in changes if event.contact_id != contact_id), None)


def column_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cards stand in each column, and how many open ones are late, without fetching them."""
    rows = db.session.execute(_COUNTS.where(_visible_to(actor)), {"today": today})
    counts = {column.value: 0 for column in COLUMNS} | {"late": 0}
    for state, how_many, how_late in rows:
        counts[column_of(State(state)).value] += how_many
        counts["late"] += how_late
    return counts


def _counted() -> Select[str, int, int]:
    last_day = Card.due_on - case((Card.due_exclusive, 1), else_=0)
    judged = case(
        (Card.state == State.REVIEW.value, func.date(func.timezone("Asia/Ho_Chi_Minh", Card.submitted_at))),
        else_=bindparam("today", type_=Date()),
    )
    late = func.count().filter(last_day < judged, Card.state.not_in([state.value for state in CLOSED]))
    counted = select(Card.state, func.count(), late).where(Card.state != State.CANCELLED.value)
    return counted.group_by(Card.state)


_COUNTS = _counted()
