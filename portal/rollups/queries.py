"""What pages, reports and exports ask of the published rows; the only module that reads them for the city's role.

Enter the wards first (`enter_wards`, tenants/overseeing.py); every function takes that session and their ids. Figures
add up: `Figures.together` of any of them is right, percentages come last (figures.py).

* Now: `figures_of` (each ward), `figures_by_kind` (ward x kind, the heat map), `moments_of` ("as of": the oldest is the
  page's).
* A closed period: `figures_by_kind(..., period_end=day)` as frozen; `corrections` what changed since, with both counts.
* History: `figures_on` per ward (ranking, sparklines, change since last week), `sums_on` for all wards (the trend).
* Targets: `readings` with what is not reported yet; `unit_readings` an office's sums of sensitive targets, which are
  never added up from rows; `unit_targets` the words of the unit's own targets.
* Filters: `year` (of the plans; None is all years), `plan_id` (one ward's plan), `period_end`; offering.py says
  which there are. Periods and their names: tenants/report_period.py.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Date,
    Integer,
    Text,
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
from portal.rollups.prepared import Prepared, array
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
_AGENCY_KIND = bindparam("agency_kind", type_=Text)
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


def _sums(row: type[WardRollup] | type[WardRollupClosed], *by: str) -> Prepared:
    """The wards' sums, and `by` which other columns. What is not chosen is no condition."""
    keys = [getattr(row, name) for name in ("ward_id", *by)]
    chosen = [
        or_(bound.is_(None), getattr(row, bound.key) == bound) for bound in (_YEAR, _PLAN_ID, _AGENCY_KIND)
    ]
    if row is WardRollupClosed:
        chosen += [WardRollupClosed.period_end == _PERIOD_END, ~WardRollupClosed.corrected]
    sums = (func.sum(getattr(row, name)) for name in NAMES)
    return Prepared(select(*keys, *sums).where(among(row.ward_id), *chosen).group_by(*keys))


def _history(*, each: bool) -> Prepared:
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
        return Prepared(select(stood.c.ward_id, day.c.day, *figures).select_from(joined))
    return Prepared(select(day.c.day, *map(func.sum, figures)).select_from(joined).group_by(day.c.day))


_MOMENTS = Prepared(
    select(WardRollupState.ward_id, WardRollupState.as_of).where(among(WardRollupState.ward_id))
)
_NOW, _NOW_BY_KIND = _sums(WardRollup), _sums(WardRollup, "agency_kind")
_CLOSED_THEN, _CLOSED_BY_KIND = _sums(WardRollupClosed), _sums(WardRollupClosed, "agency_kind")
_ON_DAYS = _history(each=True)
_SUMS_ON_DAYS = _history(each=False)
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
    return dict(_MOMENTS.rows(city, {"ward_ids": array(ward_ids)}))


def figures_of(
    city: Session, ward_ids: list[int], *, year: int | None = None, period_end: date | None = None
) -> dict[int, Figures]:
    """The wards' figures, all kinds of agencies together; a ward without cards is missing."""
    asked = {"ward_ids": array(ward_ids), "year": year, "plan_id": None, "agency_kind": None}
    sums = _NOW if period_end is None else _CLOSED_THEN
    return {row[0]: Figures._make(row[1:]) for row in sums.rows(city, {**asked, "period_end": period_end})}


def figures_by_kind(
    city: Session,
    ward_ids: list[int],
    *,
    year: int | None = None,
    plan_id: uuid.UUID | None = None,
    period_end: date | None = None,
    kind: str | None = None,
) -> dict[int, dict[str, Figures]]:
    """The wards' figures by kind of agency, or of one `kind`: as they stand now, or as frozen when a period closed."""
    asked = {"ward_ids": array(ward_ids), "year": year, "plan_id": plan_id, "agency_kind": kind}
    sums = _NOW_BY_KIND if period_end is None else _CLOSED_BY_KIND
    return _nested(sums.rows(city, {**asked, "period_end": period_end}))


def figures_on(
    city: Session, ward_ids: list[int], days: Sequence[date], *, year: int | None = None
) -> dict[int, dict[date, Figures]]:
    """The wards' figures as they stood on some days; a day before the ward's first count is missing."""
    return _nested(_ON_DAYS.rows(city, _days_asked(ward_ids, days, year)))


def sums_on(
    city: Session, ward_ids: list[int], days: Sequence[date], *, year: int | None = None
) -> dict[date, Figures]:
    """All these wards together on some days, summed by the database; a day before any count is missing."""
    found = _SUMS_ON_DAYS.rows(city, _days_asked(ward_ids, days, year))
    return {row[0]: Figures._make(row[1:]) for row in sorted(found)}


def _days_asked(ward_ids: list[int], days: Sequence[date], year: int | None) -> dict[str, object]:
    return {"ward_ids": array(ward_ids), "days": array(days), "year": year or EVERY_YEAR}


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


def _nested(rows: Sequence[tuple[Any, ...]]) -> dict[int, dict[Any, Figures]]:
    found: dict[int, dict[Any, Figures]] = {}
    for row in rows:
        found.setdefault(row[0], {})[row[1]] = Figures._make(row[2:])
    return found
