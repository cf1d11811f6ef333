"""A message centre that speaks SMPP 3.4 for the tests: it takes messages, tells what became of them, and can fail.

`taken` is the judge: a line for each message it accepted, put down before it answers.
"""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from portal.local.ports import LOOPBACK

PASSWORD = "kin-8"

#: Messages that it tells before it waits for the first to be confirmed.
WINDOW = 20


@dataclass(frozen=True)
class Faults:
    """What goes wrong on purpose, counted over all submissions: each so many-th one is treated so.

    `throttle`: refused for now; `cut`: taken, and hung up without a word; `unbind`: answered, then shown out;
    `babble`: taken, and answered by octets that mean nothing. `status`: every submission is refused with it.
    """

    throttle: int = 0
    cut: int = 0
    unbind: int = 0
    babble: int = 0
    status: int = 0


class Smsc(socketserver.ThreadingTCPServer):
    """Listens until `shutdown`."""

    daemon_threads, allow_reuse_address, block_on_close = True, True, False

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _Talk)
        self.faults, self.taken, self.submissions = Faults(), list[dict[str, Any]](), 0
        self.lock, self.news = threading.Lock(), list[dict[str, Any]]()
        self.binds = list[str]()

    @property
    def name(self) -> str:
        """As an account names it."""
        return f"{LOOPBACK}:{self.server_address[1]}"

    def report(
        self, taken: dict[str, Any], state: int = consts.SMPP_MESSAGE_STATE_DELIVERED, **more: Any
    ) -> None:
        """Have it told what became of a message, on the next line that receives; again until it is confirmed."""
        with self.lock:
            self.news.append(
                {
                    "source_addr": taken["to"],
                    "destination_addr": taken["from"],
                    "esm_class": 0x04,
                    "receipted_message_id": taken["id"],
                    "message_state": state,
                    "short_message": f"id:{taken['id']} stat:DELIVRD".encode(),
                    **more,
                }
            )

    def say(self, phone: str, text: str) -> None:
        """Somebody answers."""
        with self.lock:
            self.news.append(
                {"source_addr": phone, "destination_addr": "UBND", "short_message": text.encode()}
            )


class _Talk(socketserver.BaseRequestHandler):
    """One connection: a client of smpplib, the other way round."""

    server: Smsc
    request: socket.socket

    def handle(self) -> None:
        self._wire = Client(LOOPBACK, 0, allow_unknown_opt_params=True)
        self._wire._socket, self._wire.state = self.request, consts.SMPP_CLIENT_STATE_BOUND_TRX
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._receives = False
        with suppress(exceptions.ConnectionError, OSError):
            while True:
                self._tell()
                self.request.settimeout(0.05 if self._receives else None)
                with suppress(TimeoutError):
                    if not self._answer(self._wire.read_pdu()):
                        break
        self._wire._socket = None

    def _answer(self, came: Any) -> bool:
        """Whether the conversation goes on."""
        if came.command.startswith("bind_"):
            return self._sign_in(came)
        if came.command == "submit_sm":
            return self._submit(came)
        if came.command == "enquire_link":
            self._reply(came)
        if came.command == "unbind":
            self._reply(came)
            return False
        return True

    def _sign_in(self, came: Any) -> bool:
        right = came.password == PASSWORD.encode()
        self._reply(came, 0 if right else consts.SMPP_ESME_RINVPASWD)
        self._receives = right and came.command != "bind_transmitter"
        self.server.binds.append(came.command)
        return right

    def _submit(self, came: Any) -> bool:
        smsc, faults = self.server, self.server.faults
        with smsc.lock:
            smsc.submissions += 1
            nth = smsc.submissions
            if faults.status or (faults.throttle and nth % faults.throttle == 0):
                self._reply(came, faults.status or consts.SMPP_ESME_RTHROTTLED)
                return True
            name = f"{nth:08x}"
            smsc.taken.append(_shown(came, name))
        if faults.cut and nth % faults.cut == 0:
            return False
        if faults.babble and nth % faults.babble == 0:
            self.request.sendall(b"\x00\x00\x00\x14hello?hello?hel")
            return False
        self._reply(came, message_id=name)
        if faults.unbind and nth % faults.unbind == 0:
            self._send(smpp.make_pdu("unbind", client=self._wire))
            return False
        return True

    def _tell(self) -> None:
        """Some news at a time, again and again until the other side confirms it."""
        while self._receives and self.server.news:
            told = {}
            for one in self.server.news[:WINDOW]:
                unit = smpp.make_pdu("deliver_sm", client=self._wire, **one)
                self._send(unit)
                told[unit.sequence] = one
            self.request.settimeout(10)
            while told:
                answer = self._wire.read_pdu()
                if answer.command == "unbind":
                    self._reply(answer)
                    raise exceptions.ConnectionError
                one = told.pop(answer.sequence)
                if answer.status:
                    return
                with self.server.lock:
                    self.server.news.remove(one)

    def _reply(self, came: Any, status: int = 0, **fields: Any) -> None:
        answer = smpp.make_pdu(f"{came.command}_resp", client=self._wire, status=status, **fields)
        answer.sequence = came.sequence
        self._send(answer)

    def _send(self, unit: Any) -> None:
        self.request.sendall(unit.generate())


def _shown(came: Any, name: str) -> dict[str, Any]:
    octets = came.short_message or getattr(came, "message_payload", b"")
    coding = "utf-16-be" if came.data_coding == consts.SMPP_ENCODING_ISO10646 else "ascii"
    return {
        "id": name,
        "from": came.source_addr.decode(),
        "to": came.destination_addr.decode(),
        "text": octets.decode(coding),
        "reference": came.user_message_reference,
        "as_payload": not came.short_message,
    }


@contextmanager
def running_smsc() -> Iterator[Smsc]:
    """A message centre of one's own."""
    with Smsc() as smsc:
        threading.Thread(target=smsc.serve_forever, args=(0.05,), daemon=True).start()
        yield smsc
        smsc.shutdown()
