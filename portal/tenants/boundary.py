"""The wall between wards: the only Python that knows how it is kept.

Two fences, each enough alone: the policy in PostgreSQL (row-level security, opened by `app.enter_ward`) and a
predicate that one event adds to every statement about ward rows. See the README, "How wards are kept apart".
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Executable, Integer, bindparam, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    mapped_column,
    with_loader_criteria,
)

from portal.db import Base, db, new_id
from portal.errors import NoWard, OtherWard
from portal.versions import changed

_entered: ContextVar[int | None] = ContextVar("entered_ward", default=None)


def entered_ward() -> int:
    """The id of the ward this request or job works in. Raises NoWard when none was entered."""
    ward_id = _entered.get()
    if ward_id is None:
        raise NoWard("no ward was entered")
    return ward_id


class WardRow(Base):
    """A row that belongs to one ward: keyed (ward_id, id), walled, filled with the entered ward by itself."""

    __abstract__ = True

    ward_id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-10, default=entered_ward)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-9)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": new_id(), **values})


#: Said first in every transaction, and so in the driver's own words: nothing to compile.
_ENTER_WARD = "select app.enter_ward(%s)"

#: Which ward it is, is asked when a statement runs; so the predicate itself is made once, and compiled once.
_ENTERED = bindparam("entered_ward", callable_=entered_ward, type_=Integer())
_PREDICATE = with_loader_criteria(
    WardRow, lambda row: row.ward_id == _ENTERED, include_aliases=True, track_closure_variables=False
)
#: Statements that live as long as the program are fenced, and so compiled, only once.
_fenced: WeakKeyDictionary[Executable, Executable] = WeakKeyDictionary()


@contextmanager
def inside_ward(ward_id: int) -> Iterator[None]:
    """Work in one ward: everything `db.session` reads or writes is this ward's."""
    token = _entered.set(ward_id)
    try:
        yield
    finally:
        _entered.reset(token)


def enter_ward(ward_id: int) -> None:
    """Enter a ward for the rest of this request; `leave_ward` undoes it at the end."""
    _entered.set(ward_id)


def leave_ward(_error: BaseException | None = None) -> None:
    """Forget the ward: the next request on this thread starts outside."""
    _entered.set(None)


def build_wall() -> None:
    """Put both fences on the web's session. Called once, when the app is made."""
    factory = db.session.session_factory
    if not event.contains(factory, "after_begin", _open_policy):
        event.listen(factory, "after_begin", _open_policy)
        event.listen(factory, "do_orm_execute", _add_predicate)
        event.listen(factory, "before_flush", _refuse_foreign_rows)


def _open_policy(_session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        connection.exec_driver_sql(_ENTER_WARD, (entered_ward(),))


def this_ward() -> str:
    """The name under which the entered ward has its version (portal/versions.py): whatever writes a row of it, on the
    web or in a job, gives it a new one.
    """
    return f"ward:{entered_ward()}"


def _add_predicate(state: ORMExecuteState) -> None:
    if not state.is_select:
        changed(this_ward())
    if state.is_select or state.is_update or state.is_delete:
        if state.is_column_load or state.is_relationship_load:
            return
        fenced = _fenced.get(state.statement)
        state.statement = _fence(state.statement) if fenced is None else fenced


def _fence(statement: Executable) -> Executable:
    fenced = _fenced[statement] = statement.options(_PREDICATE)
    return fenced


def _refuse_foreign_rows(session: Session, _context: object, _instances: object) -> None:
    ward_id = entered_ward()
    written = [row for row in [*session.new, *session.dirty, *session.deleted] if isinstance(row, WardRow)]
    for row in written:
        if row.ward_id not in (None, ward_id):
            raise OtherWard(f"a row of ward {row.ward_id} in ward {ward_id}")
    if written:
        changed(this_ward())
