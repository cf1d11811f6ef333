"""One ward as its unit sees it: figures by kind of agency, its weeks, what a closed period counts differently now."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from portal.errors import NotFound, or_404
from portal.rollups import queries
from portal.rollups.choosing import PER_PAGE, Choice, named_periods
from portal.rollups.course import Course
from portal.rollups.figures import Figures
from portal.rollups.offering import periods_closed, plans_of
from portal.rollups.opening import open_wards
from portal.rollups.queries import Correction
from portal.rollups.ward_line import WardLine, kinds_among, weekly_days
from portal.tenants.catalogue import AGENCY_KINDS, AgencyKind
from portal.tenants.overseeing import wards_under
from portal.tenants.report_period import ReportPeriod
from portal.tenants.ward import Ward


@dataclass(frozen=True)
class Place:
    """A ward, by kind of agency (None is every agency without a kind); and what it can be filtered by."""

    line: WardLine
    weeks: dict[date, Figures]
    plans: list[tuple[uuid.UUID, int]]
    plan_id: uuid.UUID | None
    years: list[int]
    periods: list[ReportPeriod]
    corrections: list[Correction]

    @property
    def ward(self) -> Ward:
        """Which ward it is."""
        return self.line.ward

    @property
    def as_of(self) -> datetime | None:
        """When it was last counted."""
        return self.line.as_of

    @property
    def figures(self) -> Figures:
        """All kinds together."""
        return self.line.figures

    @cached_property
    def rows(self) -> list[tuple[AgencyKind | None, Figures]]:
        """Each kind of agency with cards, the one with most overdue first."""
        kinds = kinds_among([self.line])
        cells = zip(kinds, self.line.cells(kinds), strict=True)
        return sorted([(kind, cell) for kind, cell in cells if cell], key=lambda row: -row[1].open_overdue)

    @property
    def course(self) -> Course | None:
        """The ward's weeks; none for one plan alone, of which no history is kept."""
        if self.plan_id:
            return None
        return Course.of(weekly_days(self.line.today), self.weeks, self.line.today, self.figures)


def ward_below(city: Session, unit_id: int, slug: str, on: date) -> Ward:
    """The ward with this slug, if the unit oversaw it on that day. Raises NotFound."""
    return or_404(next((ward for ward in wards_under(city, unit_id, on) if ward.slug == slug), None))


def place_of(
    city: Session, unit_id: int, slug: str, choice: Choice, plan_id: uuid.UUID | None, today: date
) -> Place:
    """One ward's page, from its published rows. Raises NotFound."""
    day = choice.day(today)
    ward = ward_below(city, unit_id, slug, day)
    opened = open_wards(city, [ward])
    ids = opened.ids
    plans = [plan for own in plans_of(city, ids).values() for plan in own]
    if plan_id and plan_id not in {one for one, _year in plans}:
        raise NotFound
    asked = {"year": choice.year, "period_end": choice.period_end, "plan_id": plan_id}
    by_kind = opened.added(queries.figures_by_kind(city, ids, **asked), ward.id)  # type: ignore[arg-type]
    return Place(
        line=WardLine(
            ward,
            queries.moments_of(city, ids).get(ward.id),
            Figures.together(by_kind.values()),
            day,
            by_kind,
        ),
        weeks=queries.sums_on(city, ids, weekly_days(day), year=choice.year),
        plans=plans,
        plan_id=plan_id,
        years=sorted({year for _plan, year in plans}, reverse=True),
        periods=named_periods(periods_closed(city, ids)),
        corrections=queries.corrections(city, ids, choice.period_end) if choice.period_end else [],
    )


@dataclass(frozen=True)
class KindOfPlace:
    """One kind of agency in a ward, and the same kind in every ward of the unit, the slowest first."""

    ward: Ward
    code: str
    figures: Figures
    everywhere: list[tuple[Ward, Figures]]

    @property
    def nearby(self) -> list[tuple[Ward, Figures]]:
        """The slowest wards, and this one wherever it stands."""
        return [row for at, row in enumerate(self.everywhere) if at < PER_PAGE or row[0].id == self.ward.id]

    @property
    def left_out(self) -> int:
        """How many wards are not listed."""
        return len(self.everywhere) - len(self.nearby)

    @property
    def together(self) -> Figures:
        """The kind in all wards."""
        return Figures.together(figures for _ward, figures in self.everywhere)


def kind_of_place(
    city: Session, unit_id: int, slug: str, code: str, choice: Choice, today: date
) -> KindOfPlace:
    """A kind of agency of a ward beside the same kind elsewhere. Raises NotFound where there is none."""
    opened = open_wards(city, wards_under(city, unit_id, choice.day(today)))
    asked = {"year": choice.year, "period_end": choice.period_end, "kind": code}
    own = queries.figures_by_kind(city, opened.ids, **asked)  # type: ignore[arg-type]
    by_ward = [(ward, opened.added(own, ward.id)) for ward in opened.wards]
    found = [(ward, figures[code]) for ward, figures in by_ward if code in figures]
    ward, figures = or_404(next((row for row in found if row[0].slug == slug), None))
    pace = sorted(found, key=lambda row: (row[1].done_percent or 0, -row[1].open_overdue))
    return KindOfPlace(ward, code, figures, pace)


def kind_named(code: str) -> AgencyKind | None:
    """The kind of a code; None for every agency without a kind."""
    return AGENCY_KINDS.get(code)
