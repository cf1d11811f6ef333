"""Bringing the published rows of some wards up to date: each statement touches only rows that must change."""

from datetime import datetime

from sqlalchemy import Table, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from portal.db import Base
from portal.rollups.counting import COUNTABLE, COUNTED, KEY, NOW
from portal.rollups.figures import NAMES
from portal.rollups.queries import TODAY, among
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.wording import local_day


def shelve(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Count the wards and write what differs; the rows of a ward that are right already stay untouched."""
    connection, today = session.connection(), local_day(now)
    asked = {"ward_ids": ward_ids, "today": today, "now": now}
    connection.execute(_WRITE_ROWS, asked)
    connection.execute(_DROP_GONE_ROWS, asked)
    moments = [{"ward_id": ward_id, "as_of": now, "counted_on": today} for ward_id in ward_ids]
    connection.execute(_MOVE_MOMENT, moments)
    connection.execute(_KEEP_DAY, asked)


def _table(row: type[Base]) -> Table:
    """The bare table: the mapper's way of inserting many rows is not wanted here."""
    return Base.metadata.tables[f"app.{row.__tablename__}"]


def _where_different(stored: Insert, row: type[Base], key: list[str], also: tuple[str, ...] = ()) -> Insert:
    """Rewrite a row that is there only when a figure differs; `also` moves with it."""
    differs = or_(*(getattr(row, name) != stored.excluded[name] for name in NAMES))
    kept = {name: stored.excluded[name] for name in (*NAMES, *also)}
    return stored.on_conflict_do_update(index_elements=key, set_=kept, where=differs)


def _write_rows() -> Insert:
    fresh = COUNTED.subquery("fresh")
    source = select(*(fresh.c[name] for name in (*KEY, *NAMES)), NOW)
    stored = insert(_table(WardRollup)).from_select([*KEY, *NAMES, "as_of"], source)
    return _where_different(stored, WardRollup, list(KEY), also=("as_of",))


def _move_moment() -> Insert:
    stored = insert(_table(WardRollupState))
    moved = {name: stored.excluded[name] for name in ("as_of", "counted_on")}
    return stored.on_conflict_do_update(index_elements=["ward_id"], set_=moved)


def _keep_day() -> Insert:
    """From the rows just written, beside the ward's moment, so that a ward without cards keeps its zeros."""
    here = WardRollupState.ward_id
    sums = [func.coalesce(func.sum(getattr(WardRollup, name)), 0) for name in NAMES]
    source = select(here, TODAY, *sums).outerjoin(WardRollup, WardRollup.ward_id == here)
    stored = insert(_table(WardRollupDay)).from_select(
        ["ward_id", "day", *NAMES], source.where(among(here)).group_by(here)
    )
    return _where_different(stored, WardRollupDay, ["ward_id", "day"])


_STANDS_BEHIND = exists(COUNTABLE.c.ward_id).where(
    *(COUNTABLE.c[name] == getattr(WardRollup, name) for name in KEY)
)
_WRITE_ROWS = _write_rows()
_DROP_GONE_ROWS = delete(_table(WardRollup)).where(among(WardRollup.ward_id), ~_STANDS_BEHIND)
_MOVE_MOMENT = _move_moment()
_KEEP_DAY = _keep_day()
