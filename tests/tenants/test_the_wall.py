"""The wall between wards: each fence alone stops a leak, for every table; without both, the tests can see one."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.exc import DBAPIError, ProgrammingError

from portal.db import Base, db
from portal.errors import NoWard, OtherWard
from portal.tasks.card import Card
from portal.tenants import boundary
from portal.tenants.agency import Agency
from portal.tenants.boundary import WardRow, inside_ward
from tests.cards import MARCH, CardMaker
from tests.cast import Cast
from tests.city import Snapshot

WARD_TABLES = sorted(
    (table for table in Base.metadata.tables.values() if "ward_id" in table.columns),
    key=lambda table: table.name,
)

#: Ward tables whose key is not (ward_id, id): counters and published figures, one row for each name or kind.
_KEYED_OTHERWISE = {
    "counted_reading",
    "ward_counter",
    "ward_reading",
    "ward_rollup",
    "ward_rollup_closed",
    "ward_rollup_day",
    "ward_rollup_state",
}


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


def _app_may(table_name: str, verb: str) -> bool:
    return bool(
        db.session.execute(
            text("select has_table_privilege('portal_app', :name, :verb)"),
            {"name": f"app.{table_name}", "verb": verb},
        ).scalar()
    )


@pytest.mark.parametrize("table", WARD_TABLES, ids=lambda table: table.name)
def test_no_statement_reaches_another_wards_rows(
    context: None, cast: Cast, behind_the_wall: Snapshot, table: Base
) -> None:
    """In SQL without any predicate of ours: what South sees of a table is South's, and a write to North is refused."""
    with inside_ward(cast.south):
        if not _app_may(table.name, "select"):
            pytest.skip("the web's role cannot read this table at all")
        seen = db.session.execute(
            text(f"select count(*) from app.{table.name} where ward_id = {cast.north}")
        ).scalar()
        assert seen == 0
        own = db.session.execute(text(f"select count(*) from app.{table.name}")).scalar()
        truth = behind_the_wall.query(
            f"select count(*) from app.{table.name} where ward_id = %s", (cast.south,)
        )
        assert own == truth[0][0]
        if _app_may(table.name, "delete"):
            gone = db.session.execute(text(f"delete from app.{table.name} where ward_id = {cast.north}"))
            assert gone.rowcount == 0
        if _app_may(table.name, "insert"):
            columns = [
                column.name
                for column in table.columns
                if not (column.nullable or column.computed or column.name == "ward_id")
            ]
            with pytest.raises(DBAPIError) as refused:
                db.session.execute(
                    text(
                        f"insert into app.{table.name} (ward_id, {', '.join(map(_quoted, columns))}) "
                        f"select {cast.north}, {', '.join('null' for _ in columns)}"
                    )
                )
            assert getattr(refused.value.orig, "sqlstate", "") in {"42501", "23502"}


def _quoted(column: str) -> str:
    return f'"{column}"'


def test_a_row_cannot_point_at_another_wards_row(context: None, cast: Cast, a_card: CardMaker) -> None:
    with inside_ward(cast.south), pytest.raises(DBAPIError) as refused:
        db.session.add(_card(cast.police))
        db.session.flush()
    assert getattr(refused.value.orig, "sqlstate", "") == "23503"


def _card(agency_id: uuid.UUID) -> Card:
    return Card(number=9000, title="Việc", agency_id=agency_id, created_at=MARCH, changed_at=MARCH)


def test_a_row_of_another_ward_is_refused_before_it_is_sent(context: None, cast: Cast) -> None:
    with inside_ward(cast.south), pytest.raises(OtherWard):
        db.session.add(Agency(ward_id=cast.north, name="Lạc", short_name="Lạc"))
        db.session.flush()


def test_without_a_ward_a_question_is_an_error_and_never_an_empty_page(context: None, cast: Cast) -> None:
    with pytest.raises(NoWard):
        db.session.scalars(select(Agency)).all()


def test_one_transaction_cannot_change_wards(context: None, cast: Cast) -> None:
    with inside_ward(cast.south):
        db.session.execute(text("select 1"))
        with pytest.raises(DBAPIError):
            db.session.execute(text("select app.enter_ward(:ward_id)"), {"ward_id": cast.north})


@pytest.mark.parametrize("fence", ["policy", "predicate", "both", "neither"])
def test_each_fence_alone_stops_a_leak(
    context: None, cast: Cast, behind_the_wall: Snapshot, fence: str
) -> None:
    """`neither` proves that these tests could see a leak if there were one."""
    if fence in {"predicate", "neither"}:
        behind_the_wall.execute("alter table app.agency disable row level security")
    session_factory = db.session.session_factory
    if fence in {"policy", "neither"}:
        event.remove(session_factory, "do_orm_execute", boundary._add_predicate)
    try:
        with inside_ward(cast.south):
            names = set(db.session.scalars(select(Agency.ward_id)))
            changed = db.session.execute(
                update(Agency).where(Agency.id == cast.police).values(position=77)
            ).rowcount
            gone = (
                db.session.execute(delete(Agency).where(Agency.id == cast.schools)).rowcount
                if changed == 0
                else 1
            )
    finally:
        db.session.rollback()
        behind_the_wall.execute("alter table app.agency enable row level security")
        if not event.contains(session_factory, "do_orm_execute", boundary._add_predicate):
            event.listen(session_factory, "do_orm_execute", boundary._add_predicate)
    leaked = names != {cast.south} or changed > 0 or gone > 0
    assert leaked == (fence == "neither")


def test_every_row_of_a_ward_is_declared_as_one() -> None:
    mapped = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
    strangers = {table.name for table in WARD_TABLES if not issubclass(mapped[table.name], WardRow)}
    assert strangers - _KEYED_OTHERWISE == set()


def test_the_web_cannot_rewrite_history(context: None, cast: Cast, a_card: CardMaker) -> None:
    a_card()
    with inside_ward(cast.north), pytest.raises(ProgrammingError):
        db.session.execute(text("update app.card_event set actor_name = 'x'"))


def test_the_web_cannot_read_the_platforms_accounts(context: None, cast: Cast) -> None:
    with inside_ward(cast.north), pytest.raises(ProgrammingError):
        db.session.execute(text("select email from app.person"))
