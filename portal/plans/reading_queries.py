"""What is asked about readings: indicators of the plans in force, who reports them, and what was entered."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Row, select

from portal.db import db
from portal.errors import NotFound
from portal.plans.earlier import corrections
from portal.plans.plan import Plan
from portal.plans.reporter import Reporter
from portal.plans.target import Indicator, Target
from portal.plans.target_reading import Reading
from portal.plans.unit_queries import confirmed_plans
from portal.tenants.access import Actor


def plans_in_force() -> list[Plan]:
    """The ward's confirmed plans that no other one corrected, the latest confirmed first."""
    plans = confirmed_plans()
    corrected = corrections(plans)
    return [plan for plan in plans if plan.id not in corrected]


def measurable(plan_ids: Iterable[uuid.UUID]) -> list[Row[Target, Indicator, Reporter | None]]:
    """The indicators of plans that have a figure, with who reports them, in the order of the documents."""
    return list(
        db.session.execute(
            select(Target, Indicator, Reporter)
            .join(Indicator, (Indicator.ward_id == Target.ward_id) & (Indicator.target_id == Target.id))
            .outerjoin(
                Reporter, (Reporter.ward_id == Indicator.ward_id) & (Reporter.indicator_id == Indicator.id)
            )
            .where(Target.plan_id.in_(plan_ids), Indicator.value.is_not(None))
            .order_by(Target.plan_id, Target.position, Indicator.position)
        ).all()
    )


def readings_of(reporter_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Reading]]:
    """Every reading of these reporters, replaced ones too, in the order of the periods and as they were entered."""
    found = defaultdict[uuid.UUID, list[Reading]](list)
    if reporter_ids:
        asked = select(Reading).where(Reading.reporter_id.in_(reporter_ids))
        for reading in db.session.scalars(asked.order_by(Reading.period_end, Reading.id)):
            found[reading.reporter_id].append(reading)
    return found


def indicator_or_404(indicator_id: uuid.UUID) -> Row[Plan, Target, Indicator, Reporter | None]:
    """One indicator with a figure, of a confirmed plan. Raises NotFound."""
    found = db.session.execute(
        select(Plan, Target, Indicator, Reporter)
        .join(Target, (Target.ward_id == Plan.ward_id) & (Target.plan_id == Plan.id))
        .join(Indicator, (Indicator.ward_id == Target.ward_id) & (Indicator.target_id == Target.id))
        .outerjoin(
            Reporter, (Reporter.ward_id == Indicator.ward_id) & (Reporter.indicator_id == Indicator.id)
        )
        .where(Indicator.id == indicator_id, Indicator.value.is_not(None), Plan.state == "confirmed")
    ).first()
    if found is None:
        raise NotFound
    return found


def reporter_held(indicator_id: uuid.UUID) -> Reporter:
    """Who reports an indicator, locked: of two who enter a figure at once one waits. Raises NotFound."""
    asked = select(Reporter).where(Reporter.indicator_id == indicator_id).with_for_update()
    reporter = db.session.scalar(asked.execution_options(populate_existing=True))
    if reporter is None:
        raise NotFound
    return reporter


def reported_by(actor: Actor) -> list[Row[Indicator, Reporter]]:
    """The indicators that the agencies of somebody report."""
    return list(
        db.session.execute(
            select(Indicator, Reporter)
            .join(Reporter, (Reporter.ward_id == Indicator.ward_id) & (Reporter.indicator_id == Indicator.id))
            .where(Reporter.agency_id.in_(actor.agency_ids))
            .order_by(Reporter.id)
        ).all()
    )
