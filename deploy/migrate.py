"""Make the production database ready: roles with their passwords, the database, the newest migrations.

Runs once at each deployment, before anything else starts. The passwords are those of the PORTAL_DB_*_URL settings.
"""

import os
import sys
from urllib.parse import unquote, urlsplit

from migrations.roles import ROLES, create_database, create_roles
from migrations.upgrading import WallBroken, upgrade


def main() -> int:
    """Exit status 0 when the database is ready, 1 with the reason on stderr when the wall has a hole."""
    superuser_url, owner_url = os.environ["PORTAL_DB_SUPERUSER_URL"], os.environ["PORTAL_DB_OWNER_URL"]
    create_roles(superuser_url, {role: _password_of(role) for role in ROLES})
    create_database(superuser_url, urlsplit(owner_url).path.lstrip("/"))
    try:
        upgrade(owner_url)
    except WallBroken as faults:
        print(f"The wall between wards has a hole:\n{faults}", file=sys.stderr)
        return 1
    return 0


def _password_of(role: str) -> str:
    """The password that the processes of this role will use. Raises KeyError when its URL is not set."""
    url = os.environ[f"PORTAL_DB_{role.removeprefix('portal_').upper()}_URL"]
    return unquote(urlsplit(url).password or "")


if __name__ == "__main__":
    sys.exit(main())
