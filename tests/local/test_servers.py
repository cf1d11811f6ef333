"""The embedded servers start, end and come back on the same port and data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from portal.local.ports import answers, is_free
from portal.local.servers import Postgres, Valkey, free_port

PASSWORD = "a password for one test"


def connect(server: Postgres, password: str = PASSWORD) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=server.host, port=server.port, user=server.superuser, password=password, dbname="postgres"
    )


def asked(server: Postgres, question: str) -> object:
    with connect(server) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = Postgres(
        host="127.0.0.1",
        port=free_port(),
        superuser="postgres",
        password=PASSWORD,
        data_dir=tmp_path_factory.mktemp("postgres") / "data",
    )
    server.start(durable=False)
    yield server
    server.stop("immediate")


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(host="127.0.0.1", port=free_port(), data_dir=tmp_path / "valkey")
    server.start()
    yield server
    server.kill()


def test_postgres_is_version_18_and_lets_nobody_in_without_the_password(postgres: Postgres) -> None:
    assert str(asked(postgres, "show server_version")).startswith("18.")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(postgres, password="wrong")


def test_postgres_writes_no_statement_and_no_value_of_a_row_into_its_log(postgres: Postgres) -> None:
    with connect(postgres) as connection:
        connection.execute("create table once (word text unique)")
        connection.execute("insert into once values (%s)", ["CANARY-7391"])
    with connect(postgres) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute("insert into once values (%s)", ["CANARY-7391"])
    log = postgres.data_dir.with_name("data.log").read_text()
    assert "duplicate key value" in log
    assert "CANARY-7391" not in log
    assert "insert into" not in log


def test_postgres_keeps_what_was_committed_when_it_is_killed_with_sessions_open(postgres: Postgres) -> None:
    with connect(postgres) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('here')")
    idle = connect(postgres)
    postgres.kill()
    assert not postgres.is_running
    postgres.start(durable=False)
    idle.close()
    assert asked(postgres, "select word from kept") == "here"


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgres_stops_both_ways_and_comes_back(postgres: Postgres, mode: str) -> None:
    postgres.stop(mode)  # type: ignore[arg-type]
    assert postgres.pid is None
    postgres.start(durable=False)
    assert asked(postgres, "select 1") == 1


def test_a_note_of_a_dead_server_whose_number_somebody_else_has_now_does_not_stop_the_start(
    postgres: Postgres,
) -> None:
    postgres.stop()
    note = postgres.data_dir / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{postgres.data_dir}\n")
    postgres.start(durable=False)
    assert asked(postgres, "select 1") == 1


def test_valkey_keeps_what_it_took_and_refuses_to_evict(valkey: Valkey) -> None:
    client = redis.Redis(port=valkey.port)
    client.set("bell", "rung")
    policy = client.config_get("maxmemory-policy")
    client.close()
    valkey.stop()
    valkey.start()
    again = redis.Redis(port=valkey.port)
    assert again.get("bell") == b"rung"
    assert policy == {"maxmemory-policy": "noeviction"}
    again.close()


PARENT = """
import sys, time
from pathlib import Path
from portal.local.servers import Valkey
server = Valkey(host="127.0.0.1", port=int(sys.argv[1]), data_dir=Path(sys.argv[2]))
server.start()
print(server.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_a_server_stands_outside_a_terminal_of_its_parent_yet_dies_with_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(free_port()), str(tmp_path / "valkey")]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    server = psutil.Process(int(parent.stdout.readline()))
    assert os.getsid(server.pid) == server.pid, "Ctrl-C goes to the whole group of the terminal"
    parent.kill()
    gone, _ = psutil.wait_procs([server], timeout=10)
    parent.stdout.close()
    parent.wait()
    assert gone


def test_a_port_in_use_is_not_called_free(valkey: Valkey) -> None:
    assert answers(valkey.port)
    assert not is_free(valkey.port)
    assert is_free(free_port())
