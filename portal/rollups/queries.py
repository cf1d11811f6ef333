"""What pages, reports and exports ask of the published rows; the only module that reads them for the city's role.

Enter the wards first (`enter_wards`, tenants/overseeing.py); every function takes that session and their ids. Figures
add up: `Figures.together` of any of them is right, percentages come last (figures.py).

* Now: `figures_by_kind` (ward x kind, the heat map), `moments_of` ("as of": the oldest one is the page's).
* A closed period: `figures_by_kind(..., period_end=day)` as frozen; `corrections` what changed since, with both counts.
* History: `figures_on` per ward (ranking, sparklines, change since last week), `sums_on` for all wards (the trend).
* Targets: `readings` with what is not reported yet; `unit_readings` an office's sums of sensitive targets, which are
  never added up from rows; `unit_targets` the words of the unit's own targets.
* Filters: `year` (of the plans; None is all years), `plan_id` (one ward's plan), `period_end`; `years`, `plans`,
  `periods_closed` say which there are. Periods and their names: tenants/report_period.py.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from portal.rollups.counting import among
from portal.rollups.figures import NAMES, Figures
from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import WardReading
from portal.rollups.ward_rollup import (
    EVERY_YEAR,
    WardRollup,
    WardRollupClosed,
    WardRollupDay,
    WardRollupState,
)
from portal.tenants.overseeing import enter_units

_YEAR = bindparam("year", type_=Integer)
_PLAN_ID = bindparam("plan_id", type_=Uuid)
_PERIOD_END = bindparam("period_end", type_=Date)
_TARGETS = table(
    "unit_target",
    *(column(name) for name in ("id", "unit_plan_id", "position", "text", "comparator", "value", "unit")),
    schema="app",
)


@dataclass(frozen=True)
class Correction:
    """A row of a closed period that counts differently now. Either is all zero where the row was not there."""

    ward_id: int
    year: int
    plan_id: uuid.UUID
    agency_kind: str
    frozen: Figures
    now: Figures
    as_of: datetime


def _sums(row: type[WardRollup] | type[WardRollupClosed], *more: ColumnElement[bool]) -> Select[Any]:
    keys = (row.ward_id, row.agency_kind)
    chosen = (or_(_YEAR.is_(None), row.year == _YEAR), or_(_PLAN_ID.is_(None), row.plan_id == _PLAN_ID))
    sums = (func.sum(getattr(row, name)) for name in NAMES)
    return select(*keys, *sums).where(among(row.ward_id), *chosen, *more).group_by(*keys)


def _history(*, each: bool) -> Select[Any]:
    """What stood on each asked day, in one pass over the wards' rows: the policy reads its list of wards only once."""
    day = func.unnest(bindparam("days", type_=ARRAY(Date))).table_valued(column("day", Date), name="days")
    day, row = day.render_derived(), WardRollupDay
    until = func.lead(row.day).over(partition_by=row.ward_id, order_by=row.day).label("until")
    stood = (
        select(row.ward_id, row.day, until, *(getattr(row, name) for name in NAMES))
        .where(among(row.ward_id), row.year == _YEAR)
        .subquery("stood")
    )
    on_day = and_(stood.c.day <= day.c.day, or_(stood.c.until.is_(None), stood.c.until > day.c.day))
    joined, figures = stood.join(day, on_day), [stood.c[name] for name in NAMES]
    if each:
        return select(stood.c.ward_id, day.c.day, *figures).select_from(joined)
    return select(day.c.day, *map(func.sum, figures)).select_from(joined).group_by(day.c.day)


_MOMENTS = select(WardRollupState.ward_id, WardRollupState.as_of).where(among(WardRollupState.ward_id))
_NOW_BY_KIND = _sums(WardRollup)
_CLOSED_BY_KIND = _sums(
    WardRollupClosed, WardRollupClosed.period_end == _PERIOD_END, ~WardRollupClosed.corrected
)
_ON_DAYS = _history(each=True)
_SUMS_ON_DAYS = _history(each=False)
_YEARS = select(WardRollup.year).where(among(WardRollup.ward_id)).distinct().order_by(WardRollup.year.desc())
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
_CLOSED_KEY = ("ward_id", "year", "plan_id", "agency_kind")
_CORRECTED = select(WardRollupClosed).where(
    among(WardRollupClosed.ward_id),
    WardRollupClosed.period_end == _PERIOD_END,
    select(1)
    .select_from(again := WardRollupClosed.__table__.alias("again"))
    .where(again.c.corrected, again.c.period_end == _PERIOD_END)
    .where(*(again.c[name] == getattr(WardRollupClosed, name) for name in _CLOSED_KEY))
    .exists(),
)
_READINGS = (
    select(WardReading)
    .where(among(WardReading.ward_id), WardReading.year == _YEAR)
    .order_by(WardReading.unit_target_id, WardReading.period_end, WardReading.ward_id)
)
_UNIT_READINGS = (
    select(UnitReading)
    .where(
        UnitReading.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Integer))), UnitReading.year == _YEAR
    )
    .order_by(UnitReading.unit_target_id, UnitReading.period_end, UnitReading.unit_id)
)
_UNIT_TARGETS = select(*_TARGETS.c).order_by(_TARGETS.c.unit_plan_id, _TARGETS.c.position)


def moments_of(city: Session, ward_ids: list[int]) -> dict[int, datetime]:
    """When each of these wards was last counted; those that published nothing are missing."""
    return dict(city.connection().execute(_MOMENTS, {"ward_ids": ward_ids}).tuples().all())


def figures_by_kind(
    city: Session,
    ward_ids: list[int],
    *,
    year: int | None = None,
    plan_id: uuid.UUID | None = None,
    period_end: date | None = None,
) -> dict[int, dict[str, Figures]]:
    """The wards' figures by kind of agency: as they stand now, or as frozen at the end of a closed period."""
    asked = {"ward_ids": ward_ids, "year": year, "plan_id": plan_id}
    if period_end is None:
        rows = city.connection().execute(_NOW_BY_KIND, asked)
    else:
        rows = city.connection().execute(_CLOSED_BY_KIND, {**asked, "period_end": period_end})
    return _nested(rows.all())


def figures_on(
    city: Session, ward_ids: list[int], days: Sequence[date], *, year: int | None = None
) -> dict[int, dict[date, Figures]]:
    """The wards' figures as they stood on some days; a day before the ward's first count is missing."""
    asked = {"ward_ids": ward_ids, "days": list(days), "year": year or EVERY_YEAR}
    return _nested(city.connection().execute(_ON_DAYS, asked).all())


def sums_on(
    city: Session, ward_ids: list[int], days: Sequence[date], *, year: int | None = None
) -> dict[date, Figures]:
    """All these wards together on some days, summed by the database; a day before any count is missing."""
    asked = {"ward_ids": ward_ids, "days": list(days), "year": year or EVERY_YEAR}
    found = city.connection().execute(_SUMS_ON_DAYS, asked).all()
    return {row[0]: Figures._make(row[1:]) for row in sorted(found)}


def years(city: Session, ward_ids: list[int]) -> list[int]:
    """The years whose plans have cards, the latest first."""
    return list(city.connection().scalars(_YEARS, {"ward_ids": ward_ids}))


def plans(city: Session, ward_ids: list[int]) -> dict[int, list[tuple[uuid.UUID, int]]]:
    """Each ward's plans with their year, the latest first; NO_PLAN for cards added by hand. No titles."""
    found: dict[int, list[tuple[uuid.UUID, int]]] = {}
    for ward_id, plan_id, year in city.connection().execute(_PLANS, {"ward_ids": ward_ids}):
        found.setdefault(ward_id, []).append((plan_id, year))
    return found


def periods_closed(city: Session, ward_ids: list[int]) -> list[date]:
    """The last days of the periods that are frozen, the latest first."""
    return list(city.connection().scalars(_CLOSED, {"ward_ids": ward_ids}))


def corrections(city: Session, ward_ids: list[int], period_end: date) -> list[Correction]:
    """What a closed period counts differently now, row by row; `correction_note` (wording.py) says each in words."""
    asked = {"ward_ids": ward_ids, "period_end": period_end}
    pairs: dict[tuple[int, int, uuid.UUID, str], dict[bool, WardRollupClosed]] = {}
    for row in city.scalars(_CORRECTED, asked):
        pairs.setdefault((row.ward_id, row.year, row.plan_id, row.agency_kind), {})[row.corrected] = row
    return [
        Correction(
            *key, pair[False].figures if False in pair else Figures(), pair[True].figures, pair[True].as_of
        )
        for key, pair in sorted(pairs.items())
    ]


def readings(city: Session, ward_ids: list[int], year: int) -> list[WardReading]:
    """The targets' figures of a year, every period that has begun, by target of the unit.

    Of sensitive ones only what is published and may be told (veiling.py): where a number is None, `standing` says why
    and `publishes_on` from when. Never add sensitive ones up: `unit_readings` has the sums.
    """
    return list(city.scalars(_READINGS, {"ward_ids": ward_ids, "year": year}))


def unit_readings(city: Session, unit_ids: list[int], year: int) -> list[UnitReading]:
    """What is published of the sensitive targets of these offices, each over all its wards, by target and period.

    Opens these offices for the rest of the transaction (`enter_units`): ask for all that are needed at once.
    """
    enter_units(city, unit_ids)
    return list(city.scalars(_UNIT_READINGS, {"unit_ids": unit_ids, "year": year}))


def unit_targets(city: Session) -> list[Any]:
    """The targets that units set in their own plans: id, unit_plan_id, position, text, comparator, value, unit."""
    return list(city.connection().execute(_UNIT_TARGETS).all())


def _nested(rows: Sequence[Any]) -> dict[int, dict[Any, Figures]]:
    found: dict[int, dict[Any, Figures]] = {}
    for row in rows:
        found.setdefault(row[0], {})[row[1]] = Figures._make(row[2:])
    return found
