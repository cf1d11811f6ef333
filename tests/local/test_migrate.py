"""The one-shot of a deployment makes an empty cluster ready, and does no harm the second time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from migrations.roles import ROLES
from portal.local.secrets import made_up
from portal.local.servers import Postgres, free_port
from portal.local.settings import ROOT


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(
        host="127.0.0.1",
        port=free_port(),
        superuser="postgres",
        password=made_up(),
        data_dir=tmp_path / "data",
    )
    server.start(durable=False)
    yield server
    server.stop("immediate")


def migrate(cluster: Postgres, passwords: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    place = f"127.0.0.1:{cluster.port}"
    urls = {
        f"PORTAL_DB_{role.removeprefix('portal_').upper()}_URL": (
            f"postgresql+psycopg://{role}:{password}@{place}/portal"
        )
        for role, password in passwords.items()
    }
    urls["PORTAL_DB_SUPERUSER_URL"] = f"postgresql://postgres:{cluster.password}@{place}/postgres"
    return subprocess.run(
        [sys.executable, "deploy/migrate.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **urls},
        capture_output=True,
        text=True,
    )


def test_it_makes_roles_database_and_tables_and_may_run_at_each_deployment(cluster: Postgres) -> None:
    passwords = {role: made_up() for role in ROLES}
    for _ in range(2):
        done = migrate(cluster, passwords)
        assert done.returncode == 0, done.stderr
    app = f"postgresql://portal_app:{passwords['portal_app']}@127.0.0.1:{cluster.port}/portal"
    with psycopg.connect(app) as connection:
        assert connection.execute("select to_regclass('app.ward')").fetchone() != (None,)
