"""Which wards the publisher has to count, and how far their closed periods are frozen (the rollup's role)."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, Subquery, and_, bindparam, column, delete, func, select, true, union
from sqlalchemy.orm import Session

from portal.rollups.counting import TODAY, WARD_IDS, among
from portal.rollups.prepared import Prepared
from portal.rollups.shelving import table_of
from portal.rollups.ward_rollup import WardRollupState
from portal.tasks.board_change import BoardChange
from portal.tenants.ward import Ward


class Progress(NamedTuple):
    """How far a ward was counted; the fields mean what they mean in WardRollupState."""

    counted_on: date
    closed_until: date | None
    recheck: bool


class Found(NamedTuple):
    """What the publisher finds of some wards: those that were marked, and how far each was counted before."""

    marked: set[int]
    stood: dict[int, Progress]


#: The first half of the advisory lock's key, any number; the second half is the ward.
_LOCK = 7204


#: What follows in the transaction is planned once for any wards: planning takes longer than counting one of them.
_ONE_PLAN = func.set_config("plan_cache_mode", "force_generic_plan", true())


def _locked(wards: Subquery) -> Select[Any]:
    """In ascending order, so that two publishers never wait for each other in a circle."""
    return select(wards.c.ward_id, func.pg_advisory_xact_lock(_LOCK, wards.c.ward_id), _ONE_PLAN)


def _changed() -> Subquery:
    """From the marks and from the day, never from the list of wards: it costs what changed, not what exists."""
    state = WardRollupState
    stale = (
        select(state.ward_id)
        .join(Ward, Ward.id == state.ward_id)
        .where(state.counted_on < TODAY, Ward.valid_to.is_(None))
    )
    either = union(select(BoardChange.ward_id), stale).subquery("either")
    some = select(either.c.ward_id).where(either.c.ward_id > bindparam("after", type_=Integer))
    return some.order_by(either.c.ward_id).limit(bindparam("limit", type_=Integer)).subquery("changed")


def _asked() -> Subquery:
    asked = func.unnest(WARD_IDS).table_valued(column("ward_id", Integer), name="asked").render_derived()
    # With OFFSET 0 the order is that of the rows that are locked, whatever the planner makes of the rest.
    return select(asked.c.ward_id).order_by(asked.c.ward_id).offset(0).subquery("ordered")


def _take() -> Select[Any]:
    """Marks are deleted in the snapshot in which they are seen."""
    marks = delete(table_of(BoardChange)).where(among(BoardChange.ward_id)).returning(BoardChange.ward_id)
    taken, state, asked = marks.cte("taken"), table_of(WardRollupState), _asked()
    marked = asked.c.ward_id.in_(select(taken.c.ward_id)).label("is_marked")
    return select(
        asked.c.ward_id, marked, state.c.counted_on, state.c.closed_until, state.c.recheck
    ).outerjoin(state, and_(among(state.c.ward_id), state.c.ward_id == asked.c.ward_id))


_ALL = select(Ward.id).where(Ward.valid_to.is_(None)).order_by(Ward.id)
_CLAIM = Prepared(_locked(_changed()))
_LOCK_WARDS = Prepared(_locked(_asked()))
_TAKE = Prepared(_take())


def all_wards(rollup: Session) -> list[int]:
    """The ids of the wards at work."""
    return list(rollup.scalars(_ALL))


def claim_changed(rollup: Session, today: date, *, after: int, limit: int) -> list[int]:
    """Lock wards with marks that nobody counted yet, and wards last counted before `today`: overdue depends on it.

    The next ones by id `after` the ones before. Somebody else may have counted them while this waited for the locks.
    """
    asked = {"today": today, "after": after, "limit": limit}
    return [row[0] for row in _CLAIM.run(rollup, asked)]


def lock_wards(rollup: Session, ward_ids: list[int]) -> None:
    """Wait until nobody else publishes these wards; the rest of the transaction is alone with them."""
    _LOCK_WARDS.run(rollup, {"ward_ids": ward_ids})


def take_marks(rollup: Session, ward_ids: list[int]) -> Found:
    """Take the marks of wards that are locked, and how far they were counted; those never counted are missing."""
    rows = _TAKE.run(rollup, {"ward_ids": ward_ids}).all()
    stood = {
        row.ward_id: Progress(row.counted_on, row.closed_until, row.recheck)
        for row in rows
        if row.counted_on is not None
    }
    return Found({row.ward_id for row in rows if row.is_marked}, stood)
