"""The demo's targets: agencies report them, some in time, one late, one left out, one corrected."""

from datetime import date, datetime, time, timedelta

from portal.plans.appointing import Choice, appoint, seats
from portal.plans.course import Course
from portal.plans.entering import Figures, enter
from portal.plans.measuring import Measure
from portal.plans.plan import Plan
from portal.plans.reading_queries import measurable, readings_of
from portal.plans.reporter import Reporter
from portal.plans.target import Indicator
from portal.tasks.doer import Doer
from portal.tenants.periods import Rhythm
from portal.tenants.queries import agencies, contacts_of_agency
from portal.wording import LOCAL, local_day

_MORNING = time(9, 20)

#: For each indicator of the sample its rhythm, its figures period by period (None: left out) and its days of delay.
_STORIES: tuple[tuple[Rhythm, tuple[tuple[int, int] | None, ...], int], ...] = (
    (Rhythm.QUARTER, ((41, 43), (88, 91), (140, 143)), -2),
    (Rhythm.MONTH, tuple((round(share * 2.1), 210) for share in (70, 78, 84, 88, 91, 93, 95, 96, 97, 98, 98, 98)), -1),
    (Rhythm.QUARTER, ((120, 640), (380, 652), (455, 655)), 6),
    (Rhythm.QUARTER, ((0, 0), (2, 2), None), -3),
    (Rhythm.HALF, ((31, 34),), 2),
)  # fmt: skip


def report_figures(plan: Plan, now: datetime) -> None:
    """Settle who reports as the plan suggests, from the beginning of the year, and enter what was due so far."""
    today = local_day(now)
    found = seats(plan, agencies())
    choices = {
        seat.indicator.id: Choice(seat.agency_id, story[0])
        for seat, story in zip(found, _STORIES, strict=False)
    }
    appoint(plan, choices, plan.confirmed_by, now, since=date(today.year, 1, 1))
    rows = [(indicator, reporter) for _target, indicator, reporter in measurable([plan.id]) if reporter]
    for (indicator, reporter), (_rhythm, figures, delay) in zip(rows, _STORIES, strict=False):
        _report(indicator, reporter, figures, timedelta(days=delay), now)


def _report(
    indicator: Indicator,
    reporter: Reporter,
    figures: tuple[tuple[int, int] | None, ...],
    delay: timedelta,
    now: datetime,
) -> None:
    course = Course.of(
        Measure.of(indicator), reporter, readings_of([reporter.id])[reporter.id], local_day(now)
    )
    person = contacts_of_agency(reporter.agency_id)[0] if reporter.agency_id else None
    by = Doer(person.id, person.name) if person else Doer(None, reporter.set_by)
    for entry, figure in zip(course.entries, figures, strict=False):
        when = datetime.combine(entry.period.due + delay, _MORNING, LOCAL)
        if figure is not None and when <= now:
            enter(reporter, entry, Figures(*figure), by, when)
