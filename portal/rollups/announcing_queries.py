"""What the publisher of sensitive figures reads and writes (the rollup's role)."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, DateTime, and_, bindparam, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.rollups.counting import among
from portal.rollups.reading_shelving import READING, REPORTER
from portal.rollups.shelving import table_of
from portal.rollups.unit_reading import CountedReading, ReadingPublication, UnitReading
from portal.rollups.veiling import Entry
from portal.rollups.ward_reading import WardReading
from portal.tenants.report_period import reporting_year

_END = bindparam("period_end", type_=Date)
_BEGUN = bindparam("begun", type_=DateTime(timezone=True))

_COUNTED = CountedReading
_STOOD = and_(
    READING.c.ward_id == REPORTER.c.ward_id,
    READING.c.reporter_id == REPORTER.c.id,
    READING.c.period_end == _END,
    READING.c.entered_at < _BEGUN,
    or_(READING.c.replaced_at.is_(None), READING.c.replaced_at >= _BEGUN),
)
_ENTRIES = (
    select(
        *(REPORTER.c.ward_id, REPORTER.c.id, REPORTER.c.unit_target_id, REPORTER.c.measure),
        *(READING.c.numerator, READING.c.denominator),
        func.coalesce(_COUNTED.counted, 0),
        func.coalesce(_COUNTED.is_open, true()),
    )
    .select_from(REPORTER)
    .outerjoin(READING, _STOOD)
    .outerjoin(_COUNTED, and_(_COUNTED.ward_id == REPORTER.c.ward_id, _COUNTED.reporter_id == REPORTER.c.id))
    .where(
        among(REPORTER.c.ward_id),
        REPORTER.c.sensitive,
        REPORTER.c.measure != "points",
        REPORTER.c.year == bindparam("year"),
        or_(_COUNTED.period_end.is_(None), _COUNTED.period_end < _END),
        or_(READING.c.numerator.is_not(None), _COUNTED.counted.is_not(None)),
    )
    .order_by(REPORTER.c.ward_id, REPORTER.c.id)
)
_OFFICES = (
    select(UnitReading.unit_id, UnitReading.numerator)
    .where(UnitReading.unit_target_id == bindparam("unit_target_id"), UnitReading.year == bindparam("year"))
    .where(UnitReading.period_end < _END)
    .order_by(UnitReading.period_end)
)
_SHELVED = select(WardReading.ward_id, WardReading.reporter_id).where(
    among(WardReading.ward_id), WardReading.period_end == _END, WardReading.sensitive
)
_PUBLICATIONS = select(ReadingPublication.unit_id).where(ReadingPublication.period_end == _END)

#: That a period is published below a top; touches no row when it was before.
MARK = insert(table_of(ReadingPublication)).on_conflict_do_nothing()

#: The numbers that may be told of one ward.
TELL = (
    update(table_of(WardReading))
    .where(
        WardReading.ward_id == bindparam("ward"),
        WardReading.reporter_id == bindparam("reporter"),
        WardReading.period_end == bindparam("end"),
        WardReading.sensitive,
    )
    .values(numerator=bindparam("numerator"), denominator=bindparam("denominator"))
)

#: The sums that may be told of an office.
SUM_UP = insert(table_of(UnitReading))

_counting = insert(table_of(CountedReading))
#: How far a ward is counted now.
COUNT = _counting.on_conflict_do_update(
    index_elements=["ward_id", "reporter_id"],
    set_={name: _counting.excluded[name] for name in ("period_end", "counted", "is_open")},
)


def entries_of(rollup: Session, wards: Mapping[int, int], period_end: date, begun: datetime) -> list[Entry]:
    """The sensitive figures of these wards (with the office of each) as they stood at a moment."""
    asked = {"ward_ids": list(wards), "period_end": period_end, "begun": begun}
    found = rollup.connection().execute(_ENTRIES, asked | {"year": reporting_year(period_end)})
    return [Entry(row[0], row[1], wards[row[0]], *row[2:]) for row in found]


def told_of_offices(
    rollup: Session, unit_target_id: uuid.UUID, year: int, period_end: date
) -> dict[int, int | None]:
    """What was last told of each office in the year before this period; None is hidden."""
    asked = {"unit_target_id": unit_target_id, "year": year, "period_end": period_end}
    return dict(rollup.connection().execute(_OFFICES, asked).tuples().all())


def publications(rollup: Session, period_end: date) -> set[int]:
    """The tops below which this period is published."""
    return set(rollup.scalars(_PUBLICATIONS, {"period_end": period_end}))


def shelved(rollup: Session, ward_ids: list[int], period_end: date) -> set[tuple[int, uuid.UUID]]:
    """The sensitive rows of a period that are there to take numbers: ward and reporter."""
    asked = {"ward_ids": ward_ids, "period_end": period_end}
    return set(rollup.connection().execute(_SHELVED, asked).tuples())
