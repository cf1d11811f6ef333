"""What the pages of indicators show: each one's course, who reports it, and what is left out."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row

from portal.plans.course import Course, Entry
from portal.plans.measuring import Measure
from portal.plans.plan import Plan
from portal.plans.reading_queries import measurable, plans_in_force, readings_of, reported_by
from portal.plans.reporter import Reporter
from portal.plans.target import Indicator, Target
from portal.plans.target_reading import Reading
from portal.tenants.access import Actor
from portal.tenants.agency import Agency


@dataclass(frozen=True)
class Standing:
    """One indicator of a plan in force and how it goes."""

    target: Target
    indicator: Indicator
    reporter: Reporter | None
    agency: Agency | None
    course: Course

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.course.measure

    @property
    def latest(self) -> Entry | None:
        """The latest figure."""
        return self.course.latest


@dataclass(frozen=True)
class PlanStandings:
    """A plan in force with its indicators."""

    plan: Plan
    lines: tuple[Standing, ...]

    @property
    def is_settled(self) -> bool:
        """Whether somebody said who reports, for at least one."""
        return any(line.reporter for line in self.lines)

    @property
    def unsettled(self) -> int:
        """How many indicators nobody reports."""
        return sum(line.agency is None for line in self.lines)

    @property
    def met(self) -> int:
        """How many keep their promise by the latest figure."""
        return sum(bool(line.latest and line.latest.is_met) for line in self.lines)

    def missing(self, today: date) -> int:
        """How many indicators have a period that was left out."""
        return sum(bool(line.course.missing(today)) for line in self.lines)


def standings(agencies: Mapping[uuid.UUID, Agency], today: date) -> list[PlanStandings]:
    """Every plan in force that promises something in figures: three statements."""
    plans = plans_in_force()
    rows = measurable([plan.id for plan in plans]) if plans else []
    readings = readings_of([reporter.id for _target, _indicator, reporter in rows if reporter])
    return [
        PlanStandings(plan, tuple(_standing(row, readings, agencies, today) for row in own))
        for plan in plans
        if (own := [row for row in rows if row[0].plan_id == plan.id])
    ]


def _standing(
    row: Row[Target, Indicator, Reporter | None],
    readings: Mapping[uuid.UUID, Sequence[Reading]],
    agencies: Mapping[uuid.UUID, Agency],
    today: date,
) -> Standing:
    target, indicator, reporter = row
    course = Course.of(
        Measure.of(indicator), reporter, readings.get(reporter.id, []) if reporter else [], today
    )
    agency = agencies.get(reporter.agency_id) if reporter and reporter.agency_id else None
    return Standing(target, indicator, reporter, agency, course)


@dataclass(frozen=True)
class Owed:
    """A figure that somebody's agency has still to enter."""

    indicator: Indicator
    entry: Entry


def owed_by(actor: Actor, today: date) -> list[Owed]:
    """What the agencies of somebody have still to report of closed periods, the earliest first: two statements."""
    rows = reported_by(actor) if actor.agency_ids else []
    readings = readings_of([reporter.id for _indicator, reporter in rows])
    found = [
        Owed(indicator, entry)
        for indicator, reporter in rows
        for entry in Course.of(Measure.of(indicator), reporter, readings.get(reporter.id, []), today).asked(
            today
        )
    ]
    return sorted(found, key=lambda one: one.entry.period.end)
