"""A city that really runs: the processes of `make run` in a folder of their own, with real mail and real kills."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from portal.local.journal import messages
from portal.local.servers import free_port
from portal.local.settings import ROOT, local_settings, superuser_url

PASSWORD = "sau-chu-meo-nho-leo-cay-29"

#: How each server's processes are known.
_MARKS = {"worker": "worker.main worker", "valkey": "valkey-server", "postgres": "pginstall/bin/postgres"}


def wait_for(found: Callable[[], object], seconds: float = 40.0, what: str = "it") -> object:
    """The first truthy answer, asked for again and again. Fails the test when none comes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            answer = found()
        except (psycopg.Error, OSError, ValueError):
            answer = None
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


@dataclass
class LivingCity:
    """`make run` as a child process."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> str:
        """A `portal` command in this city's settings; its output."""
        shell = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        done = subprocess.run(
            [sys.executable, "-m", "portal.cli", *words],
            cwd=ROOT,
            env={**shell, **local_settings(self.var)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Look behind the wall."""
        with psycopg.connect(superuser_url(self.var, "portal"), connect_timeout=3) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, *values: object) -> None:
        """Change something behind the wall."""
        with psycopg.connect(superuser_url(self.var, "portal"), connect_timeout=3) as connection:
            connection.execute(sql, values)

    def mail_to(self, address: str) -> list[str]:
        """The plain text of every message that reached somebody."""
        found = []
        for message in messages(self.var / "mail"):
            if address in str(message["To"]):
                part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
                found.append((part.get_payload(decode=True) or b"").decode())
        return found

    def kill(self, what: str) -> None:
        """SIGKILL the worker, Valkey or PostgreSQL, with its children; the supervisor brings it back."""
        victims = wait_for(lambda: self._processes(_MARKS[what]), 30, f"a {what} to kill")
        for victim in victims:  # type: ignore[attr-defined]
            with suppress(psutil.NoSuchProcess):
                victim.send_signal(signal.SIGKILL)

    def _processes(self, mark: str) -> list[psutil.Process]:
        """What runs of a server; nothing while the supervisor waits before it starts it again."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if mark in " ".join(child.cmdline()) or mark in child.name():
                    found.append(child)
        return found

    def is_open(self) -> bool:
        """Everything is started and the demo is loaded: the greeting with its accounts is printed."""
        return "Ctrl-C" in (self.var / "up.log").read_text()

    def is_ready(self) -> bool:
        """Pages, database and broker answer."""
        with urllib.request.urlopen(f"{self.address}/readyz", timeout=3) as answer:
            parts = json.load(answer)
        return all(parts[name] == "ok" for name in ("database", "migrations", "broker"))

    def stop(self) -> None:
        """As Ctrl-C would."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def found_living_city(var: Path) -> LivingCity:
    """Start it and wait for the first page."""
    port = free_port()
    shell = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.cli", "up", "--port", str(port)],
        cwd=ROOT,
        env={**shell, "PORTAL_VAR": str(var), "PORTAL_DEMO_PASSWORD": PASSWORD},
        stdout=(var / "up.log").open("wb"),
        stderr=subprocess.STDOUT,
    )
    city = LivingCity(var, port, process)
    wait_for(lambda: process.poll() is not None or (city.is_open() and city.is_ready()), 120, "the city")
    assert process.poll() is None, (var / "up.log").read_text()
    return city


def first_link(text: str) -> str:
    """The one-tap link of a reminder."""
    found = re.search(r"https?://\S+/a/[\w-]+", text)
    assert found, text
    return found[0]
