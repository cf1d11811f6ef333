"""A unit's own system: a real HTTP server on this machine that answers as it is told and keeps what it heard."""

import base64
import dataclasses
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from flask import Flask

from portal.db import keep, session_as
from portal.reports.webhooks.delivering import claim, send, settle
from portal.reports.webhooks.noticing import due_webhooks, notice


@dataclasses.dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """As a receiver checks it (Standard Webhooks 1.0)."""
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        digest = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
        return f"v1,{base64.b64encode(digest).decode()}" in self.headers["webhook-signature"].split()


class System:
    """`status` and `location`: what it answers; `slowly`: a header every while, never the last."""

    def __init__(self) -> None:
        self.status, self.location, self.slowly = 204, "", False
        self.heard: list[Heard] = []
        self.over = threading.Event()
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                system.heard.append(Heard(self.path, headers, body))
                self.send_response(system.status)
                if system.location:
                    self.send_header("Location", system.location)
                while system.slowly and not system.over.wait(0.05):
                    self.wfile.write(b"X-Slow: 1\r\n")
                self.end_headers()

            def do_GET(self) -> None:
                system.heard.append(Heard(self.path, {}, b""))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/nhan"

    def end(self) -> None:
        """Listen no more."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def settings(app: Flask, **changed: object) -> Iterator[None]:
    """The application with other settings."""
    before = app.config["PORTAL"]
    app.config["PORTAL"] = dataclasses.replace(before, **changed)
    try:
        yield
    finally:
        app.config["PORTAL"] = before


def look(app: Flask, now: datetime) -> int:
    """What the worker's job does first: notice the news."""
    found = 0
    with app.app_context():
        for hook_id in due_webhooks(session_as("auth"), now):
            found += notice(session_as("auth"), session_as("city"), hook_id, now)
            keep()
    return found


def deliver(app: Flask, now: datetime) -> int:
    """What it does next: send what is due."""
    sent = 0
    while True:
        with app.app_context():
            claimed = claim(session_as("auth"), now)
            keep()
            if claimed is None:
                return sent
            answer = send(claimed)
            settle(session_as("auth"), claimed, answer, now)
            keep()
        sent += 1
