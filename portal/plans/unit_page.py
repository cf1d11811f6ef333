"""What an oversight unit's page of a plan shows: its own words, and how many wards below promise as much."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from portal.plans.published_lineage import Verdict
from portal.plans.unit_plan import UnitPlan, UnitPlanParagraph, UnitTarget
from portal.plans.unit_queries import citing_wards, unit_plans, upper_paragraphs, upper_targets, verdicts_on
from portal.tenants.overseeing import enter_wards, wards_under
from portal.tenants.ward import Ward


@dataclass(frozen=True)
class UnitTargetLine:
    """One target of the unit and the wards by what they make of it; nothing a ward wrote."""

    target: UnitTarget
    wards: dict[Verdict, list[Ward]]

    @property
    def counted(self) -> list[tuple[Verdict, list[Ward]]]:
        """The verdicts that any ward has, what needs a call first."""
        order = (Verdict.SOFTER, Verdict.MISSING, Verdict.STRICTER, Verdict.SAME)
        return [(verdict, self.wards[verdict]) for verdict in order if verdict in self.wards]


@dataclass(frozen=True)
class UnitPlanPage:
    """A unit's plan with its document, its targets, and the wards that cite it."""

    plan: UnitPlan
    wards: list[Ward]
    citing: list[Ward]
    lines: list[UnitTargetLine] = field(default_factory=list)
    paragraphs: list[UnitPlanParagraph] = field(default_factory=list)

    @cached_property
    def silent(self) -> list[Ward]:
        """The wards below that have no confirmed plan citing it."""
        citing = {ward.id for ward in self.citing}
        return [ward for ward in self.wards if ward.id not in citing]


def unit_plan_page(city: Session, plan: UnitPlan, today: date) -> UnitPlanPage:
    """One plan with what the wards below published about it: six statements, however many wards."""
    wards = _entered(city, plan.unit_id, today)
    by_id = {ward.id: ward for ward in wards}
    citing = {by_id[ward_id] for ward_id in citing_wards(city, [plan.id]).get(plan.id, [])}
    found: dict[uuid.UUID, dict[Verdict, list[Ward]]] = {}
    for target_id, ward_id, verdict in verdicts_on(city, plan.id):
        found.setdefault(target_id, {}).setdefault(Verdict(verdict), []).append(by_id[ward_id])
    lines = [UnitTargetLine(target, found.get(target.id, {})) for target in upper_targets(city, [plan.id])]
    return UnitPlanPage(
        plan, wards, [ward for ward in wards if ward in citing], lines, upper_paragraphs(city, plan.id)
    )


def unit_plan_lines(city: Session, unit_id: int, today: date) -> list[UnitPlanPage]:
    """All plans of a unit with the wards that cite them, for its list."""
    wards, rows = _entered(city, unit_id, today), unit_plans(city, unit_id)
    citing = citing_wards(city, [plan.id for plan in rows])
    return [
        UnitPlanPage(plan, wards, [ward for ward in wards if ward.id in citing.get(plan.id, [])])
        for plan in rows
    ]


def _entered(city: Session, unit_id: int, today: date) -> list[Ward]:
    wards = wards_under(city, unit_id, today)
    enter_wards(city, [ward.id for ward in wards])
    return wards
