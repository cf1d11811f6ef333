"""A small city on real servers: started once for a run, its database brought back to the cast after each test."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from migrations.roles import ROLES, create_database, create_roles
from migrations.upgrading import upgrade
from portal.local.secrets import made_up, made_up_key
from portal.local.servers import Postgres, Valkey, free_port

#: The master key of the evidence of this run.
FILE_KEY = made_up_key()


@dataclass
class City:
    """The servers of a test run and the settings that lead to them."""

    postgres: Postgres
    valkey: Valkey
    folder: Path
    passwords: dict[str, str]

    def end(self) -> None:
        """Stop the servers and take away what they kept."""
        self.valkey.stop()
        self.postgres.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, role: str) -> str:
        """The SQLAlchemy URL of a login role."""
        password = self.passwords[role]
        return f"postgresql+psycopg://{role}:{password}@127.0.0.1:{self.postgres.port}/portal"

    def superuser(self, database: str = "portal") -> str:
        """A libpq URL of the superuser, for looking behind the wall."""
        it = self.postgres
        return f"postgresql://{it.superuser}:{it.password}@127.0.0.1:{it.port}/{database}"

    def settings(self) -> dict[str, str]:
        """PORTAL_* settings of a process of this city."""
        roles = ("app", "auth", "dispatch", "rollup", "city")
        return {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": self.passwords["key"],
            **{f"PORTAL_DB_{role.upper()}_URL": self.url(f"portal_{role}") for role in roles},
            "PORTAL_BROKER_URL": f"redis://127.0.0.1:{self.valkey.port}/0",
            "PORTAL_PUBLIC_URL": "http://localhost",
            "PORTAL_FILES_DIR": str(self.folder / "files"),
            "PORTAL_FILE_KEYS": f"first:{FILE_KEY}",
            "PORTAL_SMTP_HOST": "127.0.0.1",
            "PORTAL_SMTP_PORT": "1",
            "PORTAL_MAIL_FROM": "nhac-viec@chung-tay.example",
            "PORTAL_MAIL_BOUNCES": "tra-lai@chung-tay.example",
        }


def found_city() -> City:
    """Start the servers, make the roles and the database, run the real migrations."""
    folder = Path(tempfile.mkdtemp(prefix="chung-tay-"))
    folder.chmod(0o755)
    postgres = Postgres(
        host="127.0.0.1",
        port=free_port(),
        superuser="postgres",
        password=made_up(),
        data_dir=folder / "postgres",
    )
    valkey = Valkey(host="127.0.0.1", port=free_port(), data_dir=folder / "valkey")
    passwords = {name: made_up() for name in [*ROLES, "key"]}
    city = City(postgres, valkey, folder, passwords)
    postgres.start(durable=False)
    valkey.start(durable=False)
    create_roles(city.superuser("postgres"), passwords)
    create_database(city.superuser("postgres"), "portal")
    upgrade(city.url("portal_owner"))
    return city


class Snapshot:
    """All rows as they were, put back with triggers off: real commits in tests, the same start for each of them."""

    def __init__(self, superuser: str, valkey_port: int) -> None:
        self._valkey = redis.Redis(port=valkey_port)
        self._superuser = superuser
        self._connection = psycopg.connect(superuser, autocommit=True)
        self._tables = [
            row[0]
            for row in self._connection.execute(
                "select quote_ident(tablename) from pg_tables "
                "where schemaname = 'app' and tablename <> 'alembic_version'"
            )
        ]
        self._rows: dict[str, bytes] = {}

    def look_again(self) -> None:
        """Connect anew, after the server was ended."""
        self._connection.close()
        self._connection = psycopg.connect(self._superuser, autocommit=True)

    def take(self) -> None:
        """Remember every table."""
        for table in self._tables:
            with self._connection.cursor().copy(f"copy app.{table} to stdout") as copy:
                data = b"".join(bytes(block) for block in copy)
            if data:
                self._rows[table] = data

    def restore(self) -> None:
        """Empty every table and put the remembered rows back."""
        self._forget_versions()
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            cursor.execute("; ".join(f"delete from app.{table}" for table in self._tables))
            for table, data in self._rows.items():
                with cursor.copy(f"copy app.{table} from stdin") as copy:
                    copy.write(data)

    def query(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """Look behind the wall, as the superuser."""
        return self._connection.execute(sql, parameters).fetchall()

    def execute(self, sql: str) -> None:
        """Change something behind the wall, as the superuser."""
        self._connection.execute(sql)
        self._forget_versions()

    def _forget_versions(self) -> None:
        """What no commit of ours wrote has no version: pages go to the truth."""
        names = [*self._valkey.scan_iter("portal:version:*"), *self._valkey.scan_iter("portal:writing:*")]
        if names:
            self._valkey.delete(*names)
