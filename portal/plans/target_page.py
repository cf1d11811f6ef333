"""What a ward's page of targets shows: its promises in figures, and beside them what the unit above asks for."""

from dataclasses import dataclass
from typing import Self

from portal.db import db
from portal.plans.lineage import Parent
from portal.plans.plan import Plan
from portal.plans.published_lineage import Verdict
from portal.plans.target import Indicator, Target
from portal.plans.unit_plan import UnitTarget
from portal.plans.unit_queries import promises, upper_targets
from portal.plans.weighing import weighed


@dataclass(frozen=True)
class TargetLine:
    """One promise of the ward; `asked` is the unit's that it answers, None where the unit asks nothing of the kind."""

    target: Target
    measure: Indicator
    asked: UnitTarget | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class TargetPage:
    """All promises of a plan, and those of the unit's that nothing in it answers."""

    parent: Parent | None
    lines: list[TargetLine]
    missing: list[UnitTarget]

    @classmethod
    def of(cls, plan: Plan, parent: Parent | None) -> Self:
        """The page of a plan of the entered ward, whose `parent` is known: two statements at most."""
        rows = promises([plan.id])
        asked = upper_targets(db.session(), [parent.published.id]) if parent and parent.published else []
        found = weighed([measure for _target, measure in rows], asked)
        answers = {one.ours: one for one in found if one.ours is not None}
        lines = [
            TargetLine(target, measure, asked[answer.theirs], answer.verdict)
            if (answer := answers.get(here))
            else TargetLine(target, measure)
            for here, (target, measure) in enumerate(rows)
        ]
        return cls(parent, lines, [asked[one.theirs] for one in found if one.ours is None])

    @property
    def softer(self) -> int:
        """How many promises ask less than the unit does."""
        return sum(line.verdict is Verdict.SOFTER for line in self.lines)
