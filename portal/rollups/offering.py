"""What there is to choose from on the city's pages: years, plans, closed periods and kinds that were published.

Enter the wards first, as for the figures (queries.py).
"""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Integer, Text, bindparam, cast, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.rollups.counting import among
from portal.rollups.prepared import Prepared, array
from portal.rollups.ward_rollup import WardRollup, WardRollupClosed

_YEAR = bindparam("year", type_=Integer)
_PERIOD_END = bindparam("period_end", type_=Date)


@dataclass(frozen=True)
class Offered:
    """Years whose plans have cards and last days of periods that are frozen, the latest first; codes of kinds."""

    years: list[int]
    periods: list[date]
    kinds: set[str]


def _offered() -> Prepared:
    """Years and kinds of the running period, closed periods, and the kinds of the closed one that was chosen."""
    live, closed, kind = WardRollup, WardRollupClosed, WardRollup.agency_kind
    no_day, no_year, no_kind = (cast(null(), kind) for kind in (Date, Integer, Text))
    in_year = or_(_YEAR.is_(None), closed.year == _YEAR)
    return Prepared(
        union_all(
            select(no_day, live.year, kind).where(among(live.ward_id)).distinct(),
            select(closed.period_end, no_year, no_kind).where(among(closed.ward_id)).distinct(),
            select(no_day, no_year, closed.agency_kind)
            .where(among(closed.ward_id), closed.period_end == _PERIOD_END, ~closed.corrected, in_year)
            .distinct(),
        )
    )


_PLANS = (
    select(WardRollup.ward_id, WardRollup.plan_id, WardRollup.year)
    .where(among(WardRollup.ward_id))
    .distinct()
    .order_by(WardRollup.ward_id, WardRollup.year.desc(), WardRollup.plan_id)
)
_CLOSED = (
    select(WardRollupClosed.period_end)
    .where(among(WardRollupClosed.ward_id))
    .distinct()
    .order_by(WardRollupClosed.period_end.desc())
)
_OFFERED = _offered()


def offered(city: Session, ward_ids: list[int], *, year: int | None, period_end: date | None) -> Offered:
    """What there is to choose from, and the kinds with cards in the year and period that are chosen."""
    asked = {"ward_ids": array(ward_ids), "year": year, "period_end": period_end}
    years, periods, kinds = set[int](), set[date](), set[str]()
    for closed_on, of_year, kind in _OFFERED.rows(city, asked):
        if closed_on:
            periods.add(closed_on)
        elif of_year:
            years.add(of_year)
        if kind and (of_year is None if period_end else of_year and year in {None, of_year}):
            kinds.add(kind)
    return Offered(sorted(years, reverse=True), sorted(periods, reverse=True), kinds)


def plans_of(city: Session, ward_ids: list[int]) -> dict[int, list[tuple[uuid.UUID, int]]]:
    """Each ward's plans with their year, the latest first; NO_PLAN for cards added by hand. No titles."""
    found: dict[int, list[tuple[uuid.UUID, int]]] = {}
    for ward_id, plan_id, year in city.connection().execute(_PLANS, {"ward_ids": ward_ids}):
        found.setdefault(ward_id, []).append((plan_id, year))
    return found


def periods_closed(city: Session, ward_ids: list[int]) -> list[date]:
    """The last days of the periods that are frozen, the latest first."""
    return list(city.connection().scalars(_CLOSED, {"ward_ids": ward_ids}))
