"""Many new rows of the entered ward in one statement, which is the same however many they are."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Table, TextClause, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from portal.db import db, new_id
from portal.tenants.boundary import WardRow, entered_ward


def put_rows(
    kind: type[WardRow], rows: Iterable[Mapping[str, object]], *, also: str = "", put: str = "ward_id, id"
) -> Sequence[Row[Any]]:
    """Put rows down, given by their columns; what is not named takes its default.

    A statement with a place for each value of each row is long and new each time, which costs the driver more than the
    rows cost the database. `also`: what follows the rows, such as `on conflict do nothing`. Returns the columns `put`
    of those that were put down.
    """
    table = kind.__table__
    assert isinstance(table, Table)
    given = [{**_defaults(table), "ward_id": entered_ward(), "id": new_id(), **row} for row in rows]
    if not given:
        return []
    written = json.dumps(given, default=_as_json, ensure_ascii=False)
    statement = _statement(table.fullname, tuple(sorted(given[0])), f"{also} returning {put}")
    return db.session.execute(statement, {"rows": written}).all()


@cache
def _defaults(table: Table) -> dict[str, object]:
    """The columns' defaults that are plain values."""
    return {
        column.name: column.default.arg
        for column in table.columns
        if isinstance(column.default, ScalarElementColumnDefault)
    }


@cache
def _statement(table: str, columns: tuple[str, ...], after: str) -> TextClause:
    named = ", ".join(f'"{column}"' for column in columns)
    rows = f"jsonb_populate_recordset(null::{table}, cast(:rows as jsonb))"
    return text(f"insert into {table} ({named}) select {named} from {rows} {after}")  # noqa: S608 - names of ours


def _as_json(value: object) -> str:
    """As PostgreSQL reads it back."""
    match value:
        case uuid.UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return f"\\x{value.hex()}"
    raise TypeError(f"no value of a row: {type(value)}")
