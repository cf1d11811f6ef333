"""What the rollup asks: which wards to count (the rollup's role), and what they published (the city's role)."""

from datetime import date, datetime

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, exists, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.rollups.figures import NAMES, Figures
from portal.rollups.ward_rollup import WardRollup, WardRollupDay, WardRollupState
from portal.tasks.board_change import BoardChange
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

#: The wards that a statement is asked for, one array: 17 and 3,321 of them are the same statement.
WARD_IDS = bindparam("ward_ids", type_=ARRAY(Integer))


def among(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Only rows of WARD_IDS; where a role's policy says the same, this is the second fence."""
    return column == any_(WARD_IDS)


def all_wards(rollup: Session) -> list[int]:
    """The ids of the wards at work."""
    return list(rollup.scalars(select(Ward.id).where(Ward.valid_to.is_(None)).order_by(Ward.id)))


def changed_wards(rollup: Session, today: date, limit: int) -> list[int]:
    """Wards with marks that nobody counted yet, and wards last counted before `today`: overdue depends on the day."""
    marked = exists(BoardChange.ward_id).where(BoardChange.ward_id == Ward.id)
    stale = exists(WardRollupState.ward_id).where(
        WardRollupState.ward_id == Ward.id, WardRollupState.counted_on < today
    )
    at_work = Ward.valid_to.is_(None)
    asked = select(Ward.id).where(or_(marked, stale & at_work)).order_by(Ward.id).limit(limit)
    return list(rollup.scalars(asked))


def counted_before(rollup: Session, ward_ids: list[int], today: date) -> list[int]:
    """Those of the wards that were last counted before `today`."""
    asked = select(WardRollupState.ward_id).where(
        among(WardRollupState.ward_id), WardRollupState.counted_on < today
    )
    return list(rollup.scalars(asked, {"ward_ids": ward_ids}))


def wards_under(session: Session, unit_id: int, on: date) -> list[Ward]:
    """The wards that the unit or any office below it oversees on a day, by name."""
    below = select(OversightUnit.id).where(OversightUnit.id == unit_id).cte("below", recursive=True)
    # A set, not a list: a loop in the tree of offices must not become a loop here.
    below = below.union(select(OversightUnit.id).join(below, OversightUnit.parent_id == below.c.id))
    asked = (
        select(Ward)
        .where(Ward.oversight_unit_id.in_(select(below.c.id)), _valid(on))
        .order_by(Ward.name, Ward.id)
    )
    return list(session.scalars(asked))


def _valid(on: date) -> ColumnElement[bool]:
    begun = or_(Ward.valid_from.is_(None), Ward.valid_from <= on)
    return begun & or_(Ward.valid_to.is_(None), Ward.valid_to > on)


def enter_wards(city: Session, ward_ids: list[int]) -> None:
    """Open the shelf of these wards, and of no others, for the rest of this transaction."""
    city.execute(text("select app.enter_wards(cast(:ward_ids as int[]))"), {"ward_ids": ward_ids})


def moments_of(city: Session, ward_ids: list[int]) -> dict[int, datetime]:
    """When each of these entered wards was last counted; those that published nothing are missing."""
    asked = select(WardRollupState).where(among(WardRollupState.ward_id))
    return {state.ward_id: state.as_of for state in city.scalars(asked, {"ward_ids": ward_ids})}


def figures_by_kind(city: Session, ward_ids: list[int]) -> dict[int, dict[str, Figures]]:
    """These entered wards' figures by kind of agency, all plans together."""
    sums = [func.sum(getattr(WardRollup, name)) for name in NAMES]
    keys = (WardRollup.ward_id, WardRollup.agency_kind)
    asked = select(*keys, *sums).where(among(WardRollup.ward_id)).group_by(*keys)
    found: dict[int, dict[str, Figures]] = {}
    for ward_id, kind, *numbers in city.execute(asked, {"ward_ids": ward_ids}):
        found.setdefault(ward_id, {})[kind] = Figures(*numbers)
    return found


def figures_on(city: Session, ward_ids: list[int], days: list[date]) -> dict[int, dict[date, Figures]]:
    """These entered wards' figures as they were on some days; a day that was not counted is missing."""
    day = WardRollupDay
    columns = (day.ward_id, day.day, *(getattr(day, name) for name in NAMES))
    found: dict[int, dict[date, Figures]] = {}
    asked = select(*columns).where(among(day.ward_id), day.day.in_(days))
    for ward_id, counted, *numbers in city.execute(asked, {"ward_ids": ward_ids}):
        found.setdefault(ward_id, {})[counted] = Figures(*numbers)
    return found
