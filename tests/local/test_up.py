"""`make run` as a person meets it: one command starts a city, Ctrl-C ends it, the next start finds the data."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal.local.ports import answers, free_port

PATIENCE = 120.0  # seconds; a stuck start must fail, not hang


class Run:
    """One run of the command."""

    def __init__(self, var: Path, port: int) -> None:
        self.port = port
        self._process = subprocess.Popen(
            [sys.executable, "-m", "portal.local.up", "--port", str(port)],
            env={**os.environ, "PORTAL_VAR": str(var), "PORTAL_DEMO_PASSWORD": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def read_until(self, words: str) -> None:
        """Read what it prints until a line holds `words`."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said += line
            if words in line:
                return
        pytest.fail(f"it ended without saying {words!r}:\n{self.said}")

    def end(self, how: signal.Signals) -> int:
        """Send the signal, wait; gives the exit status."""
        self._process.send_signal(how)
        return self.exit_status()

    def exit_status(self) -> int:
        rest, _ = self._process.communicate(timeout=PATIENCE)
        self.said += rest
        return self._process.returncode

    def end_if_running(self) -> None:
        if self._process.poll() is None:
            self.end(signal.SIGTERM)

    def children(self) -> list[psutil.Process]:
        children: list[psutil.Process] = psutil.Process(self._process.pid).children()
        return children

    def status_of(self, address: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", address)
        status = connection.getresponse().status
        connection.close()
        return status


Runs = Callable[[int], Run]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Runs]:
    """Start the command on a port, always in the same var folder; what a failed test left is ended."""
    runs: list[Run] = []

    def start(port: int) -> Run:
        runs.append(Run(tmp_path / "var", port))
        return runs[-1]

    yield start
    for left in runs:
        left.end_if_running()


@pytest.mark.faults
def test_a_city_starts_heals_stops_and_comes_back_with_its_data(run: Runs) -> None:
    first = run(free_port())
    first.read_until("Dừng: Ctrl-C")
    assert first.status_of("/login") == 200
    assert first.status_of("/readyz") == 200
    processes = first.children()
    assert len(processes) == 8, "database, broker, mailbox, gateway, web, worker, sender, clock"

    second = run(free_port())
    assert second.exit_status() == 1
    assert "Đã có một lần chạy khác" in second.said

    web = next(process for process in processes if "wsgi:app" in process.cmdline())
    web.kill()
    first.read_until("Trang web đã dừng bất ngờ")
    assert first.end(signal.SIGINT) == 0
    _gone, alive = psutil.wait_procs(processes, timeout=10)
    assert not alive
    assert not answers(first.port)

    again = run(first.port)
    again.read_until("Dừng: Ctrl-C")
    assert "Nạp dữ liệu thử" in first.said
    assert "Nạp dữ liệu thử" not in again.said, "the data is still there"
    assert _password_in(again.said) == _password_in(first.said)
    assert again.end(signal.SIGTERM) == 0


def _password_in(said: str) -> str:
    found = re.search(r"mật khẩu: (\S+)", said)
    assert found is not None, said
    return found[1]


def test_a_port_in_use_is_named_with_the_command_that_avoids_it(run: Runs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        refused = run(port)
        assert refused.exit_status() == 1
    assert f"Cổng {port} đang được dùng" in refused.said
    assert f"PORT={port + 1} make run" in refused.said
