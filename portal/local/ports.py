"""The TCP ports of this machine: which are free, and which a local city has made its own."""

import json
import secrets
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
FILE = "ports.json"
_HIGHEST = 65_535

#: Below what systems give to outgoing connections (RFC 6335 has those from 49152, Linux from 32768): a port found
#: free here is not taken by somebody's client a moment later.
_FOR_SERVERS = range(20_000, 32_000)


@dataclass(frozen=True)
class Ports:
    """One for each server of a city; the web's is chosen by the person, the others stay where they were."""

    web: int = 8000
    postgres: int = 15432
    valkey: int = 16379
    smtp: int = 12525
    sms: int = 18099


def free_port() -> int:
    """A port nobody listens on right now, drawn so that two who ask at once do not get the same."""
    return next(port for port in iter(lambda: secrets.choice(_FOR_SERVERS), None) if is_free(port))


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """True when a server could listen on the port. A connection that is only fading away does not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def answers(port: int, host: str = LOOPBACK) -> bool:
    """True when something accepts connections on the port."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def remembered(var: Path) -> Ports:
    """The ports the city in `var` used last, else the usual ones."""
    path = var / FILE
    return Ports(**json.loads(path.read_text())) if path.exists() else Ports()


def settle(var: Path, web: int) -> Ports:
    """Choose ports for the next run and remember them: the last ones, or the next free ones above them."""
    last, taken = remembered(var), {web}
    chosen = {"web": web}
    for name in ("postgres", "valkey", "smtp", "sms"):
        chosen[name] = _first_free(getattr(last, name), taken)
        taken.add(chosen[name])
    ports = Ports(**chosen)
    (var / FILE).write_text(json.dumps(asdict(ports)))
    return ports


def _first_free(start: int, taken: Iterable[int]) -> int:
    """Raises StopIteration when every port above `start` is in use."""
    return next(port for port in range(start, _HIGHEST) if port not in taken and is_free(port))
