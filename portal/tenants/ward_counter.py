"""Numbers people say and type (card 12): counted for each ward on its own, so no gap tells of another ward."""

from typing import cast

from sqlalchemy import Executable, ForeignKey, Integer, Table, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, db
from portal.tenants.boundary import entered_ward


class WardCounter(Base):
    """The last number given out under a name in a ward."""

    __tablename__ = "ward_counter"

    ward_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


def take_numbers(name: str, how_many: int = 1) -> range:
    """The next `how_many` numbers of this ward; a concurrent taker waits for our commit."""
    wanted = {"here": entered_ward(), "called": name, "more": how_many}
    last = db.session.execute(_TAKEN, wanted).scalar_one()
    return range(last - how_many + 1, last + 1)


def _taken() -> Executable:
    here = bindparam("here", type_=Integer())
    counter = insert(cast(Table, WardCounter.__table__)).values(
        ward_id=here, name=bindparam("called"), value=bindparam("more")
    )
    return counter.on_conflict_do_update(
        index_elements=["ward_id", "name"],
        set_={"value": WardCounter.value + counter.excluded.value},
        where=WardCounter.ward_id == here,
    ).returning(WardCounter.value)


# Built once: building it takes longer than running it.
_TAKEN = _taken()
