"""Handing a message to a message centre: once, and with an honest answer when nobody knows whether it was taken."""

import threading
import time
import zlib
from collections.abc import Mapping
from typing import Any

from smpplib import consts, gsm

from portal.mail import Answer, Outcome
from portal.reminders.texts.shape import Shape
from portal.reminders.texts.smpp.line import Line, LineLost, SignInRefused
from portal.reminders.texts.smpp.server import Server, servers

#: A line that was silent for longer is asked whether it lives before a message is trusted to it.
_ASK_AFTER = 20.0

#: What fits into a message as such (octets); more goes as one payload, which the message centre parts.
_SHORT = {consts.SMPP_ENCODING_DEFAULT: 160, consts.SMPP_ENCODING_ISO10646: 140}

_kept = threading.local()


class Submission:
    """A message that goes by SMPP (see Offer)."""

    def __init__(self, shape: Shape, said: Mapping[str, Any]) -> None:
        self.provider: str = shape.key
        self._shape, self._said = shape, said

    def reach(self) -> None:
        """Nothing to open beforehand: a centre that does not answer is a plain refusal, of one ward's account."""

    def submit(self) -> Answer:
        """Hand it over, once."""
        server = servers().get(self._said["settings"]["server"])
        if server is None:
            return Answer(Outcome.HOLD_ACCOUNT, "server")
        try:
            line = _line_to(server, self._said["settings"])
        except SignInRefused as refused:
            return Answer(self._shape.outcome(hex(refused.status)), hex(refused.status))
        except (LineLost, TimeoutError):
            return Answer(Outcome.RETRY, "away")
        try:
            answer = line.ask("submit_sm", **_fields(self._said))
        except (LineLost, TimeoutError) as lost:
            _forget(line)
            return Answer(Outcome.AMBIGUOUS, str(lost)[:20])
        name = getattr(answer, "message_id", None) or b""
        outcome = self._shape.outcome(hex(answer.status))
        return Answer(outcome, hex(answer.status), name.decode("ascii", "replace")[:80])


def reference_of(client_ref: str) -> int:
    """Our reference as it fits into user_message_reference (SMPP 3.4, 5.3.2.17): 16 bits, so never alone."""
    return zlib.crc32(client_ref.encode()) & 0xFFFF


def _fields(said: Mapping[str, Any]) -> dict[str, Any]:
    coding, octets = _encoded(said["text"])
    whole = len(octets) <= _SHORT[coding]
    return {
        "source_addr_ton": consts.SMPP_TON_ALNUM,
        "source_addr_npi": consts.SMPP_NPI_UNK,
        "source_addr": said["sender"],
        "dest_addr_ton": consts.SMPP_TON_INTL,
        "dest_addr_npi": consts.SMPP_NPI_ISDN,
        "destination_addr": said["plain"],
        "esm_class": consts.SMPP_MSGMODE_DEFAULT,
        "data_coding": coding,
        "registered_delivery": 1,
        "user_message_reference": reference_of(said["ref"]),
        "short_message" if whole else "message_payload": octets,
    }


def _encoded(text: str) -> tuple[int, bytes]:
    """The default alphabet, a letter an octet, where all letters are in it; otherwise UCS-2 for all of them."""
    try:
        return consts.SMPP_ENCODING_DEFAULT, gsm.gsm_encode(text)
    except UnicodeError:
        return consts.SMPP_ENCODING_ISO10646, text.encode("utf-16-be")


def _line_to(server: Server, settings: Mapping[str, str]) -> Line:
    """The line this process has open for the account, or a new one."""
    lines: dict[tuple[object, ...], tuple[Line, float]] = vars(_kept).setdefault("lines", {})
    key = (server, *sorted(settings.items()))
    line, used = lines.pop(key, (None, 0.0))
    if line is not None and not line.is_alive(asks=time.monotonic() - used > _ASK_AFTER):
        line.close()
        line = None
    line = line or Line(server, settings)
    lines[key] = line, time.monotonic()
    return line


def _forget(lost: Line) -> None:
    lines = vars(_kept).get("lines", {})
    for key in [key for key, (line, _used) in lines.items() if line is lost]:
        del lines[key]
    lost.close()
