"""Alembic's entry: one connection as the owner, one migrating process at a time, and no waiting for locks."""

from alembic import context
from sqlalchemy import create_engine, text

#: Any number, the same everywhere: whoever holds it migrates, the others wait.
_LOCK = 7_204_001


def run() -> None:
    """Run the migrations in one transaction."""
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text("create schema if not exists app"))
        connection.commit()
        context.configure(
            connection=connection,
            version_table_schema="app",
            target_metadata=context.config.attributes.get("metadata"),
            include_schemas=True,
            include_name=lambda name, kind, _parents: kind != "schema" or name == "app",
        )
        with context.begin_transaction():
            connection.execute(text("set local lock_timeout = '4s'"))
            connection.execute(text("set local statement_timeout = '60s'"))
            context.run_migrations()
        connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": _LOCK})
        connection.commit()
    engine.dispose()


run()
