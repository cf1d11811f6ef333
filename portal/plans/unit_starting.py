"""A ward begins with the plan of the unit above: its duties come to the review, never straight to the board."""

import uuid
from datetime import date, datetime

from portal import files
from portal.errors import or_404
from portal.plans.plan import Plan
from portal.plans.receiving import receive_file
from portal.plans.unit_plan import UnitPlan, UnitPlanState
from portal.plans.unit_queries import plans_above, plans_above_now
from portal.tenants.boundary import entered_ward


def plan_to_start_from(ward_id: int, today: date) -> UnitPlan | None:
    """The plan of this year that a unit above the ward published last; None when none did."""
    return next(
        (
            plan
            for plan, _name in plans_above_now(ward_id)
            if plan.standing is UnitPlanState.PUBLISHED and plan.year == today.year
        ),
        None,
    )


def start_from_unit(plan_id: uuid.UUID, by: str, now: datetime) -> Plan:
    """Take a published plan of a unit above as the ward's own draft. Raises NotFound."""
    upper = upper_plan_or_404(entered_ward(), plan_id)
    with files.open_stored(upper.shelf, upper.stored_as) as original:
        return receive_file(original, upper.filename, by, now)


def become_a_draft(plan: Plan) -> None:
    """A plan made of a unit's very document is not that document: number and day stay open, and it cites the unit's.

    Found by its bytes, so that it is also noticed when somebody uploads the unit's file as the ward's.
    """
    rows = plans_above(entered_ward())
    upper, issuer = next(((upper, name) for upper, name in rows if upper.sha256 == plan.sha256), (None, ""))
    if upper is None:
        return
    cited = {
        "number": upper.full_number,
        "date": upper.issued_on.isoformat() if upper.issued_on else None,
        "issuer": issuer,
        "title": upper.title,
    }
    plan.number, plan.issued_on = "", None
    plan.details = {**plan.details, "parent_plan": cited}


def upper_plan_or_404(ward_id: int, plan_id: uuid.UUID) -> UnitPlan:
    """A plan that a unit above the ward published. Raises NotFound."""
    return or_404(next((plan for plan, _name in plans_above(ward_id) if plan.id == plan_id), None))
