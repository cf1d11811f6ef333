"""Where an office or a ward stood in the tree before, and what an office was called: the columns say how it is now."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Identity, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base
from portal.errors import Refused
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward


class FormerPlace(Base):
    """One place held until `valid_to` (that day is the first of the next): of an office, or of a ward (`placed_id`)."""

    __tablename__ = "former_place"
    __table_args__ = (
        CheckConstraint("(unit_id is null) <> (placed_id is null)", name="one"),
        CheckConstraint("valid_from is null or valid_from < valid_to", name="dates"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("app.oversight_unit.id"))
    placed_id: Mapped[int | None] = mapped_column(ForeignKey("app.ward.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("app.oversight_unit.id"))
    name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date]
    document: Mapped[str] = mapped_column(default="")


def move_unit(
    auth: Session, unit: OversightUnit, parent_id: int | None, on: date, document: str = ""
) -> None:
    """Hang an office under another from a day on; figures of days before stay where they were. Raises Refused."""
    above = parent_id
    while above is not None:
        if above == unit.id:
            raise Refused("Cơ quan không thể đứng dưới chính nó.")
        above = auth.get_one(OversightUnit, above).parent_id
    _keep(auth, FormerPlace(unit_id=unit.id, parent_id=unit.parent_id, name=unit.name), on, document)
    unit.parent_id = parent_id


def rename_unit(
    auth: Session, unit: OversightUnit, name: str, short_name: str, on: date, document: str = ""
) -> None:
    """Call an office something else from a day on. Raises Refused."""
    _keep(auth, FormerPlace(unit_id=unit.id, parent_id=unit.parent_id, name=unit.name), on, document)
    unit.name, unit.short_name = name, short_name


def move_ward(auth: Session, ward: Ward, unit_id: int | None, on: date, document: str = "") -> None:
    """Let another office oversee a ward from a day on. Raises Refused."""
    _keep(
        auth, FormerPlace(placed_id=ward.id, parent_id=ward.oversight_unit_id, name=ward.name), on, document
    )
    ward.oversight_unit_id = unit_id


def name_on(session: Session, unit: OversightUnit, day: date) -> str:
    """What an office was called on a day."""
    asked = select(FormerPlace.name).where(FormerPlace.unit_id == unit.id, FormerPlace.valid_to > day)
    return session.scalar(asked.order_by(FormerPlace.valid_to).limit(1)) or unit.name


def _keep(auth: Session, place: FormerPlace, on: date, document: str) -> None:
    same = (
        (FormerPlace.unit_id == place.unit_id)
        if place.unit_id
        else (FormerPlace.placed_id == place.placed_id)
    )
    last = auth.scalar(
        select(FormerPlace.valid_to).where(same).order_by(FormerPlace.valid_to.desc()).limit(1)
    )
    if last is not None and last >= on:
        raise Refused("Đã có một lần đổi vào ngày này hoặc sau đó.", status=409)
    place.valid_from, place.valid_to, place.document = last, on, document
    auth.add(place)
    auth.flush()
