"""An SMTP server for the local city: it takes every message, and notes each in a journal before it says so.

The journal decides whether a submission that was cut off had been accepted. Faults can be ordered for tests.
"""

import argparse
import asyncio
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK, free_port
from portal.local.returning import Returns, pipe_to_portal, report_on, status_of

ACCEPTED = "250 2.0.0 Accepted"


@dataclass(frozen=True)
class Faults:
    """What goes wrong on purpose: `drop_every` counts messages, `delay` is seconds, `refuse` an SMTP code."""

    drop_every: int = 0
    delay: float = 0.0
    refuse: int = 0


class Mailbox:
    """Keeps each message as a file in `folder` and a line in the journal; aiosmtpd calls it."""

    def __init__(self, folder: Path, faults: Faults = Faults(), returns: Returns | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._faults = faults
        self._taken = 0
        self._returns = returns
        self._under_way: set[asyncio.Task[None]] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer one submission; kept on disk before the answer, whatever becomes of the answer."""
        await asyncio.sleep(self._faults.delay)
        if self._faults.refuse:
            return f"{self._faults.refuse} Refused on purpose"
        self._keep(envelope)
        self._send_back(envelope)
        self._taken += 1
        if self._faults.drop_every and self._taken % self._faults.drop_every == 0:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return ACCEPTED

    def _send_back(self, envelope: Envelope) -> None:
        """Report on those who cannot be reached, to whoever sent it; nothing goes back to nobody (RFC 5321 4.5.5)."""
        for recipient in envelope.rcpt_tos:
            status = status_of(recipient)
            if self._returns and envelope.mail_from and status:
                report = report_on(recipient, envelope.mail_from, status)
                handing = asyncio.ensure_future(self._returns(envelope.mail_from, report))
                self._under_way.add(handing)
                handing.add_done_callback(self._under_way.discard)

    def _keep(self, envelope: Envelope) -> None:
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S.%f}.eml"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        (self._folder / name).write_bytes(content)
        self._note(_line(content, list(envelope.rcpt_tos), now, name))

    def _note(self, line: dict[str, Any]) -> None:
        with (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line, ensure_ascii=False) + "\n")


def _line(content: bytes, recipients: list[str], now: datetime, name: str) -> dict[str, Any]:
    message = message_from_bytes(content, policy=policy.default)
    return {
        "message_id": str(message["Message-ID"] or ""),
        "to": recipients,
        "subject": str(message["Subject"] or ""),
        "accepted_at": now.isoformat(),
        "file": name,
    }


@contextmanager
def running_mailbox(
    folder: Path, faults: Faults = Faults(), port: int | None = None, returns: Returns | None = None
) -> Iterator[int]:
    """A mailbox inside this process (a thread) while the block runs; gives its port."""
    port = port or free_port()
    controller = Controller(
        Mailbox(folder, faults, returns), hostname=LOOPBACK, port=port, enable_SMTPUTF8=True
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


async def _serve(mailbox: Mailbox, port: int) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, stopped.set)
    server = await loop.create_server(lambda: SMTP(mailbox, enable_SMTPUTF8=True), LOOPBACK, port)
    await stopped.wait()
    server.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m portal.local.mailbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True, help="where messages and the journal are kept")
    parser.add_argument("--drop-after-accept", type=int, default=0, metavar="N", help="every Nth: no answer")
    parser.add_argument("--delay", type=float, default=0.0, metavar="SECONDS", help="before each answer")
    parser.add_argument(
        "--refuse", type=int, default=0, metavar="CODE", help="refuse all, such as 451 or 550"
    )
    parser.add_argument("--returns", action="store_true", help="report on addresses nobody lives at")
    return parser.parse_args()


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    given = _arguments()
    faults = Faults(drop_every=given.drop_after_accept, delay=given.delay, refuse=given.refuse)
    returns = pipe_to_portal if given.returns else None
    asyncio.run(_serve(Mailbox(given.dir, faults, returns), given.port))


if __name__ == "__main__":
    main()
