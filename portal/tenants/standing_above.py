"""Who stood above a ward on which day: the chain of offices with the days of each link, in one question.

Today's tree alone does not do: a plan of a city that was dissolved in July still bound its wards in March.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from portal.tenants.former_place import FormerPlace
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

#: The ends of a link that always was, and of one that stands.
_EVER, _STILL = literal(date(1, 1, 1), Date), literal(date(9999, 12, 31), Date)

_WARD = bindparam("ward_id", type_=Integer)


def _links(row: Any, placed: Any, parent: Any) -> CTE:
    """Every link of these rows to an office: `below`, `above`, and from which day until before which."""
    former = select(
        placed.label("below"),
        FormerPlace.parent_id.label("above"),
        func.coalesce(FormerPlace.valid_from, _EVER).label("since"),
        FormerPlace.valid_to.label("until"),
    ).where(placed.is_not(None), FormerPlace.parent_id.is_not(None))
    last = select(func.max(FormerPlace.valid_to)).where(placed == row.id).scalar_subquery()
    current: Select[Any] = select(
        row.id.label("below"),
        parent.label("above"),
        func.coalesce(last, _EVER).label("since"),
        _STILL.label("until"),
    ).where(parent.is_not(None))
    return union_all(former, current).cte()


def _chain() -> CTE:
    wards = _links(Ward, FormerPlace.placed_id, Ward.oversight_unit_id)
    units = _links(OversightUnit, FormerPlace.unit_id, OversightUnit.parent_id)
    first = select(wards.c.above, wards.c.since, wards.c.until).where(wards.c.below == _WARD)
    chain = first.cte("above", recursive=True)
    since, until = func.greatest(chain.c.since, units.c.since), func.least(chain.c.until, units.c.until)
    return chain.union(
        select(units.c.above, since, until).where(units.c.below == chain.c.above, since < until)
    )


_CHAIN = _chain()


def stands_above(unit_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether this office stands above the ward bound as `ward_id` now."""
    return exists().where(_CHAIN.c.above == unit_id, _CHAIN.c.until == _STILL)


def stood_above(
    unit_id: InstrumentedAttribute[int], day: InstrumentedAttribute[date | None]
) -> ColumnElement[bool]:
    """Whether it stood above that ward on a day, or does now."""
    then = and_(_CHAIN.c.since <= day, day < _CHAIN.c.until)
    return exists().where(_CHAIN.c.above == unit_id, or_(_CHAIN.c.until == _STILL, then))
