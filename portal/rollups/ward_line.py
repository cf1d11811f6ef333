"""A ward among others on the city's pages: its figures by kind of agency, and those of the weeks before."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from portal.rollups.choosing import NAME, Choice
from portal.rollups.figures import Figures
from portal.rollups.opening import Opened
from portal.rollups.queries import figures_by_kind, figures_of, figures_on, moments_of
from portal.rollups.sparkline import Sparkline
from portal.rollups.ward_rollup import OTHER_KIND
from portal.tenants.catalogue import AGENCY_KINDS, AgencyKind
from portal.tenants.ward import Ward
from portal.text import fold

#: Weeks in the trend, this one included.
WEEKS = 8

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WardLine:
    """One ward of the page, all kinds together. `as_of` is None while it has published nothing.

    `by_kind` and `earlier` (by day) are there where the page shows them.
    """

    ward: Ward
    as_of: datetime | None
    figures: Figures
    today: date
    by_kind: dict[str, Figures] = field(default_factory=dict)
    earlier: dict[date, Figures] = field(default_factory=dict)

    def cells(self, kinds: list[AgencyKind | None]) -> list[Figures | None]:
        """One for each kind of agency (None is every agency without a kind); None where there are no cards."""
        return [self.by_kind.get(kind.code if kind else OTHER_KIND) for kind in kinds]

    @cached_property
    def week_change(self) -> int | None:
        """Points of completion since this day last week; None when either is unknown."""
        before = self.earlier.get(self.today - WEEK, Figures()).done_percent
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


def kinds_in_order(codes: Collection[str]) -> list[AgencyKind | None]:
    """The kinds with these codes, in the catalogue's order; None for the agencies without a kind."""
    known: list[AgencyKind | None] = [kind for kind in AGENCY_KINDS.values() if kind.code in codes]
    return [*known, None] if OTHER_KIND in codes else known


def kinds_among(lines: list[WardLine]) -> list[AgencyKind | None]:
    """The kinds of agencies with cards in any of the wards."""
    return kinds_in_order({kind for line in lines for kind in line.by_kind})


def lines_of(city: Session, opened: Opened, choice: Choice, today: date) -> list[WardLine]:
    """A line for each ward, in the order chosen; without kinds and history."""
    moments, day = moments_of(city, opened.ids), choice.day(today)
    sums = figures_of(city, opened.ids, year=choice.year, period_end=choice.period_end)
    lines = [WardLine(ward, moments.get(ward.id), opened.sum(sums, ward.id), day) for ward in opened.wards]
    return lines if choice.order == NAME else sorted(lines, key=lambda line: line.pace)


def named(lines: list[WardLine], part: str) -> list[WardLine]:
    """The lines of wards whose name has this part; accents need not be typed."""
    return [line for line in lines if fold(part) in fold(line.ward.name)] if part else lines


def with_kinds(city: Session, opened: Opened, lines: list[WardLine], choice: Choice) -> list[WardLine]:
    """These lines with each kind of agency."""
    by_kind = figures_by_kind(city, _ids_of(opened, lines), year=choice.year, period_end=choice.period_end)
    return [replace(line, by_kind=opened.added(by_kind, line.ward.id)) for line in lines]


def with_history(
    city: Session, opened: Opened, lines: list[WardLine], choice: Choice, today: date
) -> list[WardLine]:
    """These lines with the weeks before."""
    earlier = figures_on(city, _ids_of(opened, lines), weekly_days(choice.day(today)), year=choice.year)
    return [replace(line, earlier=opened.added(earlier, line.ward.id)) for line in lines]


def _ids_of(opened: Opened, lines: list[WardLine]) -> list[int]:
    return [one for line in lines for one in opened.heaps[line.ward.id]]


def weekly_days(today: date) -> list[date]:
    """This weekday in the weeks before this one, oldest first."""
    return [today - WEEK * back for back in range(WEEKS - 1, 0, -1)]
