"""Workers take units' plans one by one, each with a lease: a new one is read, then the wards below are compared."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal import files
from portal.plans.importing import Original
from portal.plans.reading import PlanReading, UnreadablePlan
from portal.plans.unit_plan import UnitPlan, UnitPlanParagraph, UnitPlanState, UnitTarget
from portal.plans.unit_publishing import unit_plan_held
from portal.tenants.claiming import MAX_ATTEMPTS

#: Reading takes 20 seconds at most; comparing the 300 wards of a province takes less than that.
LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class UnitClaim:
    """A unit's plan that is ours until the lease ends; `attempt` fences off a worker that was too slow."""

    plan_id: uuid.UUID
    unit_id: int
    unread: bool
    attempt: int

    @property
    def exhausted(self) -> bool:
        """Whether every attempt at reading it killed its worker."""
        return self.unread and self.attempt > MAX_ATTEMPTS


def claim_unit_plan(auth: Session, now: datetime) -> UnitClaim | None:
    """Take the oldest plan that is unread, or whose wards were not compared yet; commit at once."""
    waiting = (UnitPlan.spread_at.is_(None), UnitPlan.state != UnitPlanState.UNREADABLE.value)
    free = or_(UnitPlan.lease_until.is_(None), UnitPlan.lease_until < now)
    plan = auth.scalar(
        select(UnitPlan)
        .where(*waiting, free)
        .order_by(UnitPlan.added_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if plan is None:
        return None
    plan.attempts, plan.lease_until = plan.attempts + 1, now + LEASE
    return UnitClaim(plan.id, plan.unit_id, plan.standing is UnitPlanState.READING, plan.attempts)


def fetch_unit_plan(auth: Session, claimed: UnitClaim) -> Original:
    """The original of a claimed plan."""
    plan = auth.get_one(UnitPlan, claimed.plan_id)
    with files.open_stored(plan.shelf, plan.stored_as) as original:
        return Original(original.read(), plan.filename)


def publish_unit_plan(
    auth: Session, claimed: UnitClaim, outcome: PlanReading | UnreadablePlan, now: datetime
) -> None:
    """Keep what was read, and publish it; nothing when the plan was withdrawn or taken over meanwhile."""
    plan = unit_plan_held(auth, claimed.plan_id)
    if plan.attempts != claimed.attempt or plan.standing is not UnitPlanState.READING:
        return
    plan.lease_until = None
    if isinstance(outcome, UnreadablePlan):
        plan.state, plan.problem = UnitPlanState.UNREADABLE.value, outcome.code
        return
    plan.state, plan.attempts = UnitPlanState.PUBLISHED.value, 0
    plan.keep_head(outcome.metadata)
    _words(auth, plan, outcome)
    if plan.replaces_id:
        unit_plan_held(auth, plan.replaces_id).give_way(now)


def end_spreading(auth: Session, claimed: UnitClaim, now: datetime) -> None:
    """All wards below were compared; not so when somebody changed the plan since."""
    plan = unit_plan_held(auth, claimed.plan_id)
    if plan.attempts == claimed.attempt:
        plan.spread_at, plan.lease_until, plan.attempts = now, None, 0


def _words(auth: Session, plan: UnitPlan, reading: PlanReading) -> None:
    auth.add_all(
        UnitPlanParagraph(
            unit_plan_id=plan.id,
            position=paragraph.index,
            text=paragraph.text,
            kind=paragraph.kind,
            section=paragraph.section or "",
            level=paragraph.level,
        )
        for paragraph in reading.paragraphs
    )
    measures = [(target, measure) for target in reading.targets for measure in target.indicators]
    auth.add_all(
        UnitTarget(
            unit_plan_id=plan.id,
            position=position,
            section=target.section,
            text=measure.text,
            comparator=measure.comparator,
            value=measure.value,
            unit=measure.unit,
            denominator=measure.denominator,
            hidden=target.hidden,
        )
        for position, (target, measure) in enumerate(measures)
    )
