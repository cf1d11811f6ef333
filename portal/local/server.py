"""What the embedded servers have in common: started, waited for, ended by one child process."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from portal.local.child import Child

READY_SECONDS = 30.0


@dataclass
class Server(ABC):
    """A server on one TCP port with one data folder; it may end and start again on both."""

    name: ClassVar[str]
    _child: Child | None = field(default=None, init=False, repr=False)

    def start(self, *, durable: bool = True) -> None:
        """Start and wait until it serves; the first time, make its data.

        `durable=False` gives up safety against a crash of the machine (not of the server) for speed: tests.
        Raises ChildFailed with the end of the log when the server does not come up.
        """
        self.launch(durable=durable)
        self.wait_until_ready()

    def launch(self, *, durable: bool = True) -> None:
        """Start without waiting; call it from the main thread (see `Child`)."""
        if not self.is_running:
            self._child = self._prepared(durable)
            self._child.start()

    def wait_until_ready(self) -> None:
        """Wait for a launched server. Raises ChildFailed."""
        self.child.wait_until(self._serves, READY_SECONDS)

    def kill(self) -> None:
        """End it with SIGKILL, as a crash would."""
        if self._child is not None:
            self._child.kill()

    @property
    def child(self) -> Child:
        """The process, once launched. Raises RuntimeError before."""
        if self._child is None:
            raise RuntimeError("launch the server first")
        return self._child

    @property
    def pid(self) -> int | None:
        """The process id of the server while it runs."""
        return self._child.pid if self._child is not None else None

    @property
    def is_running(self) -> bool:
        """True while the server process lives."""
        return self._child is not None and self._child.is_running

    @abstractmethod
    def stop(self) -> None:
        """End it in order: what it has taken is on disk when this returns."""

    @abstractmethod
    def _prepared(self, durable: bool) -> Child:
        """Everything that must exist before the process starts, and the process."""

    @abstractmethod
    def _serves(self) -> bool:
        """True when it takes work."""


def log_beside(data_dir: Path) -> Path:
    """Where a server writes its log when nobody said otherwise."""
    return data_dir.with_name(data_dir.name + ".log")
