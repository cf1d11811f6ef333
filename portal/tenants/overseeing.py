"""The tree of offices from above: which wards a unit oversees, and which offices stand below it."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from portal.tenants.former_place import FormerPlace
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

_UNIT = bindparam("unit_id", type_=Integer)
_TODAY = bindparam("today", type_=Date)


def _parent_on(own: ColumnElement[bool], now: Any) -> ColumnElement[Any]:
    """Where a row of the tree hung on TODAY: as its column says, unless it stood elsewhere until a later day."""
    then = and_(
        or_(FormerPlace.valid_from.is_(None), FormerPlace.valid_from <= _TODAY), FormerPlace.valid_to > _TODAY
    )
    former = select(FormerPlace.parent_id).where(own, then).order_by(FormerPlace.valid_to).limit(1)
    return case((exists().where(own, then), former.scalar_subquery()), else_=now)


def _overseer() -> Any:
    return _parent_on(FormerPlace.placed_id == Ward.id, Ward.oversight_unit_id)


def _is_at_work() -> ColumnElement[bool]:
    begun = or_(Ward.valid_from.is_(None), Ward.valid_from <= _TODAY)
    return and_(begun, or_(Ward.valid_to.is_(None), Ward.valid_to > _TODAY))


def _under() -> Select[Ward]:
    below = select(OversightUnit.id).where(OversightUnit.id == _UNIT).cte("below", recursive=True)
    # A set, not a list: a loop in the tree of offices must not become a loop here.
    hung = _parent_on(FormerPlace.unit_id == OversightUnit.id, OversightUnit.parent_id)
    below = below.union(select(OversightUnit.id).join(below, hung == below.c.id))
    overseen = _overseer().in_(select(below.c.id))
    return select(Ward).where(overseen, _is_at_work()).order_by(Ward.name, Ward.id)


def _offices() -> Select[OversightUnit]:
    below = select(OversightUnit.id).where(OversightUnit.parent_id == _UNIT).cte("offices", recursive=True)
    below = below.union(select(OversightUnit.id).join(below, OversightUnit.parent_id == below.c.id))
    working = and_(OversightUnit.valid_to.is_(None), OversightUnit.id != _UNIT)
    return select(OversightUnit).join(below, OversightUnit.id == below.c.id).where(working)


_UNDER = _under()
_OFFICES = _offices().order_by(OversightUnit.name, OversightUnit.id)
_HUNG = select(OversightUnit.id, _parent_on(FormerPlace.unit_id == OversightUnit.id, OversightUnit.parent_id))
_PLACED = select(Ward.id, _overseer()).where(_is_at_work())
_ENTER = text("select app.enter_wards(cast(:ward_ids as int[]))")
_ENTER_UNITS = text("select app.enter_units(cast(:unit_ids as int[]))")


def wards_under(session: Session, unit_id: int, on: date) -> list[Ward]:
    """The wards that the unit or any office below it oversaw on a day, as the tree stood then, by name."""
    return list(session.scalars(_UNDER, {"unit_id": unit_id, "today": on}))


def units_below(session: Session, unit_id: int) -> list[OversightUnit]:
    """The offices that stand below the unit now, at any depth, by name."""
    return list(session.scalars(_OFFICES, {"unit_id": unit_id}))


def enter_wards(city: Session, ward_ids: list[int]) -> None:
    """Open what these wards published, and no others, for the rest of this transaction."""
    city.execute(_ENTER, {"ward_ids": ward_ids})


def enter_units(city: Session, unit_ids: list[int]) -> None:
    """Open the sums that were published of these offices, and of no others, for the rest of this transaction."""
    city.execute(_ENTER_UNITS, {"unit_ids": unit_ids})


def tree_on(session: Session, on: date) -> tuple[dict[int, int | None], dict[int, int | None]]:
    """The whole tree as it stood on a day: for each office the one above it, for each ward its office."""
    offices = session.execute(_HUNG, {"today": on}).tuples().all()
    return dict(offices), dict(session.execute(_PLACED, {"today": on}).tuples().all())
