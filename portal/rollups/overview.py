"""What the city's page shows: its wards beside each other, by kind of agency, now and in the weeks before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.rollups.figures import Figures
from portal.rollups.queries import figures_by_kind, figures_on, moments_of
from portal.rollups.sparkline import Sparkline
from portal.rollups.ward_rollup import OTHER_KIND
from portal.tenants.catalogue import AGENCY_KINDS, AgencyKind
from portal.tenants.overseeing import enter_wards, wards_under
from portal.tenants.succession import counted_with
from portal.tenants.ward import Ward

K = TypeVar("K", str, date)

#: Weeks in the trend, this one included.
WEEKS = 8

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WardLine:
    """One ward of the page. `as_of` is None while it has published nothing; `earlier` is by day."""

    ward: Ward
    as_of: datetime | None
    by_kind: dict[str, Figures]
    earlier: dict[date, Figures]
    today: date

    @cached_property
    def figures(self) -> Figures:
        """All kinds together."""
        return Figures.together(self.by_kind.values())

    def cells(self, kinds: list[AgencyKind | None]) -> list[Figures | None]:
        """One for each kind of agency (None is every agency without a kind); None where there are no cards."""
        return [self.by_kind.get(kind.code if kind else OTHER_KIND) for kind in kinds]

    @cached_property
    def week_change(self) -> int | None:
        """Points of completion since this day last week; None when either is unknown."""
        before = self.earlier.get(self.today - _WEEK, Figures()).done_percent
        now = self.figures.done_percent
        return None if before is None or now is None else now - before

    @cached_property
    def trend(self) -> Sparkline:
        """Completion at weekly steps, up to now."""
        days = weekly_days(self.today)
        earlier = (self.earlier.get(day, Figures()).done_percent for day in days)
        return Sparkline((*earlier, self.figures.done_percent))

    @cached_property
    def pace(self) -> tuple[bool, int, int]:
        """Sorts the slowest first: little finished, much overdue; wards without any card come last."""
        figures = self.figures
        return (figures.total == 0, figures.done_percent or 0, -figures.open_overdue)


@dataclass(frozen=True)
class Overview:
    """All lines of a page."""

    lines: list[WardLine]
    today: date

    @cached_property
    def figures(self) -> Figures:
        """All wards together."""
        return Figures.together(line.figures for line in self.lines)

    @cached_property
    def last_week(self) -> Figures:
        """All wards together, as published on this day last week; all zero when none was."""
        return Figures.together(line.earlier.get(self.today - _WEEK, Figures()) for line in self.lines)

    @property
    def as_of(self) -> datetime | None:
        """How far the figures are complete: the oldest count of the wards shown; None when nothing is published."""
        return min((line.as_of for line in self.lines if line.as_of), default=None)

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
        present = {kind for line in self.lines for kind in line.by_kind}
        known: list[AgencyKind | None] = [kind for kind in AGENCY_KINDS.values() if kind.code in present]
        return [*known, None] if OTHER_KIND in present else known


def overview_of(city: Session, unit_id: int, today: date, *, by_name: bool = False) -> Overview:
    """The page of an oversight unit, from published rows alone: six statements, however many wards.

    A ward's figures are its own and those of the wards merged into it: added up, each card once. The slowest ward
    comes first, unless `by_name`.
    """
    wards = wards_under(city, unit_id, today)
    heaps = counted_with(city, [ward.id for ward in wards])
    ids = sorted({ward_id for heap in heaps.values() for ward_id in heap})
    enter_wards(city, ids)
    moments, by_kind = moments_of(city, ids), figures_by_kind(city, ids)
    earlier = figures_on(city, ids, weekly_days(today))
    lines = [
        WardLine(
            ward,
            moments.get(ward.id),
            _added(by_kind, heaps[ward.id]),
            _added(earlier, heaps[ward.id]),
            today,
        )
        for ward in wards
    ]
    return Overview(lines if by_name else sorted(lines, key=lambda line: line.pace), today)


def _added(figures: dict[int, dict[K, Figures]], heap: list[int]) -> dict[K, Figures]:
    """The figures of several wards as one ward's: by the same kind, or the same day."""
    if len(heap) == 1:
        return figures.get(heap[0], {})
    together: dict[K, Figures] = {}
    for ward_id in heap:
        for key, own in figures.get(ward_id, {}).items():
            together[key] = Figures.together([together[key], own]) if key in together else own
    return together


def weekly_days(today: date) -> list[date]:
    """This weekday in the weeks before this one, oldest first."""
    return [today - _WEEK * back for back in range(WEEKS - 1, 0, -1)]
