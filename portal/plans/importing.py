"""A received plan is read: fetched and kept inside the ward, read in between without holding the database."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from portal import files
from portal.db import db
from portal.errors import or_404
from portal.plans.plan import Plan, PlanState
from portal.plans.proposing import propose
from portal.plans.reading import PlanReading, UnreadablePlan
from portal.plans.reading.sandbox import read_plan_safely
from portal.tenants.boundary import entered_ward


@dataclass(frozen=True)
class Original:
    """The bytes of a plan and the name that says what kind of file they are."""

    data: bytes
    filename: str


def fetch(plan_id: uuid.UUID) -> Original:
    """The original of a plan of the entered ward, opened now. Raises NotFound when it was removed meanwhile."""
    plan = or_404(db.session.scalar(select(Plan).where(Plan.id == plan_id)))
    with files.open_stored(entered_ward(), plan.stored_as) as original:
        plan.step = "opened"
        return Original(original.read(), plan.filename)


def read(original: Original) -> PlanReading | UnreadablePlan:
    """What the original says, or why it cannot be read. Takes up to 20 seconds, in a limited child process."""
    try:
        return read_plan_safely(original.data, original.filename)
    except UnreadablePlan as reason:
        return reason


def keep(plan_id: uuid.UUID, outcome: PlanReading | UnreadablePlan) -> str:
    """Keep what was found; the code of the problem, or an empty string. Changes nothing of a plan read already.

    A plan that somebody gave up while it was read is gone: nothing of it is kept.
    """
    plan = db.session.scalar(select(Plan).where(Plan.id == plan_id).with_for_update())
    if plan is None:
        return "gone"
    if plan.standing is not PlanState.READING:
        return plan.problem
    if isinstance(outcome, UnreadablePlan):
        return _refuse(plan, outcome.code)
    propose(plan, outcome)
    plan.state = PlanState.REVIEW.value
    db.session.flush()
    return ""


def give_up(plan_id: uuid.UUID) -> str:
    """Every attempt to read the plan killed its worker: say so, once and for all."""
    return keep(plan_id, UnreadablePlan("crashed"))


def _refuse(plan: Plan, code: str) -> str:
    plan.state, plan.problem = PlanState.UNREADABLE.value, code
    db.session.flush()
    return code
