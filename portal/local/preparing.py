"""Make the database of a local city ready: `python -m portal.local.preparing VAR database`, then `… VAR demo`.

`… VAR demo --history` fills it with a half-year instead of the few cards of the usual demo.
"""

import os
import sys
from pathlib import Path

import psycopg

from migrations.roles import create_database, create_roles
from migrations.upgrading import upgrade
from portal.local.child import ChildFailed
from portal.local.processes import demo_loading
from portal.local.secrets import made_up_password
from portal.local.settings import DATABASE, local_settings, secrets_of, superuser_url

DEMO_SECONDS = 300.0


def prepare_database(var: Path) -> None:
    """Bring a running PostgreSQL to the newest shape. May be called at every start."""
    create_roles(superuser_url(var), secrets_of(var).roles)
    create_database(superuser_url(var), DATABASE)
    upgrade(local_settings(var)["PORTAL_DB_OWNER_URL"])


def is_empty(var: Path) -> bool:
    """True when the database has no ward yet."""
    with psycopg.connect(superuser_url(var, DATABASE)) as connection:
        row = connection.execute("select not exists (select from app.ward)").fetchone()
    return bool(row and row[0])


def load_demo(var: Path, *options: str) -> None:
    """Fill an empty database as `portal demo` with these options does.

    The password is PORTAL_DEMO_PASSWORD or made up, and kept to be shown again.
    Raises ChildFailed with what the command said.
    """
    secrets = secrets_of(var)
    secrets.demo_password = os.environ.get("PORTAL_DEMO_PASSWORD") or made_up_password()
    loading = demo_loading(var, secrets.demo_password, *options)
    loading.start()
    loading.wait(DEMO_SECONDS)
    if loading.exit_status != 0:
        raise ChildFailed(f"{loading.name}: {loading.last_words()}")
    secrets.keep(var)


def main(var: Path, step: str, *options: str) -> None:
    """Make the database, or fill it when it is empty; ends with 1 and the reason when the demo would not load."""
    if step == "database":
        prepare_database(var)
    elif is_empty(var):
        print("Nạp dữ liệu thử", flush=True)
        try:
            load_demo(var, *options)
        except ChildFailed as failure:
            sys.exit(str(failure))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
