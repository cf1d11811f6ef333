"""Publishing: boards are counted and the shelf is brought up to date, only where something changed.

One publisher a ward at a time. Marks are taken before the count: a change that commits in between is counted now and
again later, and one that commits after keeps its mark, so none is ever lost.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.db import drop, keep, session_as
from portal.rollups.closing import correct, days_to_close, freeze
from portal.rollups.publishing_queries import Progress, claim_changed, lock_wards, take_marks
from portal.rollups.reading_shelving import shelve_readings
from portal.rollups.shelving import shelve
from portal.tenants.overseeing import wards_under
from portal.wording import local_day

log = logging.getLogger(__name__)

#: Wards in one transaction: a few milliseconds of work, so nobody waits long for a lock.
_SLICE = 50

#: Slices in one run of `publish_changed`, well below a second of work; the rest waits for the next run.
_SLICES = 10


def publish_changed(now: datetime) -> list[int]:
    """Publish wards whose board changed, or that were last counted on an earlier day. Returns those that failed."""
    failed: list[int] = []
    after = 0
    for _slice in range(_SLICES):
        wards = claim_changed(session_as("rollup"), local_day(now), after=after, limit=_SLICE)
        if not _kept(wards, partial(_publish_locked, wards, now, always=False)):
            failed += _one_by_one(wards, now, always=False)
        if len(wards) < _SLICE:
            break
        after = wards[-1]
    return failed


def publish_unit(unit_id: int, now: datetime) -> list[int]:
    """Count every ward below an oversight unit afresh. Returns those that failed."""
    wards = wards_under(session_as("rollup"), unit_id, local_day(now))
    return publish_each([ward.id for ward in wards], now)


def publish_each(ward_ids: list[int], now: datetime, *, always: bool = True) -> list[int]:
    """Publish wards, a slice at a time. Returns those that failed; they do not stop the others.

    Each slice is kept by itself: locks are held for milliseconds, and work done is not lost when the run is killed.
    A slice that fails is tried again ward by ward. Raises when the database itself is away.
    """
    failed: list[int] = []
    for start in range(0, len(ward_ids), _SLICE):
        some = ward_ids[start : start + _SLICE]
        if not _kept(some, partial(publish, some, now, always=always)):
            failed += _one_by_one(some, now, always=always)
    return failed


def _one_by_one(ward_ids: list[int], now: datetime, *, always: bool) -> list[int]:
    return [
        ward_id
        for ward_id in ward_ids
        if not _kept([ward_id], partial(publish, [ward_id], now, always=always))
    ]


def _kept(ward_ids: list[int], work: Callable[[], object]) -> bool:
    try:
        work()
        keep()
    except DBAPIError as error:
        drop()
        if error.connection_invalidated:
            raise
        log.error("wards %s were not published: %s", ward_ids, type(error.orig).__name__)
        return False
    return True


def publish(ward_ids: list[int], now: datetime, *, always: bool = True) -> list[int]:
    """Count wards and publish what changed, in the caller's transaction. Returns those that were counted.

    Without `always`, a ward in which nothing happened since it was counted, today, is left alone. Closed periods are
    looked at when the day has turned, or `always`: they can wait, the figures of the board cannot.
    """
    lock_wards(session_as("rollup"), ward_ids)
    return _publish_locked(ward_ids, now, always=always)


def _publish_locked(ward_ids: list[int], now: datetime, *, always: bool) -> list[int]:
    session, today = session_as("rollup"), local_day(now)
    marked, stood = take_marks(session, ward_ids)
    turned = {ward for ward in ward_ids if always or (ward in stood and stood[ward].counted_on < today)}
    due = sorted(marked | turned)
    if due:
        looked_at = turned | (marked - set(stood))
        recheck = {ward for ward in due if ward in marked or (ward in stood and stood[ward].recheck)}
        _look_at_closed(session, {ward: stood.get(ward) for ward in sorted(looked_at)}, recheck, now)
        shelve(session, due, now, looked_at=looked_at, recheck=recheck - looked_at)
        shelve_readings(session, due, today, now)
    return due


def _look_at_closed(
    session: Session, wards: Mapping[int, Progress | None], recheck: set[int], now: datetime
) -> None:
    """Freeze what closed since each ward was last looked at; compare what was frozen before where cards changed."""
    today = local_day(now)
    closing = defaultdict[tuple[date, ...], list[int]](list)
    for ward_id, stood in wards.items():
        closing[days_to_close(stood.closed_until if stood else None, today)].append(ward_id)
    for days, ward_ids in closing.items():
        if days:
            freeze(session, ward_ids, days, now)
    changed = [ward_id for ward_id in wards if ward_id in recheck]
    if changed:
        correct(session, changed, today, now)
