"""A WSGI application under gunicorn, served as `make run` serves it, for as long as it is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.local.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
_READY_SECONDS = 30.0


@dataclass(frozen=True)
class Served:
    """Where it listens, and the process that its workers belong to."""

    port: int
    pid: int


@contextmanager
def served(application: str, settings: Mapping[str, str]) -> Iterator[Served]:
    """Serve `module:app` with two workers until the block ends."""
    port = free_port()
    command = ["gunicorn", application, "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            *command,
            "--workers",
            str(WORKERS),
            "--max-requests",
            "0",
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env={**without_portal(os.environ), **settings},
        start_new_session=True,
    )
    try:
        _wait_until_open(port, process)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def without_portal(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without settings of another city."""
    return {name: value for name, value in environment.items() if not name.startswith("PORTAL_")}


def _wait_until_open(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server to be measured did not start")
