"""One process we start and answer for: it outlives Ctrl-C, never its parent, and says everything to a log."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.local.unprivileged import ServerAccount

LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside at the next start
POLL_SECONDS = 0.02
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


class ChildFailed(Exception):
    """A process ended, or did not become ready in time; the message quotes the end of its log."""


@dataclass
class Child:
    """A child process in a session of its own, so that a terminal's Ctrl-C reaches us and not it.

    On Linux the kernel sends it `stop_signal` when the thread that started it dies: start it from the main
    thread. `account` is the system user it runs as, when we are root and it must not be.
    """

    name: str
    command: Sequence[str]
    log: Path
    env: dict[str, str] | None = None
    account: ServerAccount | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    cwd: Path | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)

    def start(self) -> None:
        """Start the process and return at once. Raises OSError when the program cannot be run."""
        if self.is_running:
            return
        self._end_orphans()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        _put_aside_if_long(self.log)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the command is ours, never a user's
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                preexec_fn=_die_with_parent(self.stop_signal),
            )

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when `ready()` holds. Raises ChildFailed when the process ends first or time runs out."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running:
                raise ChildFailed(f"{self.name} ended with status {self.exit_status}:\n{self.last_words()}")
            if time.monotonic() > deadline:
                raise ChildFailed(f"{self.name} was not ready after {seconds} s:\n{self.last_words()}")
            time.sleep(POLL_SECONDS)

    def ask_to_stop(self, with_signal: signal.Signals | None = None) -> None:
        """Send the stop signal and return at once; nothing happens when it has ended already."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(with_signal or self.stop_signal)

    def stop(self, patience: float = 10.0, with_signal: signal.Signals | None = None) -> None:
        """Ask it to stop, wait `patience` seconds, then insist with SIGKILL."""
        self.ask_to_stop(with_signal)
        self.wait(patience)

    def wait(self, patience: float) -> None:
        """Wait until it has ended; SIGKILL after `patience` seconds."""
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        self._end_orphans()

    def kill(self) -> None:
        """End it with SIGKILL, as a crash would, and wait for that."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _end_orphans(self) -> None:
        """End what a dead process left in its group: its own workers would hold its port or go on alone."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process is not None and self.is_running else None

    @property
    def is_running(self) -> bool:
        """True between a start and the end of the process."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_status(self) -> int | None:
        """The status it ended with (negative: the signal), None before."""
        return None if self._process is None else self._process.poll()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child does between fork and exec; only Linux knows it."""
    if sys.platform != "linux":
        return None
    parent, libc = os.getpid(), ctypes.CDLL(None)

    def in_the_child() -> None:
        libc.prctl(_SET_PARENT_DEATH_SIGNAL, int(stop_signal))
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return in_the_child


def _put_aside_if_long(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
