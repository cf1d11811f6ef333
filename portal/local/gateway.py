"""A gateway for the local city: it takes requests as eSMS and Zalo do, keeps each, and can be ordered to fail.

Its journal is the judge of tests: a line for each message it took, written before the answer.
"""

import argparse
import contextlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import urllib3

from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK, free_port
from portal.local.zalo import ZALO_MESSAGES, ZALO_STATUS, ZALO_TOKENS, Zalo

#: Seconds until a message "arrives".
_REPORTS_AFTER = 3.0


@dataclass(frozen=True)
class GatewayFaults:
    """What goes wrong on purpose. `silent_every` counts messages taken and left without an answer.

    `refuse`: a code with status 200 and nothing taken; `status`: an error page although it was taken; `babble`: an
    answer that is no answer although it was taken; `delay`: seconds. `remembers`: the same RequestId is taken once.
    `reports`: it tells the CallbackUrl afterwards that the message arrived, as the local city's does.
    """

    silent_every: int = 0
    refuse: str = ""
    status: int = 0
    babble: bool = False
    delay: float = 0.0
    remembers: bool = True
    reports: bool = False


class Gateway:
    """What it took, in `folder`."""

    def __init__(self, folder: Path, faults: GatewayFaults = GatewayFaults()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self.faults = folder, faults
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._taken = 0
        self.zalo = Zalo(self)

    def answer(self, asked: dict[str, Any]) -> tuple[int, str] | None:
        """Status and body for one request; None: hang up without a word."""
        faults = self.faults
        time.sleep(faults.delay)
        if faults.refuse:
            return 200, json.dumps({"CodeResult": faults.refuse, "ErrorMessage": "Refused on purpose"})
        with self._lock:
            reference = str(asked.get("RequestId", ""))
            if faults.remembers and reference in self._known:
                return 200, json.dumps({"CodeResult": "124", "ErrorMessage": "Duplicate RequestId"})
            self._known.add(reference)
            self._taken += 1
            name = self.keep(asked)
        if faults.reports and asked.get("CallbackUrl"):
            threading.Timer(_REPORTS_AFTER, _report, (asked, name)).start()
        if faults.silent_every and self._taken % faults.silent_every == 0:
            return None
        if faults.babble:
            return 200, "<html>OK</html>"
        return faults.status or 200, json.dumps({"CodeResult": "100", "SMSID": name})

    def status(self, name: str) -> tuple[int, str]:
        """What became of a message it took: all of them arrive."""
        arrived = {"CodeResponse": "100", "SendStatus": 5, "SendSuccess": 1}
        return 200, json.dumps(arrived if self.has(name) else {})

    def has(self, name: str) -> bool:
        """Whether it took a message of this name."""
        return (self._folder / f"{name}.json").is_file()

    def keep(self, asked: dict[str, Any]) -> str:
        """Put down what was taken; gives the name it has from now on."""
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S.%f}-{self._taken}"
        shown = {key: value for key, value in asked.items() if key not in {"ApiKey", "SecretKey"}}
        (self._folder / f"{name}.json").write_text(json.dumps(shown, ensure_ascii=False, indent=1), "utf-8")
        with (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps({"at": now.isoformat(), "id": name, **shown}, ensure_ascii=False) + "\n")
        return name


def _report(asked: dict[str, Any], name: str) -> None:
    """Say that it arrived, by GET as eSMS does; nobody listens: so be it."""
    told = {"SMSID": name, "RequestId": asked["RequestId"], "SendStatus": "5", "phonenumber": asked["Phone"]}
    with contextlib.suppress(urllib3.exceptions.HTTPError):
        urllib3.request("GET", asked["CallbackUrl"], fields=told, timeout=5.0, retries=False)


def _server(gateway: Gateway, port: int) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        """One request; head and body leave in one write, so that no delayed acknowledgement costs 40 ms."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            if self.path.startswith(ZALO_STATUS):
                self._tell(
                    gateway.zalo.status(asked.get("message_id", ""), self.headers.get("access_token", ""))
                )
            else:
                self._tell(gateway.status(asked.get("RefId", "")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == ZALO_TOKENS:
                self._tell(gateway.zalo.renew(dict(parse_qsl(body.decode()))))
            elif self.path == ZALO_MESSAGES:
                self._tell(gateway.zalo.take(json.loads(body), self.headers.get("access_token", "")))
            else:
                self._tell(gateway.answer(json.loads(body or b"{}")))

        def _tell(self, told: tuple[int, str] | None) -> None:
            if told is None:
                self.close_connection = True
                return
            body = told[1].encode()
            head = f"HTTP/1.1 {told[0]} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)

        def log_message(self, _format: str, *_values: object) -> None:
            """Its journal says enough."""

    server = ThreadingHTTPServer((LOOPBACK, port), Handler)
    server.daemon_threads = True
    return server


@contextmanager
def running_gateway(folder: Path, faults: GatewayFaults = GatewayFaults()) -> Iterator[tuple[str, Gateway]]:
    """A gateway inside this process while the block runs; gives its address, and itself to change its faults."""
    gateway, port = Gateway(folder, faults), free_port()
    server = _server(gateway, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{port}", gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m portal.local.gateway", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True, help="where messages and the journal are kept")
    given = parser.parse_args()
    server = _server(Gateway(given.dir, GatewayFaults(reports=True)), given.port)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    server.server_close()


if __name__ == "__main__":
    main()
