"""Bringing the published rows of some wards up to date: each statement touches only rows that must change."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    Date,
    Integer,
    Table,
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
    true,
    union,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from portal.db import Base
from portal.rollups.counting import COUNTABLE, COUNTED, KEY, NOW, TODAY, WARD_IDS, among
from portal.rollups.figures import NAMES
from portal.rollups.ward_rollup import EVERY_YEAR, WardRollup, WardRollupDay, WardRollupState
from portal.tenants.report_period import closing_days, reporting_year
from portal.wording import local_day


def shelve(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Count the wards and write what differs; the rows of a ward that are right already stay untouched."""
    connection, today = session.connection(), local_day(now)
    asked = {"ward_ids": ward_ids, "today": today, "now": now}
    connection.execute(_WRITE_ROWS, asked)
    gone = connection.execute(_DROP_GONE_ROWS, asked).all()
    connection.execute(
        _KEEP_DAY, {**asked, "gone": [row[0] for row in gone], "years": [row[1] for row in gone]}
    )


def move_moments(
    session: Session,
    ward_ids: list[int],
    now: datetime,
    *,
    looked_at: Container[int],
    recheck: Container[int],
) -> None:
    """Write down when the wards were counted, which had their closed periods `looked_at`, which have still to."""
    today = local_day(now)
    asked = {
        "ward_ids": ward_ids,
        "now": now,
        "today": today,
        "looked_at": [ward in looked_at for ward in ward_ids],
        "recheck": [ward in recheck for ward in ward_ids],
        "closed_until": max(_closed_before(today)),
    }
    session.connection().execute(_MOVE_MOMENTS, asked)


def _closed_before(today: date) -> Iterator[date]:
    year = reporting_year(today)
    return (day for each in (year - 1, year) for day in closing_days(each) if day < today)


def table_of(row: type[Base]) -> Table:
    """The bare table: the mapper's way of inserting many rows is not wanted here."""
    return Base.metadata.tables[f"app.{row.__tablename__}"]


def where_different(
    stored: Insert,
    row: type[Base],
    key: Sequence[str],
    judged: Sequence[str],
    also: Sequence[str] = (),
    made: Mapping[str, Any] = MappingProxyType({}),
) -> Insert:
    """Rewrite a row that is there only when one of the `judged` columns differs; `also` moves with them.

    `made`: judged columns that become something else than what is stored anew.
    """
    fresh = {name: stored.excluded[name] for name in judged} | dict(made)
    differs = or_(*(getattr(row, name).is_distinct_from(value) for name, value in fresh.items()))
    kept = fresh | {name: stored.excluded[name] for name in also}
    return stored.on_conflict_do_update(index_elements=list(key), set_=kept, where=differs)


def _write_rows() -> Insert:
    fresh = COUNTED.subquery("fresh")
    source = select(*(fresh.c[name] for name in (*KEY, *NAMES)), NOW)
    stored = insert(table_of(WardRollup)).from_select([*KEY, *NAMES, "as_of"], source)
    return where_different(stored, WardRollup, KEY, NAMES, also=("as_of",))


def _move_moments() -> Insert:
    wards = (
        func.unnest(
            WARD_IDS,
            bindparam("looked_at", type_=ARRAY(Boolean)),
            bindparam("recheck", type_=ARRAY(Boolean)),
        )
        .table_valued(
            column("ward_id", Integer), column("looked_at", Boolean), column("recheck", Boolean), name="wards"
        )
        .render_derived()
    )
    until = case((wards.c.looked_at, bindparam("closed_until", type_=Date)), else_=null())
    names = ["ward_id", "as_of", "counted_on", "closed_until", "recheck"]
    stored = insert(table_of(WardRollupState)).from_select(
        names, select(wards.c.ward_id, NOW, TODAY, until, wards.c.recheck)
    )
    moved: dict[str, Any] = {name: stored.excluded[name] for name in ("as_of", "counted_on", "recheck")}
    moved["closed_until"] = func.coalesce(stored.excluded.closed_until, WardRollupState.closed_until)
    return stored.on_conflict_do_update(index_elements=["ward_id"], set_=moved)


def _years_to_keep() -> Any:
    """Each ward with every year it has rows of, or had until now, and with all of them together."""
    live, state = WardRollup, WardRollupState
    gone = (
        func.unnest(bindparam("gone", type_=ARRAY(Integer)), bindparam("years", type_=ARRAY(Integer)))
        .table_valued(column("ward_id", Integer), column("year", Integer), name="gone")
        .render_derived()
    )
    return union(
        select(live.ward_id, live.year).where(among(live.ward_id)),
        select(gone.c.ward_id, gone.c.year),
        select(state.ward_id, literal(EVERY_YEAR)).where(among(state.ward_id)),
    ).subquery("kept")


def _keep_day() -> Insert:
    """From the rows just written, beside the ward's moment, so that a ward without cards keeps its zeros."""
    kept, day = _years_to_keep(), WardRollupDay
    of_year = or_(kept.c.year == EVERY_YEAR, WardRollup.year == kept.c.year)
    sums = [func.coalesce(func.sum(getattr(WardRollup, name)), 0).label(name) for name in NAMES]
    summed = (
        select(kept.c.ward_id, kept.c.year, *sums)
        .outerjoin(WardRollup, (WardRollup.ward_id == kept.c.ward_id) & of_year)
        .group_by(kept.c.ward_id, kept.c.year)
        .subquery("summed")
    )
    stood = (
        select(*(getattr(day, name) for name in NAMES))
        .where(day.ward_id == summed.c.ward_id, day.year == summed.c.year, day.day <= TODAY)
        .order_by(day.day.desc())
        .limit(1)
        .lateral("stood")
    )
    changed = or_(*(summed.c[name].is_distinct_from(stood.c[name]) for name in NAMES))
    source = select(summed.c.ward_id, summed.c.year, TODAY, *(summed.c[name] for name in NAMES))
    stored = insert(table_of(day)).from_select(
        ["ward_id", "year", "day", *NAMES], source.outerjoin(stood, true()).where(changed)
    )
    return where_different(stored, day, ("ward_id", "year", "day"), NAMES)


_STANDS_BEHIND = exists(COUNTABLE.c.ward_id).where(
    *(COUNTABLE.c[name] == getattr(WardRollup, name) for name in KEY)
)
_MOVE_MOMENTS = _move_moments()
_WRITE_ROWS = _write_rows()
_DROP_GONE_ROWS = (
    delete(table_of(WardRollup))
    .where(among(WardRollup.ward_id), ~_STANDS_BEHIND)
    .returning(WardRollup.ward_id, WardRollup.year)
)
_KEEP_DAY = _keep_day()
