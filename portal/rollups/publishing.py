"""Publishing: a ward's board is counted and the shelf is brought up to date, only where something changed."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.db import drop, keep, session_as
from portal.rollups.counting import Key, count_ward
from portal.rollups.figures import NAMES, Figures
from portal.rollups.queries import all_wards, changed_wards, wards_under
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.tasks.board_change import BoardChange
from portal.wording import local_day

log = logging.getLogger(__name__)

#: The first half of the advisory lock's key, any number; the second half is the ward.
_LOCK = 7204

#: Wards in one run of `publish_changed`, about a second's work; the rest waits for the next run.
_SLICE = 500


def publish_changed(now: datetime) -> list[int]:
    """Publish wards whose board changed, or that were last counted on an earlier day. Returns those that failed."""
    wards = changed_wards(session_as("rollup"), local_day(now), _SLICE)
    return publish_each(wards, now, always=False)


def publish_all(now: datetime) -> list[int]:
    """Count every ward afresh; doing it twice changes nothing. Returns those that failed."""
    return publish_each(all_wards(session_as("rollup")), now)


def publish_unit(unit_id: int, now: datetime) -> list[int]:
    """Count every ward below an oversight unit afresh. Returns those that failed."""
    wards = wards_under(session_as("rollup"), unit_id, local_day(now))
    return publish_each([ward.id for ward in wards], now)


def publish_each(ward_ids: Iterable[int], now: datetime, *, always: bool = True) -> list[int]:
    """Publish wards one after the other. Returns those that failed; they do not stop the others.

    Each ward is kept by itself: its lock is held for milliseconds, and work done is not lost when the run is killed.
    Raises when the database itself is away.
    """
    failed = []
    for ward_id in ward_ids:
        try:
            publish_ward(ward_id, now, always=always)
            keep()
        except DBAPIError as error:
            drop()
            if error.connection_invalidated:
                raise
            log.error("ward %s was not published: %s", ward_id, type(error.orig).__name__)
            failed.append(ward_id)
    return failed


def publish_ward(ward_id: int, now: datetime, *, always: bool = True) -> bool:
    """Count one ward and publish what changed; False when nothing had happened since (unless `always`).

    One publisher a ward at a time. The marks are taken before the count: a change that commits in between is
    counted now and again later, and one that commits after keeps its mark, so none is ever lost.
    """
    session, today = session_as("rollup"), local_day(now)
    session.execute(select(func.pg_advisory_xact_lock(_LOCK, ward_id)))
    marks = delete(BoardChange).where(BoardChange.ward_id == ward_id).returning(BoardChange.id)
    changed = session.execute(marks).first() is not None
    if not (always or changed) and _counted_on(session, ward_id) == today:
        return False
    fresh = count_ward(session, ward_id, today)
    _write_rows(session, ward_id, fresh, now)
    _write_day(session, ward_id, sum(fresh.values(), Figures()), now)
    return True


def _counted_on(session: Session, ward_id: int) -> object:
    return session.scalar(select(WardRollupState.counted_on).where(WardRollupState.ward_id == ward_id))


def _write_rows(session: Session, ward_id: int, fresh: dict[Key, Figures], now: datetime) -> None:
    """Rewrite the rows of which a figure changed, and no other."""
    rows = session.scalars(select(WardRollup).where(WardRollup.ward_id == ward_id))
    known: dict[Key, Figures] = {(row.plan_id, row.agency_kind): row.figures for row in rows}
    changed = [
        {"ward_id": ward_id, "plan_id": plan, "agency_kind": kind, "as_of": now, **_columns(figures)}
        for (plan, kind), figures in fresh.items()
        if known.get((plan, kind)) != figures
    ]
    if changed:
        stored = insert(WardRollup)
        kept = {name: stored.excluded[name] for name in (*NAMES, "as_of")}
        key = ["ward_id", "plan_id", "agency_kind"]
        session.execute(stored.on_conflict_do_update(index_elements=key, set_=kept), changed)
    if gone := known.keys() - fresh.keys():
        here = tuple_(WardRollup.plan_id, WardRollup.agency_kind)
        session.execute(delete(WardRollup).where(WardRollup.ward_id == ward_id, here.in_(gone)))


def _write_day(session: Session, ward_id: int, figures: Figures, now: datetime) -> None:
    """Move the ward's moment; keep the day's figures where they changed."""
    today = local_day(now)
    state = insert(WardRollupState).values(ward_id=ward_id, as_of=now, counted_on=today)
    moved = {name: state.excluded[name] for name in ("as_of", "counted_on")}
    session.execute(state.on_conflict_do_update(index_elements=["ward_id"], set_=moved))
    day = insert(WardRollupDay).values(ward_id=ward_id, day=today, **_columns(figures))
    kept = {name: day.excluded[name] for name in NAMES}
    differs = or_(*(getattr(WardRollupDay, name) != day.excluded[name] for name in NAMES))
    session.execute(day.on_conflict_do_update(index_elements=["ward_id", "day"], set_=kept, where=differs))


def _columns(figures: Figures) -> dict[str, int]:
    return {name: getattr(figures, name) for name in NAMES}
