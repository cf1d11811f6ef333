"""Counting a ward's cards in the database, exactly as `tasks.timeliness.bucket` would one by one (a test says so)."""

from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from portal.rollups.figures import NAMES, Figures
from portal.rollups.ward_rollup import NO_PLAN, OTHER_KIND
from portal.tasks.card import Card
from portal.tasks.state import UNCOUNTED, State
from portal.tenants.agency import Agency
from portal.tenants.catalogue import AGENCY_KINDS
from portal.wording import LOCAL

#: What a published row is about: a plan and a kind of agency.
Key = tuple[object, str]


def count_ward(session: Session, ward_id: int, today: date) -> dict[Key, Figures]:
    """The figures of one ward on the local day `today`, by plan and kind of agency, from its cards as they are now."""
    counted = _counts(today)
    asked = (
        select(Card.plan_id, Agency.kind, *(counted[name].label(name) for name in NAMES))
        .outerjoin(Agency, and_(Agency.ward_id == Card.ward_id, Agency.id == Card.agency_id))
        .where(
            Card.ward_id == ward_id,
            Card.assigned_at.is_not(None),
            Card.state.not_in([state.value for state in UNCOUNTED]),
        )
        .group_by(Card.plan_id, Agency.kind)
    )
    found: dict[Key, Figures] = {}
    for plan_id, kind, *numbers in session.execute(asked):
        key = (plan_id or NO_PLAN, kind if kind in AGENCY_KINDS else OTHER_KIND)
        found[key] = found.get(key, Figures()) + Figures(*numbers)
    return found


def _counts(today: date) -> dict[str, ColumnElement[int]]:
    """One aggregate for each figure."""
    late = _is_late(today)
    done = Card.state == State.DONE.value

    def having(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(and_(*conditions))

    return {
        "done_on_time": having(done, ~late),
        "done_late": having(done, late),
        "open_in_time": having(~done, ~late),
        "open_overdue": having(~done, late),
        "awaiting_approval": having(Card.state == State.REVIEW.value),
        "without_date": having(Card.due_on.is_(None)),
        "extensions": func.sum(Card.extensions),
        "with_evidence": having(Card.evidence_count > 0),
        "not_accepted": having(Card.state == State.TODO.value, Card.accepted_at.is_(None)),
    }


def _is_late(today: date) -> ColumnElement[bool]:
    """Submitted work is judged by the local day of its submission, all other by `today`; no date is never late."""
    submitted = and_(
        or_(Card.state == State.REVIEW.value, Card.state == State.DONE.value), Card.submitted_at.is_not(None)
    )
    submitted_on = cast(func.timezone(LOCAL.key, Card.submitted_at), Date)
    judged = case((submitted, submitted_on), else_=literal(today, Date))
    last_day = Card.due_on - cast(Card.due_exclusive, Integer)
    return func.coalesce(judged > last_day, False)
