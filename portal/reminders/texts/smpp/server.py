"""The message centres that the operator has opened: a ward chooses one of them, and can lead us nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app

#: The shapes that are reached by SMPP say so (shape.py).
SMPP = "smpp"


@dataclass(frozen=True)
class Server:
    """Where a message centre listens; `tls`: the line is sealed, and the certificate must be for this host."""

    host: str
    port: int
    tls: bool

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def parsed(addresses: Iterable[str]) -> dict[str, Server]:
    """`smpp://host:2775`, `smpps://host:3550`, by what a ward sees of them. Raises ValueError for anything else."""
    found = {}
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"smpp", "smpps"} or not parts.hostname or not parts.port:
            raise ValueError(address)
        server = Server(parts.hostname, parts.port, parts.scheme == "smpps")
        found[str(server)] = server
    return found


def servers() -> dict[str, Server]:
    """Those that are open now (PORTAL_SMPP_SERVERS)."""
    return parsed(current_app.config["PORTAL"].smpp_servers)
