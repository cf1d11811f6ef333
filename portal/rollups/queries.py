"""What the rollup asks: which wards to count (the rollup's role), and what they published (the city's role).

Statements are built once: building one takes longer than the database takes to answer it.
"""

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Select,
    any_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.rollups.figures import NAMES, Figures
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.tasks.board_change import BoardChange
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

#: The wards that a statement is asked for, one array: 17 and 3,321 of them are the same statement.
WARD_IDS = bindparam("ward_ids", type_=ARRAY(Integer))

#: A local day.
TODAY = bindparam("today", type_=Date)

_UNIT = bindparam("unit_id", type_=Integer)
_DAYS = bindparam("days", type_=ARRAY(Date))


def among(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Only rows of WARD_IDS; where a role's policy says the same, this is the second fence."""
    return column == any_(WARD_IDS)


def _under() -> Select[Ward]:
    below = select(OversightUnit.id).where(OversightUnit.id == _UNIT).cte("below", recursive=True)
    # A set, not a list: a loop in the tree of offices must not become a loop here.
    below = below.union(select(OversightUnit.id).join(below, OversightUnit.parent_id == below.c.id))
    begun = or_(Ward.valid_from.is_(None), Ward.valid_from <= TODAY)
    not_over = or_(Ward.valid_to.is_(None), Ward.valid_to > TODAY)
    overseen = Ward.oversight_unit_id.in_(select(below.c.id))
    return select(Ward).where(overseen, begun, not_over).order_by(Ward.name, Ward.id)


_AT_WORK = Ward.valid_to.is_(None)
_MARKED = exists(BoardChange.ward_id).where(BoardChange.ward_id == Ward.id)
_COUNTED_BEFORE = WardRollupState.counted_on < TODAY
_STALE = exists(WardRollupState.ward_id).where(WardRollupState.ward_id == Ward.id, _COUNTED_BEFORE)
_KIND = (WardRollup.ward_id, WardRollup.agency_kind)
_DAY = (WardRollupDay.ward_id, WardRollupDay.day)

_ALL = select(Ward.id).where(_AT_WORK).order_by(Ward.id)
_CHANGED = select(Ward.id).where(or_(_MARKED, _STALE & _AT_WORK)).order_by(Ward.id)
_BEHIND = select(WardRollupState.ward_id).where(among(WardRollupState.ward_id), _COUNTED_BEFORE)
_UNDER = _under()
_MOMENTS = select(WardRollupState.ward_id, WardRollupState.as_of).where(among(WardRollupState.ward_id))
_BY_KIND = (
    select(*_KIND, *(func.sum(getattr(WardRollup, name)) for name in NAMES))
    .where(among(WardRollup.ward_id))
    .group_by(*_KIND)
)
_ON_DAYS = select(*_DAY, *(getattr(WardRollupDay, name) for name in NAMES)).where(
    among(WardRollupDay.ward_id), WardRollupDay.day == any_(_DAYS)
)
_ENTER = text("select app.enter_wards(cast(:ward_ids as int[]))")


def all_wards(rollup: Session) -> list[int]:
    """The ids of the wards at work."""
    return list(rollup.scalars(_ALL))


def changed_wards(rollup: Session, today: date, limit: int) -> list[int]:
    """Wards with marks that nobody counted yet, and wards last counted before `today`: overdue depends on the day."""
    return list(rollup.scalars(_CHANGED.limit(limit), {"today": today}))


def counted_before(rollup: Session, ward_ids: list[int], today: date) -> list[int]:
    """Those of the wards that were last counted before `today`."""
    return list(rollup.scalars(_BEHIND, {"ward_ids": ward_ids, "today": today}))


def wards_under(session: Session, unit_id: int, on: date) -> list[Ward]:
    """The wards that the unit or any office below it oversees on a day, by name."""
    return list(session.scalars(_UNDER, {"unit_id": unit_id, "today": on}))


def enter_wards(city: Session, ward_ids: list[int]) -> None:
    """Open the shelf of these wards, and of no others, for the rest of this transaction."""
    city.execute(_ENTER, {"ward_ids": ward_ids})


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
