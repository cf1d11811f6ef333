"""What the board asks, each question once, so that it can be indexed and counted; one card's are in card_queries.py."""

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
from sqlalchemy.orm import InstrumentedAttribute

from portal.db import db
from portal.tasks.answering import beginning_of
from portal.tasks.board_filter import BoardFilter
from portal.tasks.card import Card
from portal.tasks.comment import Comment
from portal.tasks.label import CardLabel, Label
from portal.tasks.state import CLOSED, COLUMNS, State, column_of
from portal.tasks.support import Support
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency
from portal.text import fold

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
    Card.parent_id,
    Card.shared_total,
    Card.shared_done,
    Card.explain_state,
    Card.checks_done,
    Card.checks_total,
    Card.evidence_count,
    Card.comment_count,
    Card.position,
    Card.confidential,
)

#: A duty that was shared out stands for its parts, which are counted instead of it (sharing.py).
_COUNTS_ITSELF = Card.shared_total == 0

# Built once: building them takes as long as running them.
_MARKS = select(Card.id, Card.version, Card.changed_at).order_by(Card.position, Card.number)
_FACES = select(*FACE_COLUMNS).where(Card.id == any_(bindparam("card_ids", type_=ARRAY(Uuid()))))


def board_marks(actor: Actor, wanted: BoardFilter) -> Sequence[Row[uuid.UUID, int, datetime]]:
    """The cards that this actor may see and this filter keeps, in their order; of each its version only."""
    conditions = _conditions(actor, wanted)
    if not actor.may(Permission.SEE_ALL_CARDS):
        conditions.append(visible_to(actor))
    return db.session.execute(_MARKS.where(*conditions) if conditions else _MARKS).all()


def face_rows(card_ids: Collection[uuid.UUID]) -> Sequence[Row[*tuple[Any, ...]]]:
    """What these cards show on the board, in any order. Whoever asks knows that they may be seen."""
    return db.session.execute(_FACES, {"card_ids": list(card_ids)}).all() if card_ids else []


def any_card() -> bool:
    """Whether the ward has any card at all."""
    return db.session.scalar(select(Card.id).limit(1)) is not None


def silent_cards(since: date) -> Sequence[Card]:
    """Cards handed over before this day (answering.silent_since) whose agency has not said that it takes them."""
    waiting = (Card.state == State.TODO.value, Card.accepted_at.is_(None))
    asked = select(Card).where(Card.assigned_at < beginning_of(since), *waiting)
    return db.session.scalars(asked.order_by(Card.assigned_at, Card.number)).all()


def counted_cards() -> Sequence[Card]:
    """Every card that is counted as one of the four, by number: not cancelled, and no duty that was shared out."""
    asked = select(Card).where(Card.state != State.CANCELLED.value, _COUNTS_ITSELF)
    return db.session.scalars(asked.order_by(Card.number)).all()


def blocked_cards() -> Sequence[Card]:
    """Open cards on which somebody said what stands in the way (vướng mắc), for reports and those who steer."""
    asked = select(Card).where(Card.blocked_why != "", Card.state.not_in([state.value for state in CLOSED]))
    return db.session.scalars(asked.order_by(Card.number)).all()


def visible_to(actor: Actor) -> ColumnElement[bool]:
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


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Cards this actor may read whole, of those they see: rights.may_read, as a condition for statements."""
    if actor.may(Permission.READ_CONFIDENTIAL):
        return true()
    return or_(Card.confidential.is_(False), involves(actor.agency_ids))


def unreadable_ids(actor: Actor, card_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these cards the actor may not read, with one statement at most."""
    if not card_ids or actor.may(Permission.READ_CONFIDENTIAL):
        return set()
    return set(db.session.scalars(select(Card.id).where(Card.id.in_(card_ids), ~readable_by(actor))))


def unreadable_numbers(actor: Actor) -> set[int]:
    """The numbers of the ward's cards that the actor may not read."""
    if actor.may(Permission.READ_CONFIDENTIAL):
        return set()
    return set(db.session.scalars(select(Card.number).where(Card.confidential, ~readable_by(actor))))


def _conditions(actor: Actor, wanted: BoardFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.agency_id:
        conditions.append(Card.agency_id == wanted.agency_id)
    if wanted.words:
        conditions.append(_says(actor, wanted.words))
    if wanted.mine:
        conditions.append(involves(actor.agency_ids))
    if wanted.label:
        conditions.append(and_(_carries(wanted.label), readable_by(actor)))
    if wanted.plan_id:
        conditions.append(Card.plan_id == wanted.plan_id)
    return conditions


def _carries(label: str) -> ColumnElement[bool]:
    named = (
        select(Label.id).where(Label.name == label, Label.ward_id == CardLabel.ward_id).correlate(CardLabel)
    )
    return exists().where(
        CardLabel.ward_id == Card.ward_id, CardLabel.card_id == Card.id, CardLabel.label_id.in_(named)
    )


def _says(actor: Actor, words: str) -> ColumnElement[bool]:
    """Every word occurs in the title or the plan's paragraph, in one comment, or the agency's name says it.

    Accents do not matter. No trigram index: the wall's key leads to one ward's rows, a few thousand at the most.
    The words of a card that the actor may not read find nothing.
    """
    named = [
        agency_id
        for agency_id, name in db.session.execute(select(Agency.id, Agency.name))
        if words in fold(name)
    ]
    texts = or_(_has_all(Card.search_text, words), said_in_comments(words))
    number = int(words) if words.isdecimal() and len(words) < 9 else None
    return or_(and_(texts, readable_by(actor)), Card.agency_id.in_(named), Card.number == number)


def waiting_numbers(actor: Actor) -> list[int]:
    """The numbers of the cards that wait for approval, the longest waiting first."""
    return list(
        db.session.scalars(
            select(Card.number)
            .where(visible_to(actor), Card.state == State.REVIEW.value, _COUNTS_ITSELF)
            .order_by(Card.submitted_at)
        )
    )


def _has_all(folded: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    return and_(*(folded.contains(word, autoescape=True) for word in words.split()))


def said_in_comments(words: str) -> ColumnElement[bool]:
    """Cards with a comment in which every word occurs."""
    return exists().where(
        Comment.ward_id == Card.ward_id,
        Comment.card_id == Card.id,
        Comment.removed_at.is_(None),
        _has_all(Comment.search_text, words),
    )


def column_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cards stand in each column, and how many open ones are late, without fetching them."""
    asked = _COUNTS if actor.may(Permission.SEE_ALL_CARDS) else _COUNTS.where(visible_to(actor))
    rows = db.session.execute(asked, {"today": today})
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
    counted = select(Card.state, func.count(), late).where(
        Card.state != State.CANCELLED.value, _COUNTS_ITSELF
    )
    return counted.group_by(Card.state)


_COUNTS = _counted()
