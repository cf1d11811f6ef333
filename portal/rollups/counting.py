"""Counting cards in the database, exactly as `tasks.timeliness.bucket` would one by one (a property test says so).

COUNTED is the board as it stands on `today`. COUNTED_ON is the board as it stood at the end of each of `days`, told
from the moments on its cards: what was given, submitted or closed later had not happened yet. The statements are built
once; they are asked with `ward_ids` and the day or days.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    table,
)

from portal.rollups.figures import NAMES
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tasks.card import Card
from portal.tasks.state import UNCOUNTED, State
from portal.tenants.agency import Agency
from portal.tenants.catalogue import AGENCY_KINDS
from portal.wording import LOCAL

#: What a published row is about, in the order of its key.
KEY = ("ward_id", "year", "plan_id", "agency_kind")

#: The wards that a statement is asked for, one array: 17 and 3,321 of them are the same statement.
WARD_IDS = bindparam("ward_ids", type_=ARRAY(Integer))
TODAY = bindparam("today", type_=Date)
NOW = bindparam("now", type_=DateTime(timezone=True))

#: The columns of plans that the rollup's role may read; the rooms are strangers, so their rows are not imported.
PLAN = table("plan", column("ward_id"), column("id"), column("year"), schema="app")


def _one_of(value: Any, words: list[str]) -> ColumnElement[bool]:
    """One parameter for all the words: the statement stays the same."""
    stands: ColumnElement[bool] = value == any_(literal(words, ARRAY(Text)))
    return stands


def among(ward_id: Any) -> ColumnElement[bool]:
    """Only rows of WARD_IDS; where a role's policy says the same, this is the second fence."""
    belongs: ColumnElement[bool] = any_(WARD_IDS) == ward_id
    return belongs


#: The kind of an agency as it is published.
PUBLISHED_KIND = case((_one_of(Agency.kind, list(AGENCY_KINDS)), Agency.kind), else_=OTHER_KIND)

_HANDED_IN = _one_of(Card.state, [State.REVIEW.value, State.DONE.value])
_UNCOUNTED = _one_of(Card.state, [state.value for state in UNCOUNTED])


def local_day_of(moment: Any) -> ColumnElement[Any]:
    """The day of a moment for people here, None for None."""
    return cast(func.timezone(LOCAL.key, moment), Date)


@dataclass(frozen=True)
class _Standing:
    """How a card stands: conditions that never come out null, and the day by which lateness is judged."""

    counts: ColumnElement[bool]
    done: ColumnElement[bool]
    waits: ColumnElement[bool]
    answered: ColumnElement[bool]
    judged: ColumnElement[Any]


def _now() -> _Standing:
    submitted = and_(_HANDED_IN, Card.submitted_at.is_not(None))
    return _Standing(
        counts=~_UNCOUNTED,
        done=Card.state == State.DONE.value,
        waits=Card.state == State.REVIEW.value,
        answered=Card.accepted_at.is_not(None),
        judged=case((submitted, local_day_of(Card.submitted_at)), else_=TODAY),
    )


def _on(day: ColumnElement[Any]) -> _Standing:
    def by_then(moment: Any) -> ColumnElement[bool]:
        return func.coalesce(local_day_of(moment) <= day, false())

    closed = or_(Card.closed_at.is_(None), by_then(Card.closed_at))
    done = and_(Card.state == State.DONE.value, closed)
    submitted = and_(_HANDED_IN, by_then(Card.submitted_at))
    handed_in = or_(submitted, and_(done, Card.submitted_at.is_not(None)))
    return _Standing(
        counts=and_(by_then(Card.assigned_at), ~and_(Card.state == State.CANCELLED.value, closed)),
        done=done,
        waits=and_(submitted, ~done),
        answered=by_then(Card.accepted_at),
        judged=case((handed_in, local_day_of(Card.submitted_at)), else_=day),
    )


def _cards(standing: _Standing, *beside: tuple[FromClause, ColumnElement[Any]]) -> Subquery:
    """Every card that counts, with its KEY and how it stands; `beside`: what the cards are multiplied by.

    Agencies and plans are told their wards as well: else the planner reads the whole country's for each slice.
    """
    last_day = Card.due_on - cast(Card.due_exclusive, Integer)
    given_in = cast(extract("year", local_day_of(Card.assigned_at)), Integer)
    asked = (
        select(
            *(said for _source, said in beside),
            Card.ward_id,
            func.coalesce(PLAN.c.year, given_in).label("year"),
            func.coalesce(Card.plan_id, literal(NO_PLAN)).label("plan_id"),
            PUBLISHED_KIND.label("agency_kind"),
            Card.state,
            Card.due_on,
            Card.extensions,
            Card.evidence_count,
            Card.is_blocked,
            Card.assigned_at,
            Card.accepted_at,
            standing.done.label("done"),
            standing.waits.label("waits"),
            standing.answered.label("answered"),
            func.coalesce(standing.judged > last_day, false()).label("late"),
        )
        .outerjoin(
            Agency, and_(among(Agency.ward_id), Agency.ward_id == Card.ward_id, Agency.id == Card.agency_id)
        )
        .outerjoin(
            PLAN, and_(among(PLAN.c.ward_id), PLAN.c.ward_id == Card.ward_id, PLAN.c.id == Card.plan_id)
        )
        .where(among(Card.ward_id), Card.assigned_at.is_not(None), standing.counts)
    )
    for source, _said in beside:
        asked = asked.join(source, literal(True))
    return asked.subquery("cards")


def _figures(cards: Subquery) -> dict[str, ColumnElement[Any]]:
    """One aggregate for each figure."""
    card = cards.c
    minutes = func.floor(extract("epoch", card.accepted_at - card.assigned_at) / 60)

    def having(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(and_(*conditions))

    return {
        "done_on_time": having(card.done, ~card.late),
        "done_late": having(card.done, card.late),
        "open_in_time": having(~card.done, ~card.late),
        "open_overdue": having(~card.done, card.late),
        "awaiting_approval": having(card.waits),
        "without_date": having(card.due_on.is_(None)),
        "extensions": func.sum(card.extensions),
        "with_evidence": having(card.evidence_count > 0),
        "not_accepted": having(card.state == State.TODO.value, ~card.answered),
        "blocked": having(card.is_blocked, ~card.done),
        "answered": having(card.answered),
        "answer_minutes": cast(
            func.coalesce(func.sum(func.greatest(minutes, 0)).filter(card.answered), 0), Integer
        ),
    }


def _counted(cards: Subquery, *first: str) -> Select[Any]:
    keys, figures = [cards.c[name] for name in (*first, *KEY)], _figures(cards)
    return select(*keys, *(figures[name].label(name) for name in NAMES)).group_by(*keys)


#: Every card that counts now.
COUNTABLE = _cards(_now())

#: The figures of the wards from their cards as they are now: KEY, then NAMES.
COUNTED = _counted(COUNTABLE)

_DAYS = (
    func.unnest(bindparam("days", type_=ARRAY(Date)))
    .table_valued(column("day", Date), name="days")
    .render_derived()
)

#: The same as they stood at the end of each of `days`: period_end, KEY, then NAMES.
COUNTED_ON = _counted(_cards(_on(_DAYS.c.day), (_DAYS, _DAYS.c.day.label("period_end"))), "period_end")
