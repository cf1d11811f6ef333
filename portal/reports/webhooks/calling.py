"""One call of a webhook: to a checked address, nothing followed, nothing of the answer kept but its number."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

from flask_babel import lazy_gettext as _l

from portal.reports.webhooks.addressing import Goal, Inwards, addresses_of

#: Seconds, for reaching the host, and for the whole call however slowly it answers.
CONNECT_SECONDS, ALL_SECONDS = 3.0, 10.0

#: Addresses of one name that are tried.
_MOST_ADDRESSES = 2

#: What can be wrong, as people read it.
WHY_TEXTS = {
    "status": _l("máy nhận trả lời có lỗi"),
    "redirect": _l("máy nhận chuyển sang địa chỉ khác, hệ thống không đi theo"),
    "inwards": _l("địa chỉ dẫn vào mạng nội bộ, hệ thống không gửi"),
    "name": _l("không tìm thấy tên máy nhận"),
    "unreached": _l("không tới được máy nhận"),
    "tls": _l("chứng thư của máy nhận không dùng được"),
    "silent": _l("máy nhận không trả lời trong 10 giây"),
    "secret": _l("không mở được khóa ký, đổi khóa mới"),
    "refused": _l("địa chỉ không còn được phép"),
}


@dataclass(frozen=True)
class Answer:
    """`status`: the number answered with, None without an answer. `why`: what was wrong, empty when it was taken."""

    status: int | None
    why: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the message arrived."""
        return not self.why

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing any more (410, RFC 9110, 15.5.11)."""
        return self.status == http.client.GONE


def call(goal: Goal, headers: dict[str, str], body: bytes) -> Answer:
    """Post it once. Whatever happens is an answer; the answer's words are not read."""
    try:
        with _wired(goal) as wire:
            return _answer(_post(wire, goal, headers, body))
    except Inwards:
        return Answer(None, "inwards")
    except socket.gaierror:
        return Answer(None, "name")
    except ssl.SSLError:
        return Answer(None, "tls")
    except ConnectionRefusedError:
        return Answer(None, "unreached")
    except (TimeoutError, http.client.HTTPException):
        return Answer(None, "silent")
    except (OSError, UnicodeError):
        return Answer(None, "unreached")


def _answer(status: int) -> Answer:
    if 200 <= status < 300:
        return Answer(status)
    return Answer(status, "redirect" if 300 <= status < 400 else "status")


def _post(wire: socket.socket, goal: Goal, headers: dict[str, str], body: bytes) -> int:
    connection = http.client.HTTPConnection(goal.host, goal.port)
    connection.sock = wire
    said = {
        "Host": goal.host_header,
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "ChungTay-Webhook/1",
        "Connection": "close",
        **headers,
    }
    connection.request("POST", goal.path, body, said)
    return connection.getresponse().status


@contextmanager
def _wired(goal: Goal) -> Iterator[socket.socket]:
    """A connection to the host, cut off when the time of the call is over."""
    wires = [_reached(goal)]
    cutting = Timer(ALL_SECONDS, lambda: _cut(wires[-1]))
    cutting.daemon = True
    cutting.start()
    try:
        if goal.https:
            shaken = ssl.create_default_context().wrap_socket(
                wires[0], server_hostname=goal.host, do_handshake_on_connect=False
            )
            wires.append(shaken)
            shaken.do_handshake()
        yield wires[-1]
    finally:
        cutting.cancel()
        wires[-1].close()


def _reached(goal: Goal) -> socket.socket:
    *others, last = addresses_of(goal)[:_MOST_ADDRESSES]
    for address in others:
        try:
            return _connected(address, goal.port)
        except OSError:
            continue
    return _connected(last, goal.port)


def _connected(address: str, port: int) -> socket.socket:
    wire = socket.create_connection((address, port), timeout=CONNECT_SECONDS)
    wire.settimeout(ALL_SECONDS)
    return wire


def _cut(wire: socket.socket) -> None:
    """End what is read or written on it at this moment, in another thread; TLS's own good-bye would wait."""
    try:
        socket.socket.shutdown(wire, socket.SHUT_RDWR)
    except OSError:
        return
