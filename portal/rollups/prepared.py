"""Statements put into the driver's words once, when the program starts, so that the server knows them by name.

SQLAlchemy walks through a statement each time it is executed, to find what it compiled of it before; a statement of
thirty columns and five parts is walked longer than the database needs to answer it.
"""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import ClauseElement, CursorResult, Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """One statement with the values that are always the same; the others are told at each execution, by name."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=_DIALECT))
        binds = {compiled.bind_names[bind]: bind for bind in compiled.binds.values()}
        self._text = str(compiled)
        self._always = {name: bind.value for name, bind in binds.items() if not bind.required}

    def run(self, session: Session, asked: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute it in the session's transaction; what is asked beyond its parameters is passed over."""
        return session.connection().exec_driver_sql(self._text, {**self._always, **asked})
