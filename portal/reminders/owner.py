"""Who holds claims: a number, and a lock in the database that falls when its process dies."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from portal.db import db


@contextmanager
def living_owner() -> Iterator[int]:
    """A number to claim with; its session lock tells the others that we are alive (reminders.md 3.3)."""
    owner = secrets.randbelow(2**31 - 1) + 1
    engine = db.engines["dispatch"].execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:owner)"), {"owner": owner})
        try:
            yield owner
        finally:
            connection.execute(text("select pg_advisory_unlock(:owner)"), {"owner": owner})
