"""What is asked about plans of oversight units: by the unit itself (the city's role), and by a ward below it."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.db import db
from portal.errors import or_404
from portal.plans.activity import Activity
from portal.plans.plan import Plan, PlanState
from portal.plans.published_lineage import PlanCitation, TargetVerdict
from portal.plans.target import Indicator, Target
from portal.plans.unit_plan import STANDING, UnitPlan, UnitPlanParagraph, UnitTarget
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.standing_above import stands_above, stood_above

_STANDING = (
    select(UnitPlan, OversightUnit.name)
    .join(OversightUnit, OversightUnit.id == UnitPlan.unit_id)
    .where(UnitPlan.state.in_(STANDING))
    .order_by(UnitPlan.added_at.desc())
)
_ABOVE = _STANDING.where(stood_above(UnitPlan.unit_id, UnitPlan.issued_on))
_ABOVE_NOW = _STANDING.where(stands_above(UnitPlan.unit_id))


def unit_plans(session: Session, unit_id: int) -> list[UnitPlan]:
    """A unit's plans, the latest first."""
    asked = select(UnitPlan).where(UnitPlan.unit_id == unit_id).order_by(UnitPlan.added_at.desc())
    return list(session.scalars(asked))


def unit_plan_or_404(session: Session, unit_id: int, plan_id: uuid.UUID) -> UnitPlan:
    """One plan of this unit. Raises NotFound."""
    return or_404(session.scalar(select(UnitPlan).where(UnitPlan.unit_id == unit_id, UnitPlan.id == plan_id)))


def plans_above(ward_id: int) -> list[Row[UnitPlan, str]]:
    """Plans of units that stood above the ward on the day of the plan, or do now, with the unit's name, the latest
    first.
    """
    return list(db.session.execute(_ABOVE, {"ward_id": ward_id}).all())


def plans_above_now(ward_id: int) -> list[Row[UnitPlan, str]]:
    """Of these, the plans of the units that stand above the ward now."""
    return list(db.session.execute(_ABOVE_NOW, {"ward_id": ward_id}).all())


def upper_paragraphs(session: Session, plan_id: uuid.UUID) -> list[UnitPlanParagraph]:
    """A unit's plan, paragraph by paragraph."""
    asked = select(UnitPlanParagraph).where(UnitPlanParagraph.unit_plan_id == plan_id)
    return list(session.scalars(asked.order_by(UnitPlanParagraph.position)))


def upper_targets(session: Session, plan_ids: Iterable[uuid.UUID]) -> list[UnitTarget]:
    """What some units' plans promise, in the order of the documents."""
    asked = select(UnitTarget).where(UnitTarget.unit_plan_id.in_(plan_ids))
    return list(session.scalars(asked.order_by(UnitTarget.unit_plan_id, UnitTarget.position)))


def citing_wards(city: Session, plan_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[int]]:
    """For each plan, the entered wards whose plan cites it."""
    found: dict[uuid.UUID, list[int]] = {}
    asked = select(PlanCitation.unit_plan_id, PlanCitation.ward_id)
    for plan_id, ward_id in city.execute(asked.where(PlanCitation.unit_plan_id.in_(plan_ids))):
        found.setdefault(plan_id, []).append(ward_id)
    return found


def verdicts_on(city: Session, plan_id: uuid.UUID) -> list[Row[uuid.UUID, int, str]]:
    """(target, ward, verdict) of the entered wards for one plan."""
    asked = select(TargetVerdict.unit_target_id, TargetVerdict.ward_id, TargetVerdict.verdict)
    return list(city.execute(asked.where(TargetVerdict.unit_plan_id == plan_id)).all())


def confirmed_plans() -> list[Plan]:
    """The entered ward's confirmed plans, the latest confirmed first."""
    asked = select(Plan).where(Plan.state == PlanState.CONFIRMED.value)
    return list(db.session.scalars(asked.order_by(Plan.confirmed_at.desc())))


def promises(plan_ids: Iterable[uuid.UUID]) -> list[Row[Target, Indicator]]:
    """What plans of the entered ward promise, each figure with the target it stands in, in order."""
    return list(
        db.session.execute(
            select(Target, Indicator)
            .join(Indicator, (Indicator.ward_id == Target.ward_id) & (Indicator.target_id == Target.id))
            .where(Target.plan_id.in_(plan_ids))
            .order_by(Target.plan_id, Target.position, Indicator.position)
        ).all()
    )


def activities(plan_id: uuid.UUID) -> list[Activity]:
    """What a plan of the entered ward says will be done, in order."""
    asked = select(Activity).where(Activity.plan_id == plan_id).order_by(Activity.position)
    return list(db.session.scalars(asked))
