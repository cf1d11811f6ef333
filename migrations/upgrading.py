"""Bringing a database to the newest shape, one process at a time, and checking the wall afterwards."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

HERE = Path(__file__).parent

#: The number of the newest migration, in a file of its own so that two branches conflict in Git.
HEAD = (HERE / "HEAD").read_text().strip()


class WallBroken(Exception):
    """The catalogue gate found a table, role or grant that breaks the wall; the message names each."""


def upgrade(owner_url: str) -> None:
    """Run the missing migrations as the owner, then the gate. Raises WallBroken when the gate finds a fault."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = owner_url
    command.upgrade(config, "head")
    faults = wall_faults(owner_url)
    if faults:
        raise WallBroken("\n".join(faults))


def wall_faults(url: str) -> list[str]:
    """What the catalogue gate finds; empty when the wall stands (tenancy.md 7.1)."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text((HERE / "gate.sql").read_text()))
            return [f"{rule}: {thing}" for rule, thing in rows]
    finally:
        engine.dispose()
