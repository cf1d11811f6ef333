"""Which wards the publisher has to count, and how far their closed periods are frozen (the rollup's role)."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal.rollups.counting import TODAY, among
from portal.rollups.ward_rollup import WardRollupState
from portal.tasks.board_change import BoardChange
from portal.tenants.ward import Ward


class Progress(NamedTuple):
    """How far a ward was counted; the fields mean what they mean in WardRollupState."""

    counted_on: date
    closed_until: date | None
    recheck: bool


_AT_WORK = Ward.valid_to.is_(None)
_MARKED = exists(BoardChange.ward_id).where(BoardChange.ward_id == Ward.id)
_COUNTED_BEFORE = WardRollupState.counted_on < TODAY
_STALE = exists(WardRollupState.ward_id).where(WardRollupState.ward_id == Ward.id, _COUNTED_BEFORE)

_ALL = select(Ward.id).where(_AT_WORK).order_by(Ward.id)
_CHANGED = select(Ward.id).where(or_(_MARKED, _STALE & _AT_WORK)).order_by(Ward.id)
_STATES = select(
    WardRollupState.ward_id, WardRollupState.counted_on, WardRollupState.closed_until, WardRollupState.recheck
).where(among(WardRollupState.ward_id))


def all_wards(rollup: Session) -> list[int]:
    """The ids of the wards at work."""
    return list(rollup.scalars(_ALL))


def changed_wards(rollup: Session, today: date, limit: int) -> list[int]:
    """Wards with marks that nobody counted yet, and wards last counted before `today`: overdue depends on the day."""
    return list(rollup.scalars(_CHANGED.limit(limit), {"today": today}))


def progress_of(rollup: Session, ward_ids: list[int]) -> dict[int, Progress]:
    """How far each of the wards was counted; those never counted are missing."""
    return {
        row[0]: Progress(*row[1:]) for row in rollup.connection().execute(_STATES, {"ward_ids": ward_ids})
    }
