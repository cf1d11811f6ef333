"""A visitor over bare sockets: so light that what is measured is the server."""

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

_TIMEOUT = 60.0


class Failed(Exception):
    """The server answered with something else than a good page."""


@dataclass
class Visitor:
    """One signed-in browser at one server; `token` is what its forms send against forgery."""

    port: int
    cookies: dict[str, str]
    token: str = ""

    def get(self, address: str) -> str:
        """Open a page. Raises Failed unless it answers 200."""
        return self._ask("GET", address, "")

    def ticket(self, address: str) -> str:
        """What the open page sends when it asks again, once the ward has a version."""
        found = ""
        for _ in range(2):
            found = re.findall(r'data-live="([^"]+)"', self.get(address))[0]
        return found

    def ask_again(self, address: str, ticket: str) -> str:
        """As an open page does by itself. Raises Failed unless nothing changed (304)."""
        return self._ask("GET", address, "", "304", f'If-None-Match: "{ticket}"')

    def press(self, address: str, **fields: str) -> str:
        """Send a form as htmx does. Raises Failed unless it answers 200."""
        return self._ask("POST", address, urlencode({"csrf_token": self.token, **fields}))

    def take_token(self, address: str) -> "Visitor":
        """Open a page for the token and the cookie that its forms need."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(address))
        self.token = found[1] if found else ""
        return self

    def _ask(self, method: str, address: str, body: str, status: str = "200", *headers: str) -> str:
        head, _, page = self._send(self._request(method, address, body, *headers)).partition(b"\r\n\r\n")
        if (
            method == "GET"
        ):  # what a form leaves for the next page, that page would take away; here nobody opens it
            for name, value in re.findall(rb"(?i)set-cookie: ([^=]+)=([^;]*)", head):
                self.cookies[name.decode()] = value.decode()
        if head[9:12] != status.encode():
            raise Failed(f"{method} {address}: {head[:12].decode()}\n{page.decode()[:2000]}")
        return page.decode()

    def _request(self, method: str, address: str, body: str, *headers: str) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {address} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Connection: close"]
        lines += headers
        if method == "POST":
            lines += [
                "HX-Request: true",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def _send(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=_TIMEOUT) as connection:
            connection.sendall(request)
            parts = []
            while part := connection.recv(262_144):
                parts.append(part)
        return b"".join(parts)
