"""Bringing the published rows of some wards up to date in one statement that touches only rows that must change."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Delete,
    FromClause,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    case,
    cast,
    column,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from portal.db import Base
from portal.rollups.counting import COUNTED, KEY, NOW, TODAY, WARD_IDS, among
from portal.rollups.figures import NAMES
from portal.rollups.prepared import Prepared
from portal.rollups.ward_rollup import EVERY_YEAR, WardRollup, WardRollupDay, WardRollupState
from portal.tenants.report_period import closing_days, reporting_year
from portal.wording import local_day


def shelve(
    session: Session,
    ward_ids: list[int],
    now: datetime,
    *,
    looked_at: Container[int],
    recheck: Container[int],
) -> None:
    """Count the wards, write what differs, and when they were counted; rows that are right already stay untouched.

    `looked_at`: wards whose closed periods were looked at just now; `recheck`: those that still have to be.
    """
    today = local_day(now)
    asked = {
        "ward_ids": ward_ids,
        "now": now,
        "today": today,
        "looked_at": [ward in looked_at for ward in ward_ids],
        "recheck": [ward in recheck for ward in ward_ids],
        "closed_until": max(_closed_before(today)),
    }
    _SHELVE.run(session, asked)


def _closed_before(today: date) -> Iterator[date]:
    year = reporting_year(today)
    return (day for each in (year - 1, year) for day in closing_days(each) if day < today)


def table_of(row: type[Base]) -> Table:
    """The bare table: the mapper's way of inserting many rows is not wanted here."""
    return Base.metadata.tables[f"app.{row.__tablename__}"]


def matches(one: FromClause, other: FromClause, key: Iterable[str]) -> ColumnElement[bool]:
    """Whether two rows have the same key."""
    return and_(*(one.c[name] == other.c[name] for name in key))


def differ(one: FromClause, other: FromClause, names: Iterable[str]) -> ColumnElement[bool]:
    """Whether two rows say anything else of what is named; a row that is not there differs."""
    said = [tuple_(*(side.c[name] for name in names)) for side in (one, other)]
    return said[0].is_distinct_from(said[1])


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


def _write_rows(fresh: CTE) -> Insert:
    """Rows that stand are left out before anything is inserted: a conflict would lock each of them."""
    shelf = table_of(WardRollup)
    stands = fresh.outerjoin(shelf, and_(among(shelf.c.ward_id), matches(shelf, fresh, KEY)))
    source = select(*(fresh.c[name] for name in (*KEY, *NAMES)), NOW).select_from(stands)
    different = source.where(differ(fresh, shelf, NAMES))
    stored = insert(shelf).from_select([*KEY, *NAMES, "as_of"], different)
    return where_different(stored, WardRollup, KEY, NAMES, also=("as_of",))


def _drop_gone_rows(fresh: CTE) -> Delete:
    shelf = table_of(WardRollup)
    return delete(shelf).where(
        among(shelf.c.ward_id), ~exists(literal(1)).select_from(fresh).where(matches(shelf, fresh, KEY))
    )


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


def _years_to_keep(fresh: CTE) -> Any:
    """Each ward with every year it has rows of, or had until now, and with all of them together."""
    shelf = table_of(WardRollup)
    wards = func.unnest(WARD_IDS).table_valued(column("ward_id", Integer), name="wards").render_derived()
    return union(
        select(fresh.c.ward_id, fresh.c.year),
        select(shelf.c.ward_id, shelf.c.year).where(among(shelf.c.ward_id)),
        select(wards.c.ward_id, literal(EVERY_YEAR)),
    ).subquery("kept")


def _keep_day(fresh: CTE) -> Insert:
    """The day's row of each ward and year whose latest row says something else; a ward without cards has zeros."""
    kept, day = _years_to_keep(fresh), table_of(WardRollupDay)
    of_year = or_(kept.c.year == EVERY_YEAR, fresh.c.year == kept.c.year)
    sums = [cast(func.coalesce(func.sum(fresh.c[name]), 0), Integer).label(name) for name in NAMES]
    summed = (
        select(kept.c.ward_id, kept.c.year, *sums)
        .outerjoin(fresh, and_(fresh.c.ward_id == kept.c.ward_id, of_year))
        .group_by(kept.c.ward_id, kept.c.year)
        .subquery("summed")
    )
    stood = (
        select(*(day.c[name] for name in NAMES))
        .where(day.c.ward_id == summed.c.ward_id, day.c.year == summed.c.year, day.c.day <= TODAY)
        .order_by(day.c.day.desc())
        .limit(1)
        .lateral("stood")
    )
    source = select(summed.c.ward_id, summed.c.year, TODAY, *(summed.c[name] for name in NAMES))
    changed = source.outerjoin(stood, true()).where(differ(summed, stood, NAMES))
    stored = insert(day).from_select(["ward_id", "year", "day", *NAMES], changed)
    return where_different(stored, WardRollupDay, ("ward_id", "year", "day"), NAMES)


def _shelve() -> Select[Any]:
    """All of it on one snapshot: the cards are counted once, and the parts do not see each other's rows."""
    fresh = COUNTED.cte("fresh")
    parts = {
        "written": _write_rows(fresh),
        "gone": _drop_gone_rows(fresh),
        "kept_days": _keep_day(fresh),
        "moved": _move_moments(),
    }
    return select(literal(1)).add_cte(*(part.cte(name) for name, part in parts.items()))


_SHELVE = Prepared(_shelve())
