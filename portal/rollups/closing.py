"""Closed periods: frozen once, as the board stood at the end of their last day; what changes later is a correction.

Of a correction only figures that the cards' moments still tell for that day are recounted (MOVING); the others
(extensions, evidence, obstacles, answers) go on after every close and stay as frozen.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ARRAY,
    Date,
    Delete,
    and_,
    any_,
    bindparam,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session, aliased

from portal.rollups.counting import COUNTED_ON, NOW, among
from portal.rollups.figures import NAMES
from portal.rollups.shelving import table_of, where_different
from portal.rollups.ward_rollup import WardRollupClosed
from portal.tenants.report_period import closing_days, reporting_year

#: The figures that a closed period may be corrected in.
MOVING = ("done_on_time", "done_late", "open_in_time", "open_overdue", "awaiting_approval")

#: How far back a closed period is still compared with the board.
_LOOK_BACK = timedelta(days=366)

_DAYS = bindparam("days", type_=ARRAY(Date))
_CLOSED_KEY = ("ward_id", "period_end", "year", "plan_id", "agency_kind")


def days_to_close(closed_until: date | None, today: date) -> tuple[date, ...]:
    """The ends of periods to freeze now: since the last one frozen; of this reporting year in a ward never counted."""
    year = reporting_year(today)
    days = closing_days(year) if closed_until is None else (*closing_days(year - 1), *closing_days(year))
    return tuple(day for day in days if day < today and (closed_until is None or day > closed_until))


def freeze(session: Session, ward_ids: list[int], days: tuple[date, ...], now: datetime) -> None:
    """Keep how these wards stood at the end of these days; a row that is frozen already stays as it is."""
    session.connection().execute(_FREEZE, {"ward_ids": ward_ids, "days": list(days), "now": now})


def correct(session: Session, ward_ids: list[int], today: date, now: datetime) -> None:
    """Compare the frozen periods of a year with the board: differences become corrections, healed ones go."""
    year = reporting_year(today)
    days = [day for one in (year - 1, year) for day in closing_days(one) if today - _LOOK_BACK <= day < today]
    asked = {"ward_ids": ward_ids, "days": days, "now": now}
    session.connection().execute(_CORRECT, asked)
    session.connection().execute(_DROP_HEALED, asked)


def _freeze() -> Insert:
    fresh = COUNTED_ON.subquery("fresh")
    columns = [*_CLOSED_KEY, *NAMES]
    source = select(*(fresh.c[name] for name in columns), false(), NOW)
    stored = insert(table_of(WardRollupClosed)).from_select([*columns, "corrected", "as_of"], source)
    return stored.on_conflict_do_nothing()


def _correct() -> Insert:
    closed = table_of(WardRollupClosed)
    frozen = (
        select(closed)
        .where(among(closed.c.ward_id), closed.c.period_end == any_(_DAYS), ~closed.c.corrected)
        .subquery("frozen")
    )
    again, known = COUNTED_ON.subquery("again"), closed.alias("known")
    same = and_(*(frozen.c[name] == again.c[name] for name in _CLOSED_KEY))
    key = {name: func.coalesce(again.c[name], frozen.c[name]) for name in _CLOSED_KEY}
    figures = [func.coalesce((again if name in MOVING else frozen).c[name], 0).label(name) for name in NAMES]
    differs = or_(*(func.coalesce(again.c[name], 0) != func.coalesce(frozen.c[name], 0) for name in MOVING))
    was_closed = exists().where(
        known.c.ward_id == key["ward_id"], known.c.period_end == key["period_end"], ~known.c.corrected
    )
    has_one = exists().where(known.c.corrected, *(known.c[name] == key[name] for name in _CLOSED_KEY))
    source = (
        select(*key.values(), true(), *figures, NOW)
        .select_from(again.join(frozen, same, full=True))
        .where(was_closed, or_(differs, has_one))
    )
    stored = insert(closed).from_select([*_CLOSED_KEY, "corrected", *NAMES, "as_of"], source)
    return where_different(stored, WardRollupClosed, (*_CLOSED_KEY, "corrected"), MOVING, also=("as_of",))


def _drop_healed() -> Delete:
    frozen, row = aliased(WardRollupClosed), WardRollupClosed
    as_frozen = exists(frozen.ward_id).where(
        ~frozen.corrected,
        *(getattr(frozen, name) == getattr(row, name) for name in (*_CLOSED_KEY, *MOVING)),
    )
    new = ~exists(frozen.ward_id).where(
        ~frozen.corrected, *(getattr(frozen, name) == getattr(row, name) for name in _CLOSED_KEY)
    )
    nothing = and_(new, *(getattr(row, name) == 0 for name in MOVING))
    return delete(table_of(row)).where(
        among(row.ward_id), row.period_end == any_(_DAYS), row.corrected, or_(as_frozen, nothing)
    )


_FREEZE = _freeze()
_CORRECT = _correct()
_DROP_HEALED = _drop_healed()
