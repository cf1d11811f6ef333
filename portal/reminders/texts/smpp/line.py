"""A line to a message centre: opened, signed in, kept alive, closed; the protocol itself is smpplib's."""

import contextlib
import logging
import select
import socket
import ssl
import struct
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from portal.reminders.texts.smpp.server import Server

#: Seconds: to connect, and to wait for an answer.
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 20.0

#: No unit of the protocol that we ask for is longer (octets).
_LONGEST = 64 * 1024

#: Messages that are kept together.
_AT_ONCE = 200

#: smpplib writes whole messages and passwords to its log when it is asked for details: it never is.
_LOGGER = "portal.smpp"
logging.getLogger(_LOGGER).setLevel(logging.CRITICAL)


#: What smpplib raises over octets that are no unit of the protocol.
_BABBLE = (
    exceptions.PDUError,
    exceptions.UnknownCommandError,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)


class LineLost(Exception):
    """The line is gone, or what comes over it makes no sense; whatever was under way, nobody knows its end."""


class SignInRefused(Exception):
    """The message centre does not let us in; `status` is its code."""

    def __init__(self, status: int) -> None:
        super().__init__(hex(status))
        self.status = status


class Line:
    """One connection. Not for two threads at once."""

    def __init__(self, server: Server, settings: Mapping[str, str], *, receives: bool = False) -> None:
        """Open and sign in, to submit or to receive. Raises LineLost, SignInRefused."""
        self._wire = _Wire(server)
        self._guarded(self._wire.connect)
        command = "bind_receiver" if receives else "bind_transmitter"
        signs_in = {"system_id": settings["system_id"], "password": settings["password"]}
        answer = self.ask(command, system_type=settings.get("system_type", ""), **signs_in)
        if answer.status:
            self.close()
            raise SignInRefused(answer.status)

    def ask(self, command: str, **fields: Any) -> Any:
        """Send one unit and wait for its answer, whatever else comes first. Raises LineLost."""
        unit = smpp.make_pdu(command, client=self._wire, **fields)
        self._guarded(lambda: self._wire.send_pdu(unit))
        until = time.monotonic() + ANSWER_SECONDS
        while (left := until - time.monotonic()) > 0:
            came = self.next_unit(left)
            if came is not None and came.is_response() and came.sequence == unit.sequence:
                return came
        raise LineLost("timeout")

    def next_unit(self, seconds: float) -> Any | None:
        """What comes next, its questions answered; None when nothing comes in time. Raises LineLost."""
        self._wire.patience(seconds)
        try:
            came = self._guarded(self._wire.read_pdu)
        except TimeoutError:
            return None
        if came.command == "enquire_link":
            self._reply(came, "enquire_link_resp")
        elif came.command == "unbind":
            self._reply(came, "unbind_resp")
            raise LineLost("unbind")
        return came

    def what_came(self, seconds: float) -> list[Any]:
        """What people and message centres said, all of it that is here once something is; none of it is confirmed.

        Empty when nothing comes in time. Raises LineLost.
        """
        units = [self.next_unit(seconds)]
        while len(units) < _AT_ONCE and self._wire.has_news():
            units.append(self.next_unit(ANSWER_SECONDS))
        return [one for one in units if one is not None and one.command == "deliver_sm"]

    def confirm(self, unit: Any, *, kept: bool) -> None:
        """Say that it was kept; what was not is to be told again later. Raises LineLost."""
        self._reply(unit, "deliver_sm_resp", consts.SMPP_ESME_ROK if kept else consts.SMPP_ESME_RX_T_APPN)

    def is_alive(self, *, asks: bool) -> bool:
        """Whether nothing that came meanwhile says goodbye and, where it `asks`, the other side still answers."""
        try:
            while self._wire.has_news():
                self.next_unit(ANSWER_SECONDS)
            if asks:
                self.ask("enquire_link")
        except LineLost:
            return False
        return True

    def close(self) -> None:
        """Say goodbye where somebody hears it, and hang up."""
        with contextlib.suppress(LineLost):
            self._guarded(lambda: self._wire.send_pdu(smpp.make_pdu("unbind", client=self._wire)))
        self._wire.hang_up()

    def _reply(self, came: Any, command: str, status: int = consts.SMPP_ESME_ROK) -> None:
        answer = smpp.make_pdu(command, client=self._wire, status=status)
        answer.sequence = came.sequence
        self._guarded(lambda: self._wire.send_pdu(answer))

    def _guarded(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except TimeoutError:
            raise
        except (OSError, exceptions.ConnectionError) as error:
            raise LineLost("cut") from error
        except _BABBLE as error:
            raise LineLost("babble") from error


class _Wire(Client):  # type: ignore[misc]
    """smpplib's client, with limits, IPv6, and certificates that are looked at."""

    _socket: socket.socket | None

    def __init__(self, server: Server) -> None:
        super().__init__(server.host, server.port, logger_name=_LOGGER, allow_unknown_opt_params=True)
        self._tls = server.tls

    def connect(self) -> None:
        """See Client."""
        plain = socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        # Many small units go either way: none is to wait until the one before it is acknowledged.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = _certificates().wrap_socket(plain, server_hostname=self.host) if self._tls else plain
        self._socket.settimeout(ANSWER_SECONDS)
        self.state = consts.SMPP_CLIENT_STATE_OPEN

    def patience(self, seconds: float) -> None:
        """How long the next unit is waited for."""
        if self._socket is not None:
            self._socket.settimeout(max(seconds, 0.01))

    def has_news(self) -> bool:
        """Whether something has come that nobody read."""
        return self._socket is not None and bool(select.select([self._socket], [], [], 0)[0])

    def hang_up(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self.state = consts.SMPP_CLIENT_STATE_CLOSED

    def _recv_exact(self, exact_size: int) -> bytes:
        if not 0 <= exact_size <= _LONGEST or self._socket is None:
            raise exceptions.ConnectionError("length")
        received: bytes = super()._recv_exact(exact_size)
        return received


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()
