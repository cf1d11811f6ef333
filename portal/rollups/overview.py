"""What the city's page shows: its wards beside each other, by kind of agency, now and in the weeks before."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from portal.errors import or_404
from portal.rollups.choosing import PER_PAGE, Choice, pages_of
from portal.rollups.course import Course
from portal.rollups.figures import Figures
from portal.rollups.offering import Offered, offered
from portal.rollups.opening import open_wards
from portal.rollups.queries import sums_on
from portal.rollups.ward_line import (
    WEEK,
    WardLine,
    kinds_in_order,
    lines_of,
    named,
    weekly_days,
    with_history,
    with_kinds,
)
from portal.tenants.catalogue import AgencyKind
from portal.tenants.overseeing import units_below, wards_under
from portal.tenants.oversight_unit import OversightUnit


@dataclass(frozen=True)
class Overview:
    """All wards in the order chosen, the `shown` ones of them with kinds and history; `today`: the day of the figures.

    `weeks`: all wards together by day. `offices`: the offices below the unit that can be chosen. `offered`: the years
    and periods.
    """

    lines: list[WardLine]
    shown: list[WardLine]
    weeks: dict[date, Figures]
    offices: list[OversightUnit]
    choice: Choice
    today: date
    offered: Offered

    @cached_property
    def figures(self) -> Figures:
        """All wards together."""
        return Figures.together(line.figures for line in self.lines)

    @property
    def last_week(self) -> Figures:
        """All wards together, as published on this day last week; all zero when none was."""
        return self.weeks.get(self.today - WEEK, Figures())

    @property
    def course(self) -> Course:
        """The weeks of all wards together."""
        return Course.of(weekly_days(self.today), self.weeks, self.today, self.figures)

    @property
    def as_of(self) -> datetime | None:
        """How far the figures are complete: the oldest count of the wards shown; None when nothing is published."""
        return min((line.as_of for line in self.lines if line.as_of), default=None)

    @property
    def pages(self) -> int:
        """How many pages the wards fill."""
        return pages_of(len(named(self.lines, self.choice.q)))

    @cached_property
    def ranks(self) -> dict[int, int]:
        """Each ward's place by id, 1 for the furthest; equal ones share a place, wards without cards have none."""
        paces = sorted((line.pace for line in self.lines if line.figures.total), reverse=True)
        places = {pace: place for place, pace in reversed(list(enumerate(paces, 1)))}
        return {line.ward.id: places[line.pace] for line in self.lines if line.figures.total}

    @property
    def slow(self) -> list[WardLine]:
        """Wards that need a call, the slowest first."""
        return sorted((line for line in self.lines if line.figures.is_slow), key=lambda line: line.pace)

    @cached_property
    def kinds(self) -> list[AgencyKind | None]:
        """The kinds of agencies that have cards anywhere, in the catalogue's order; None for the others."""
        return kinds_in_order(self.offered.kinds)


def overview_of(city: Session, unit_id: int, choice: Choice, today: date) -> Overview:
    """The page of an oversight unit, from published rows alone: ten statements, however many wards.

    Raises NotFound when the office chosen does not stand below the unit.
    """
    offices = units_below(city, unit_id)
    chosen = next((one.id for one in offices if one.slug == choice.office), None)
    of_unit = or_404(chosen) if choice.office else unit_id
    day = choice.day(today)
    opened = open_wards(city, wards_under(city, of_unit, day))
    lines = lines_of(city, opened, choice, today)
    found = named(lines, choice.q)
    begin = (min(choice.page, pages_of(len(found))) - 1) * PER_PAGE
    shown = with_kinds(city, opened, found[begin : begin + PER_PAGE], choice)
    shown = with_history(city, opened, shown, choice, today)
    weeks = sums_on(city, opened.ids, weekly_days(day), year=choice.year)
    choices = offered(city, opened.ids, year=choice.year, period_end=choice.period_end)
    return Overview(lines, shown, weeks, offices, choice, day, choices)
