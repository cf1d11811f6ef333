"""A process that dies is brought back after a pause; all of them end in order."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal.local.child import Child, ChildFailed
from portal.local.supervising import LONGEST_PAUSE, Supervisor

WAITS = "import time; time.sleep(60)"
ENDS_AT_ONCE = "raise SystemExit('nothing to do')"
STARTS_ANOTHER = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
)


class Started:
    """Children of one test, and what was said about them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.children: list[Child] = []
        self.said: list[str] = []

    def child(self, name: str, program: str) -> Child:
        child = Child(name, [sys.executable, "-c", program], log=self._folder / f"{name}.log")
        self.children.append(child)
        child.start()
        return child

    def supervisor(self) -> Supervisor:
        return Supervisor(self.children, self.said.append)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path)
    yield started
    for child in started.children:
        child.stop()


def test_a_killed_process_comes_back_after_a_pause_and_somebody_is_told(started: Started) -> None:
    child = started.child("clock", WAITS)
    supervisor, now = started.supervisor(), time.monotonic()
    child.kill()
    supervisor.look(now)
    assert not child.is_running, "not at once: what made it die may still be there"
    supervisor.look(now + 1.1)
    assert child.is_running
    assert started.said == ["clock đã dừng bất ngờ, chạy lại sau 1 giây"]


def test_one_that_dies_again_and_again_waits_longer_each_time_but_never_for_ever(started: Started) -> None:
    child = started.child("web", ENDS_AT_ONCE)
    supervisor, now = started.supervisor(), time.monotonic()
    for _ in range(8):
        child.wait(10)
        supervisor.look(now)
        now += LONGEST_PAUSE
        supervisor.look(now)
    pauses = [int(line.split()[-2]) for line in started.said]
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]


def test_all_end_the_last_started_first(started: Started, tmp_path: Path) -> None:
    notes_its_end = (
        "import signal, sys, time\n"
        "def note(*_):\n"
        "    open({path!r}, 'a').write({name!r} + ' ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, note)\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    ends = tmp_path / "ends"
    for name in ("database", "worker", "web"):
        child = started.child(name, notes_its_end.format(path=str(ends), name=name))
        child.wait_until(lambda child=child: "ready" in child.last_words(), 10)  # type: ignore[misc]
    started.supervisor().stop_all()
    assert ends.read_text().split() == ["web", "worker", "database"]


def test_what_a_killed_process_had_started_itself_is_gone_when_it_comes_back(started: Started) -> None:
    child = started.child("worker", STARTS_ANOTHER)
    parent = psutil.Process(child.pid)
    child.wait_until(lambda: bool(parent.children()), 10)
    [orphan] = parent.children()
    child.kill()
    assert orphan.is_running()
    child.start()
    gone, _ = psutil.wait_procs([orphan], timeout=10)
    assert gone


def test_one_that_never_becomes_ready_is_reported_with_the_end_of_its_log(started: Started) -> None:
    child = started.child("web", ENDS_AT_ONCE)
    with pytest.raises(ChildFailed, match="nothing to do"):
        child.wait_until(lambda: False, 10)
