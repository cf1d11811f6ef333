"""Bringing the published rows of some wards up to date: each statement touches only rows that must change."""

from datetime import datetime

from sqlalchemy import Date, DateTime, delete, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from portal.db import Base
from portal.rollups.counting import KEY, countable, counted
from portal.rollups.figures import NAMES
from portal.rollups.queries import among
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.wording import local_day


def write_rows(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Count, and write the rows of which a figure is new or another one than before."""
    fresh = counted(ward_ids, local_day(now)).subquery("fresh")
    columns = [fresh.c[name] for name in (*KEY, *NAMES)]
    source = select(*columns, literal(now, DateTime(timezone=True)))
    stored = insert(WardRollup).from_select([*KEY, *NAMES, "as_of"], source)
    session.execute(_where_different(stored, WardRollup, KEY, also=("as_of",)))


def drop_gone_rows(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Take away rows that no card stands behind any more."""
    cards = countable(ward_ids, local_day(now))
    same_key = (cards.c[name] == getattr(WardRollup, name) for name in KEY)
    stands = exists(cards.c.ward_id).where(*same_key)
    session.execute(delete(WardRollup).where(among(WardRollup.ward_id, ward_ids), ~stands))


def move_moment(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Say that these wards were counted now, whether or not a figure changed."""
    stored = insert(WardRollupState)
    moved = {name: stored.excluded[name] for name in ("as_of", "counted_on")}
    rows = [{"ward_id": ward_id, "as_of": now, "counted_on": local_day(now)} for ward_id in ward_ids]
    session.execute(stored.on_conflict_do_update(index_elements=["ward_id"], set_=moved), rows)


def keep_day(session: Session, ward_ids: list[int], now: datetime) -> None:
    """Keep the day's figures of each ward, zeros included; ask for this after `move_moment`."""
    here = WardRollupState.ward_id
    sums = [func.coalesce(func.sum(getattr(WardRollup, name)), 0) for name in NAMES]
    source = (
        select(here, literal(local_day(now), Date), *sums)
        .outerjoin(WardRollup, WardRollup.ward_id == here)
        .where(among(here, ward_ids))
        .group_by(here)
    )
    stored = insert(WardRollupDay).from_select(["ward_id", "day", *NAMES], source)
    session.execute(_where_different(stored, WardRollupDay, ("ward_id", "day")))


def _where_different(
    stored: Insert, row: type[Base], key: tuple[str, ...], also: tuple[str, ...] = ()
) -> Insert:
    """Rewrite a row that is there only when a figure differs; `also` moves with it."""
    differs = or_(*(getattr(row, name) != stored.excluded[name] for name in NAMES))
    kept = {name: stored.excluded[name] for name in (*NAMES, *also)}
    return stored.on_conflict_do_update(index_elements=list(key), set_=kept, where=differs)
