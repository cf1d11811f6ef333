"""What the rollup asks: which wards to count (the rollup's role), and what they published (the city's role).

Statements are built once: building one takes longer than the database takes to answer it.
"""

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    any_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.rollups.figures import NAMES, Figures
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.tasks.board_change import BoardChange
from portal.tenants.ward import Ward

#: The wards that a statement is asked for, one array: 17 and 3,321 of them are the same statement.
WARD_IDS = bindparam("ward_ids", type_=ARRAY(Integer))

#: A local day.
TODAY = bindparam("today", type_=Date)

_DAYS = bindparam("days", type_=ARRAY(Date))


def among(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Only rows of WARD_IDS; where a role's policy says the same, this is the second fence."""
    return column == any_(WARD_IDS)


_AT_WORK = Ward.valid_to.is_(None)
_MARKED = exists(BoardChange.ward_id).where(BoardChange.ward_id == Ward.id)
_COUNTED_BEFORE = WardRollupState.counted_on < TODAY
_STALE = exists(WardRollupState.ward_id).where(WardRollupState.ward_id == Ward.id, _COUNTED_BEFORE)
_KIND = (WardRollup.ward_id, WardRollup.agency_kind)
_DAY = (WardRollupDay.ward_id, WardRollupDay.day)

_ALL = select(Ward.id).where(_AT_WORK).order_by(Ward.id)
_CHANGED = select(Ward.id).where(or_(_MARKED, _STALE & _AT_WORK)).order_by(Ward.id)
_BEHIND = select(WardRollupState.ward_id).where(among(WardRollupState.ward_id), _COUNTED_BEFORE)
_MOMENTS = select(WardRollupState.ward_id, WardRollupState.as_of).where(among(WardRollupState.ward_id))
_BY_KIND = (
    select(*_KIND, *(func.sum(getattr(WardRollup, name)) for name in NAMES))
    .where(among(WardRollup.ward_id))
    .group_by(*_KIND)
)
_ON_DAYS = select(*_DAY, *(getattr(WardRollupDay, name) for name in NAMES)).where(
    among(WardRollupDay.ward_id), WardRollupDay.day == any_(_DAYS)
)


def all_wards(rollup: Session) -> list[int]:
    """The ids of the wards at work."""
    return list(rollup.scalars(_ALL))


def changed_wards(rollup: Session, today: date, limit: int) -> list[int]:
    """Wards with marks that nobody counted yet, and wards last counted before `today`: overdue depends on the day."""
    return list(rollup.scalars(_CHANGED.limit(limit), {"today": today}))


def counted_before(rollup: Session, ward_ids: list[int], today: date) -> list[int]:
    """Those of the wards that were last counted before `today`."""
    return list(rollup.scalars(_BEHIND, {"ward_ids": ward_ids, "today": today}))


def moments_of(city: Session, ward_ids: list[int]) -> dict[int, datetime]:
    """When each of these entered wards was last counted; those that published nothing are missing."""
    return dict(city.connection().execute(_MOMENTS, {"ward_ids": ward_ids}).tuples().all())


def figures_by_kind(city: Session, ward_ids: list[int]) -> dict[int, dict[str, Figures]]:
    """These entered wards' figures by kind of agency, all plans together."""
    found: dict[int, dict[str, Figures]] = {}
    for row in city.connection().execute(_BY_KIND, {"ward_ids": ward_ids}).all():
        found.setdefault(row[0], {})[row[1]] = Figures._make(row[2:])
    return found


def figures_on(city: Session, ward_ids: list[int], days: list[date]) -> dict[int, dict[date, Figures]]:
    """These entered wards' figures as they were on some days; a day that was not counted is missing."""
    found: dict[int, dict[date, Figures]] = {}
    for row in city.connection().execute(_ON_DAYS, {"ward_ids": ward_ids, "days": days}).all():
        found.setdefault(row[0], {})[row[1]] = Figures._make(row[2:])
    return found
