"""Which confirmed plan a new one may be a corrected version of. Pure: it looks at the plans it is given."""

import uuid
from collections.abc import Sequence

from portal.plans.plan import Plan, PlanState
from portal.text import fold


def earlier_plans(plan: Plan, plans: Sequence[Plan]) -> list[Plan]:
    """The confirmed plans this one may correct, the likeliest first; each chain of corrections by its latest.

    The same year, or where one of the years is unknown the same number or the same plan of the level above.
    """
    corrected = corrections(plans)
    found = [
        other
        for other in plans
        if other.id != plan.id
        and other.standing is PlanState.CONFIRMED
        and other.id not in corrected
        and _may_be_same(plan, other)
    ]
    return sorted(found, key=lambda other: _likeness(plan, other), reverse=True)


def corrections(plans: Sequence[Plan]) -> dict[uuid.UUID, Plan]:
    """Which plan corrected which: the later one by the id of the former."""
    confirmed = [plan for plan in plans if plan.standing is PlanState.CONFIRMED]
    return {plan.corrects_id: plan for plan in confirmed if plan.corrects_id is not None}


def chain_of(plan: Plan, plans: Sequence[Plan]) -> list[uuid.UUID]:
    """The plan, the one it corrects, the one that one corrects, and so on."""
    by_id, chain = {other.id: other for other in plans}, [plan.id]
    while (before := by_id[chain[-1]].corrects_id) is not None and before in by_id:
        chain.append(before)
    return chain


def _may_be_same(plan: Plan, other: Plan) -> bool:
    if plan.year and other.year:
        return plan.year == other.year
    return _same_number(plan, other) or _same_parent(plan, other)


def _likeness(plan: Plan, other: Plan) -> tuple[bool, bool, float]:
    confirmed = other.confirmed_at.timestamp() if other.confirmed_at else 0.0
    return _same_number(plan, other), _same_parent(plan, other), confirmed


def _same_number(plan: Plan, other: Plan) -> bool:
    return bool(plan.full_number) and fold(plan.full_number) == fold(other.full_number)


def _same_parent(plan: Plan, other: Plan) -> bool:
    return bool(_parent(plan)) and _parent(plan) == _parent(other)


def _parent(plan: Plan) -> str:
    cited = plan.details.get("parent_plan")
    return fold(str(cited.get("number") or "")) if isinstance(cited, dict) else ""
