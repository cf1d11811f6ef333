"""A mail relay that misbehaves on purpose, as a process of its own; its journal is the judge of what it took.

How it misbehaves stands in a file it looks at before every message, so that a run can change it on the way.
"""

import argparse
import asyncio
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from weakref import WeakKeyDictionary

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK

MANNERS = "manners.json"
ACCEPTED = "250 2.0.0 Accepted"


@dataclass(frozen=True)
class Manners:
    """`drop_every`: of the messages taken, the nth whose sender never hears of it. `tarpit`: seconds for every 40th.

    `session_limit`: messages of one session before 452. `busy_every`: every nth MAIL is answered 421. `greylist`: the
    first try of each recipient is answered 451. `refuse_third`: every third recipient does not exist. `delay`: seconds.
    """

    delay: float = 0.0
    drop_every: int = 0
    tarpit: float = 0.0
    session_limit: int = 0
    busy_every: int = 0
    greylist: bool = False
    refuse_third: bool = False

    def put(self, folder: Path) -> None:
        """From the next message on."""
        beside = folder / f"{MANNERS}.new"
        beside.write_text(json.dumps(asdict(self)))
        beside.replace(folder / MANNERS)


@dataclass
class Relay:
    """What aiosmtpd calls."""

    folder: Path
    taken: int = 0
    mails: int = 0
    seen: set[str] = field(default_factory=set)
    in_session: WeakKeyDictionary[Session, int] = field(default_factory=WeakKeyDictionary)

    def _manners(self) -> Manners:
        path = self.folder / MANNERS
        return Manners(**json.loads(path.read_text())) if path.exists() else Manners()

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether this session may go on."""
        manners, used = self._manners(), self.in_session.get(session, 0)
        self.mails += 1
        if manners.session_limit and used >= manners.session_limit:
            return "452 4.5.3 Too many messages sent"
        if manners.busy_every and self.mails % manners.busy_every == 0:
            return "421 4.3.2 Busy, come again"
        self.in_session[session] = used + 1
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Whether this recipient is served."""
        manners = self._manners()
        number = int("".join(filter(str.isdigit, address.partition("@")[0])) or 1)
        if manners.refuse_third and number % 3 == 0:
            return "550 5.1.1 No such person"
        if manners.greylist and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 Greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take the message: noted before the answer, whatever becomes of the answer."""
        manners = self._manners()
        self.taken += 1
        slow = manners.tarpit and self.taken % 40 == 0
        await asyncio.sleep(manners.tarpit if slow else manners.delay)
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        name = str(message_from_bytes(content)["Message-ID"])
        self._note(name, envelope)
        if manners.drop_every and self.taken % manners.drop_every == 0:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return ACCEPTED

    def _note(self, name: str, envelope: Envelope) -> None:
        line = {
            "message_id": name,
            "to": list(envelope.rcpt_tos),
            "accepted_at": datetime.now(UTC).isoformat(),
        }
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")


async def _serve(folder: Path, port: int) -> None:
    relay = Relay(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(relay, enable_SMTPUTF8=True), LOOPBACK, port
    )
    await server.serve_forever()


def main() -> None:
    """Run until killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.relay", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True)
    given = parser.parse_args()
    asyncio.run(_serve(given.dir, given.port))


if __name__ == "__main__":
    main()
