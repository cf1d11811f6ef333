"""Publishing the figures of targets: one row for each period that has begun, with two numbers or without."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    Delete,
    Integer,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    case,
    column,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from portal.rollups.counting import NOW, PUBLISHED_KIND, TODAY, among, local_day_of
from portal.rollups.prepared import Prepared, array
from portal.rollups.shelving import differ, matches, table_of, where_different
from portal.rollups.ward_reading import WardReading
from portal.tenants.agency import Agency
from portal.tenants.periods import Rhythm, periods_of
from portal.tenants.report_period import reporting_year


def _readable(name: str, *columns: str) -> Any:
    """The columns of another room's table that the rollup's role may read; the rooms are strangers."""
    return table(name, *map(column, ("ward_id", "id", *columns)), schema="app")


REPORTER = _readable(
    "reporter",
    *("indicator_id", "agency_id", "rhythm", "year", "since", "sensitive", "unit_target_id"),
    *("measure", "falls"),
)
_INDICATOR = _readable("indicator", "target_id", "comparator", "value")
_TARGET = _readable("target", "plan_id")
READING = _readable(
    "reading", "reporter_id", "period_end", "numerator", "denominator", "entered_at", "replaced_at"
)
_KEY = ("ward_id", "reporter_id", "period_end")
_NUMBERS = ("numerator", "denominator", "kept_numerator", "kept_denominator")
_APART = (*_KEY, "as_of", "published_on")
_COLUMNS = tuple(one.name for one in WardReading.__table__.columns if one.name not in _APART)
_YEARS = bindparam("years", type_=ARRAY(Integer))


def shelve_readings(session: Session, ward_ids: list[int], today: date, now: datetime) -> None:
    """Publish the wards' figures of this reporting year and the ones beside it; older years stay as they are."""
    year = reporting_year(today)
    _SHELVE.run(session, {"ward_ids": ward_ids, "today": today, "now": now, **_periods_around(year)})


@lru_cache(maxsize=4)
def _periods_around(year: int) -> Mapping[str, object]:
    """The periods of three years, in words of the driver that are made once."""
    years = [year - 1, year, year + 1]
    periods = [one for rhythm in Rhythm for each in years for one in periods_of(rhythm, each)]
    return {
        "years": years,
        "rhythms": array(one.rhythm.value for one in periods),
        "of_years": array(one.end.year for one in periods),
        "starts": array(one.start for one in periods),
        "ends": array(one.end for one in periods),
        "dues": array(one.due for one in periods),
    }


def _periods() -> Any:
    parts = (("rhythms", Text), ("of_years", Integer), ("starts", Date), ("ends", Date), ("dues", Date))
    names = ("rhythm", "year", "period_start", "period_end", "due_on")
    return (
        func.unnest(*(bindparam(name, type_=ARRAY(kind)) for name, kind in parts))
        .table_valued(
            *(column(name, kind) for name, (_bound, kind) in zip(names, parts, strict=True)), name="period"
        )
        .render_derived()
    )


def _owed(period: Any) -> Any:
    """A reporter's periods that have begun."""
    reporter = REPORTER.c
    return and_(
        reporter.rhythm == period.c.rhythm,
        reporter.year == period.c.year,
        reporter.since <= period.c.period_end,
        period.c.period_start <= TODAY,
    )


def _entered(period: Any) -> Any:
    """What was entered for one period: the figure that counts, the one that stood when it was due, and when."""
    reading, day = READING.c, local_day_of(READING.c.entered_at)
    current = reading.replaced_at.is_(None)
    in_time = and_(
        period.c.due_on < TODAY,
        day <= period.c.due_on,
        or_(current, local_day_of(reading.replaced_at) > period.c.due_on),
    )
    return (
        select(
            func.max(reading.numerator).filter(current).label("numerator"),
            func.max(reading.denominator).filter(current).label("denominator"),
            func.max(reading.numerator).filter(in_time).label("kept_numerator"),
            func.max(reading.denominator).filter(in_time).label("kept_denominator"),
            func.min(day).label("reported_on"),
            case((func.count() > 1, func.max(day)), else_=null()).label("corrected_on"),
        )
        .where(
            reading.ward_id == REPORTER.c.ward_id,
            reading.reporter_id == REPORTER.c.id,
            reading.period_end == period.c.period_end,
        )
        .lateral("entered")
    )


def _standing() -> Select[Any]:
    """KEY and _COLUMNS of every figure that is owed or was entered."""
    period = _periods()
    entered, reporter, indicator = _entered(period), REPORTER.c, _INDICATOR.c
    known = indicator.comparator == any_(bindparam("signs", ["=", ">=", "<=", ">", "<"], type_=ARRAY(Text)))
    made = {
        "agency_kind": PUBLISHED_KIND,
        "plan_id": _TARGET.c.plan_id,
        "comparator": case((known, indicator.comparator), else_="="),
        "target": indicator.value,
    }
    # A sensitive number stays in the ward until the day it may be told (veiling.py).
    made |= {name: case((~reporter.sensitive, entered.c[name])) for name in _NUMBERS}
    sources = (entered.c, period.c, reporter)
    values = [
        (made[name] if name in made else next(one[name] for one in sources if name in one)).label(name)
        for name in _COLUMNS
    ]
    return (
        select(reporter.ward_id, reporter.id.label("reporter_id"), period.c.period_end, *values)
        .select_from(REPORTER)
        .join(period, _owed(period))
        .join(_INDICATOR, and_(indicator.ward_id == reporter.ward_id, indicator.id == reporter.indicator_id))
        .join(_TARGET, and_(_TARGET.c.ward_id == indicator.ward_id, _TARGET.c.id == indicator.target_id))
        .outerjoin(Agency, and_(Agency.ward_id == reporter.ward_id, Agency.id == reporter.agency_id))
        .join(entered, true())
        .where(
            among(reporter.ward_id), or_(reporter.agency_id.is_not(None), entered.c.reported_on.is_not(None))
        )
    )


def _veiled(one: Any) -> ColumnElement[bool]:
    """What is sensitive on both sides: its numbers are the announcement's to write."""
    return and_(one.sensitive, WardReading.sensitive)


def _write(standing: CTE) -> Insert:
    """Rows that stand are left out before anything is inserted: a conflict would lock each of them."""
    shelf = table_of(WardReading)
    is_there = and_(among(shelf.c.ward_id), matches(shelf, standing, _KEY))
    judged = [name for name in _COLUMNS if name not in _NUMBERS]
    different = or_(
        shelf.c.reporter_id.is_(None),
        differ(standing, shelf, judged),
        and_(~_veiled(standing.c), differ(standing, shelf, _NUMBERS)),
    )
    source = select(*standing.c, NOW).select_from(standing.outerjoin(shelf, is_there)).where(different)
    stored = insert(shelf).from_select([*_KEY, *_COLUMNS, "as_of"], source)
    told = {
        name: case((_veiled(stored.excluded), shelf.c[name]), else_=stored.excluded[name])
        for name in _NUMBERS
    }
    return where_different(stored, WardReading, _KEY, judged, also=("as_of",), made=told)


def _drop_gone(standing: CTE) -> Delete:
    shelf = table_of(WardReading)
    stands = exists(literal(1)).select_from(standing)
    return delete(shelf).where(
        among(shelf.c.ward_id),
        shelf.c.year == any_(_YEARS),
        ~stands.where(matches(shelf, standing, _KEY)),
    )


def _shelve() -> Select[Any]:
    standing = _standing().cte("standing")
    return select(literal(1)).add_cte(_write(standing).cte("written"), _drop_gone(standing).cte("gone"))


_SHELVE = Prepared(_shelve())
