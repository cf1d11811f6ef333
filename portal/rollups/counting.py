"""Counting cards in the database, exactly as `tasks.timeliness.bucket` would one by one (a property test says so).

The statements are built once; they are asked with `ward_ids`, `today` (the local day) and `now`.
"""

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Subquery,
    Text,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
)

from portal.rollups.figures import NAMES
from portal.rollups.queries import TODAY, among
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tasks.card import Card
from portal.tasks.state import UNCOUNTED, State
from portal.tenants.agency import Agency
from portal.tenants.catalogue import AGENCY_KINDS
from portal.wording import LOCAL

#: What a published row is about, in the order of its key.
KEY = ("ward_id", "plan_id", "agency_kind")


NOW = bindparam("now", type_=DateTime(timezone=True))


def _is_late() -> ColumnElement[bool]:
    """Submitted work is judged by the local day of its submission, all other by today; no date is never late."""
    submitted = and_(Card.state.in_([State.REVIEW.value, State.DONE.value]), Card.submitted_at.is_not(None))
    submitted_on = cast(func.timezone(LOCAL.key, Card.submitted_at), Date)
    judged = case((submitted, submitted_on), else_=TODAY)
    last_day = Card.due_on - cast(Card.due_exclusive, Integer)
    return func.coalesce(judged > last_day, False)


def _countable() -> Subquery:
    known_kind = Agency.kind == any_(literal(list(AGENCY_KINDS), ARRAY(Text)))
    return (
        select(
            Card.ward_id,
            func.coalesce(Card.plan_id, literal(NO_PLAN)).label("plan_id"),
            case((known_kind, Agency.kind), else_=OTHER_KIND).label("agency_kind"),
            Card.state,
            Card.due_on,
            Card.extensions,
            Card.evidence_count,
            Card.accepted_at,
            _is_late().label("late"),
        )
        .outerjoin(Agency, and_(Agency.ward_id == Card.ward_id, Agency.id == Card.agency_id))
        .where(
            among(Card.ward_id),
            Card.assigned_at.is_not(None),
            Card.state.not_in([state.value for state in UNCOUNTED]),
        )
        .subquery("cards")
    )


#: Every card that counts: assigned and not cancelled, with its KEY, and whether it is late.
COUNTABLE = _countable()


def _figures() -> dict[str, ColumnElement[int]]:
    """One aggregate for each figure."""
    card, late = COUNTABLE.c, COUNTABLE.c.late
    done = card.state == State.DONE.value

    def having(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(and_(*conditions))

    return {
        "done_on_time": having(done, ~late),
        "done_late": having(done, late),
        "open_in_time": having(~done, ~late),
        "open_overdue": having(~done, late),
        "awaiting_approval": having(card.state == State.REVIEW.value),
        "without_date": having(card.due_on.is_(None)),
        "extensions": func.sum(card.extensions),
        "with_evidence": having(card.evidence_count > 0),
        "not_accepted": having(card.state == State.TODO.value, card.accepted_at.is_(None)),
    }


_KEYS = [COUNTABLE.c[name] for name in KEY]

#: The figures of the wards from their cards as they are now: KEY, then NAMES.
COUNTED = select(*_KEYS, *(_figures()[name].label(name) for name in NAMES)).group_by(*_KEYS)
