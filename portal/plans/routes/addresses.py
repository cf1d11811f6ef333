"""Where the pages of a plan are, said once."""

from flask import url_for

from portal.plans.plan import Plan, PlanState


def plans_address() -> str:
    """The list of plans."""
    return url_for("plans.plans_page")


def plan_address(plan: Plan) -> str:
    """Where somebody who manages plans goes on with this one."""
    if plan.standing is PlanState.CONFIRMED:
        return url_for("plans.document", plan_id=plan.id)
    return url_for("plans.review", plan_id=plan.id)
