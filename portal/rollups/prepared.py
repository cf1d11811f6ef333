"""Statements put into the driver's words once, when the program starts, so that the server knows them by name.

SQLAlchemy walks through a statement each time it is executed, to find what it compiled of it before; a statement of
thirty columns and five parts is walked longer than the database needs to answer it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from psycopg import sql
from sqlalchemy import ClauseElement, CursorResult, Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """One statement. What is always the same stands in its words; the rest is told at each execution, by name."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = cast(SQLCompiler, statement.compile(dialect=_DIALECT))
        text = str(compiled)
        for bind, name in compiled.bind_names.items():
            if not bind.required:
                text = text.replace(f"%({name})s", _written(bind.value))
        self._text = text

    def run(self, session: Session, asked: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute it in the session's transaction; what is asked beyond its parameters is passed over."""
        return session.connection().exec_driver_sql(self._text, dict(asked))

    def rows(self, session: Session, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it answers as the driver's own tuples: a country has tens of thousands of rows."""
        result = self.run(session, asked)
        found: list[tuple[Any, ...]] = list(result.cursor.fetchall()) if result.cursor else []
        result.close()
        return found


def array(values: Iterable[object]) -> str:
    """An array as PostgreSQL reads it, of numbers, days and plain words: the driver would look at each value first."""
    return "{" + ",".join(map(str, values)) + "}"


def _written(value: object) -> str:
    """A value of the program itself (never one that somebody typed) as it stands in the driver's words."""
    return sql.Literal(value).as_string().replace("%", "%%")
