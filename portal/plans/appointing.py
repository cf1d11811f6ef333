"""Who reports which indicator is settled: one form for all, begun from what the plan suggests."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.db import db
from portal.plans.lineage import parents_of
from portal.plans.measuring import Measure
from portal.plans.plan import Plan
from portal.plans.queries import cards_of_plans, paragraphs
from portal.plans.reading_queries import measurable
from portal.plans.reporter import Reporter
from portal.plans.reporter_suggesting import suggested_agencies, suggested_rhythm
from portal.plans.sensitivity import is_sensitive
from portal.plans.target import Indicator
from portal.plans.unit_queries import upper_targets
from portal.plans.weighing import weighed
from portal.tasks.board_change import BoardChange
from portal.tenants.agency import Agency
from portal.tenants.boundary import entered_ward
from portal.tenants.periods import Rhythm
from portal.wording import local_day


@dataclass(frozen=True)
class Seat:
    """One line of the form; `suggested` while nobody has settled it."""

    indicator: Indicator
    agency_id: uuid.UUID | None
    rhythm: Rhythm
    suggested: bool

    @property
    def sensitive(self) -> bool:
        """Whether small counts of it give somebody away."""
        return is_sensitive(self.indicator.text)


@dataclass(frozen=True)
class Choice:
    """What somebody chose for one indicator; no agency means that nobody reports it."""

    agency_id: uuid.UUID | None
    rhythm: Rhythm


def seats(plan: Plan, agencies: Sequence[Agency]) -> list[Seat]:
    """The plan's indicators with who reports them, or who could: four statements at most."""
    rows = measurable([plan.id])
    open_ones = [indicator for _target, indicator, reporter in rows if reporter is None]
    guesses = dict[uuid.UUID, Agency | None]()
    rhythm = Rhythm.HALF
    if open_ones:
        found = suggested_agencies(open_ones, cards_of_plans([plan.id]), agencies)
        guesses = {one.id: agency for one, agency in zip(open_ones, found, strict=True)}
        rhythm = suggested_rhythm([one.text for one in paragraphs(plan.id)])
    return [
        Seat(indicator, reporter.agency_id, Rhythm(reporter.rhythm), False)
        if reporter
        else Seat(indicator, guess.id if (guess := guesses[indicator.id]) else None, rhythm, True)
        for _target, indicator, reporter in rows
    ]


def appoint(
    plan: Plan, choices: Mapping[uuid.UUID, Choice], by: str, now: datetime, *, since: date | None = None
) -> int:
    """Settle who reports; how many indicators that changed. Readings entered before stay with their indicator.

    Figures are owed from the first period that closes after `since`, by default the day of the choice.
    """
    changed = 0
    for _target, indicator, reporter in measurable([plan.id]):
        choice = choices.get(indicator.id)
        if choice is None or _stands(reporter, choice):
            continue
        changed += 1
        if reporter is None:
            reporter = _new(plan, indicator, since or local_day(now))
            db.session.add(reporter)
        reporter.agency_id, reporter.rhythm = choice.agency_id, choice.rhythm.value
        reporter.set_by, reporter.set_at = by, now
    if changed:
        # Whoever follows the ward (the rollup) publishes what is owed from now on.
        db.session.add(BoardChange())
    db.session.flush()
    parent = parents_of([plan], entered_ward()).get(plan.id)
    if parent and parent.published:
        answer_upper_targets(plan.id, parent.published.id)
    return changed


def _stands(reporter: Reporter | None, choice: Choice) -> bool:
    if reporter is None:
        return choice.agency_id is None
    return (reporter.agency_id, reporter.rhythm) == (choice.agency_id, choice.rhythm.value)


def _new(plan: Plan, indicator: Indicator, since: date) -> Reporter:
    return Reporter(
        indicator_id=indicator.id,
        year=plan.year or since.year,
        since=since,
        sensitive=is_sensitive(indicator.text),
    ).measuring(Measure.of(indicator))


def answer_upper_targets(plan_id: uuid.UUID, upper_id: uuid.UUID) -> None:
    """Note which target of the unit's plan each reported indicator answers, so that wards can be added up."""
    rows = [(indicator, reporter) for _target, indicator, reporter in measurable([plan_id]) if reporter]
    theirs = upper_targets(db.session(), [upper_id]) if rows else []
    for found in weighed([indicator for indicator, _reporter in rows], theirs):
        if found.ours is not None:
            rows[found.ours][1].unit_target_id = theirs[found.theirs].id


def hand_over(earlier_id: uuid.UUID, plan_id: uuid.UUID) -> None:
    """In a corrected plan the same indicator keeps who reports it, and with it every reading."""
    before = [(indicator, reporter) for _target, indicator, reporter in measurable([earlier_id]) if reporter]
    after = [indicator for _target, indicator, _reporter in measurable([plan_id])]
    for found in weighed([indicator for indicator, _reporter in before], after):
        if found.ours is not None:
            before[found.ours][1].moved_to(after[found.theirs])
