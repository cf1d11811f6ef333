"""Where a ward's plan comes from: the plan it says it carries out, found among those the units above published."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy import Row

from portal.plans.plan import Plan
from portal.plans.unit_plan import UnitPlan
from portal.plans.unit_queries import plans_above
from portal.text import fold


@dataclass(frozen=True)
class Parent:
    """The plan that a ward's plan cites: as it is written there, and as the unit published it (None if it did not)."""

    number: str
    day: date | None
    issuer: str
    published: UnitPlan | None = None

    @classmethod
    def cited_by(cls, plan: Plan, above: Sequence[Row[UnitPlan, str]]) -> Self | None:
        """The parent of a plan, looked for among the plans published above; None when it cites none."""
        cited = plan.details.get("parent_plan")
        if not isinstance(cited, Mapping) or not cited.get("number"):
            return None
        number, written = str(cited["number"]), cited.get("date")
        day = date.fromisoformat(str(written)) if written else None
        found = next((upper for upper, _name in above if day and _same(upper, number, day)), None)
        return cls(number, day, str(cited.get("issuer") or ""), found)


def parents_of(plans: Sequence[Plan], ward_id: int) -> dict[uuid.UUID, Parent]:
    """The parent of each plan that cites one: one statement, and none when no plan does."""
    citing = [plan for plan in plans if plan.details.get("parent_plan")]
    above = plans_above(ward_id) if citing else []
    return {plan.id: parent for plan in citing if (parent := Parent.cited_by(plan, above))}


def _same(upper: UnitPlan, number: str, day: date) -> bool:
    return upper.issued_on == day and bool(upper.number) and _key(upper.full_number) == _key(number)


def _key(number: str) -> str:
    """`90 / KH–UBND` and `90/kh-ubnd` are one number; a leading zero is only handwriting."""
    return fold(number).replace(" ", "").replace("–", "-").replace("—", "-").lstrip("0")
