"""A ward publishes its lineage: which units' plans it cites, and one word for each of their targets, nothing else."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Row, delete, func, select

from portal.db import db
from portal.plans.appointing import answer_upper_targets
from portal.plans.earlier import corrections
from portal.plans.lineage import Parent
from portal.plans.plan import Plan
from portal.plans.published_lineage import PlanCitation, TargetVerdict
from portal.plans.target import Indicator, Target
from portal.plans.unit_plan import UnitTarget
from portal.plans.unit_queries import confirmed_plans, plans_above, promises, upper_targets
from portal.plans.weighing import weighed
from portal.tenants.boundary import entered_ward
from portal.tenants.ward_job import ask_for

#: The doorbell's name, and the kind of the job that publishes a ward's lineage.
PUBLISH = "plans.publish_lineage"

#: The first half of the advisory lock's key, any number; the second half is the ward.
_LOCK = 7205


def ask_for_lineage(plan: Plan, now: datetime) -> None:
    """Ask the workers to compare, once a plan was confirmed that cites another one or takes the place of one."""
    if plan.details.get("parent_plan") or plan.corrects_id:
        ask_for(PUBLISH, plan.id, now)


def publish_lineage(now: datetime) -> None:
    """Compare the entered ward's plans with those above and publish the outcome; doing it twice changes nothing."""
    ward_id = entered_ward()
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, ward_id)))
    citing = _citing(ward_id)
    db.session.execute(delete(TargetVerdict))
    db.session.execute(delete(PlanCitation))
    ours = _by_plan(promises([plan.id for plan in citing.values()])) if citing else {}
    theirs = upper_targets(db.session(), citing) if citing else []
    for upper_id, plan in citing.items():
        db.session.add(PlanCitation(unit_plan_id=upper_id, as_of=now))
        targets = [target for target in theirs if target.unit_plan_id == upper_id]
        db.session.add_all(_verdicts(ours.get(plan.id, []), targets))
        answer_upper_targets(plan.id, upper_id)
    db.session.flush()


def _citing(ward_id: int) -> dict[uuid.UUID, Plan]:
    """The unit's plans that are cited, each with the latest of the ward's plans that does and was not corrected."""
    above, found = plans_above(ward_id), dict[uuid.UUID, Plan]()
    plans = confirmed_plans() if above else []
    corrected = corrections(plans)
    for plan in plans:
        parent = Parent.cited_by(plan, above)
        if parent and parent.published and plan.id not in corrected:
            found.setdefault(parent.published.id, plan)
    return found


def _by_plan(rows: Sequence[Row[Target, Indicator]]) -> Mapping[uuid.UUID, list[Indicator]]:
    return {
        plan_id: [measure for _target, measure in found]
        for plan_id, found in groupby(rows, key=lambda row: row[0].plan_id)
    }


def _verdicts(ours: Sequence[Indicator], theirs: Sequence[UnitTarget]) -> list[TargetVerdict]:
    return [
        TargetVerdict(
            unit_plan_id=theirs[found.theirs].unit_plan_id,
            unit_target_id=theirs[found.theirs].id,
            verdict=found.verdict.value,
        )
        for found in weighed(ours, theirs)
    ]
