"""A city whose processes are killed: its servers, a relay, workers of the product, and the judge of what came of it."""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from flask import Flask

from portal.db import db, keep, utc_now
from portal.local.child import Child
from portal.local.journal import JOURNAL, journal
from portal.local.ports import answers, free_port
from portal.reminders.planning import plan_day
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership
from portal.wording import local_day
from tests.cast import Cast
from tests.city import City, Snapshot
from tests.faults.relay import Manners

_ROOT = Path(__file__).parents[2]
_CELERY = [sys.executable, "-m", "celery", "-A", "tests.faults.quick_worker"]
_WORKER = "--pool prefork --concurrency 2 --without-gossip --without-mingle --loglevel WARNING --queues"

#: Messages of a run in which processes die (reminders.md 10).
MANY = 5000

#: States of messages that somebody still has to do something about.
OPEN = ("queued", "claimed", "submitting", "unknown", "retry_wait", "held")


@dataclass
class Site:
    """Everything a fault needs at hand. `size` stretches the number of messages and kills."""

    city: City
    app: Flask
    cast: Cast
    wall: Snapshot
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    size: float = 1.0
    port: int = field(default_factory=free_port)

    def messages(self, ordinary: int) -> int:
        """How many messages this run uses."""
        return max(30, int(ordinary * self.size))

    def kills(self, ordinary: int) -> int:
        """How often this run kills."""
        return max(3, int(ordinary * self.size))

    def settings(self) -> dict[str, str]:
        """PORTAL_* settings of a process of this site."""
        journal_at = str(self.folder / JOURNAL)
        return {
            **self.city.settings(),
            "PORTAL_SMTP_PORT": str(self.port),
            "PORTAL_RELAY_JOURNAL": journal_at,
        }

    def plant(self, messages: int, *, phones: bool = False) -> None:
        """One card that is no news, and as many people to be told of it as there are messages.

        With `phones` they have a telephone and no address.
        """
        now = utc_now()
        with self.app.app_context(), inside_ward(self.cast.north):
            add_cards(
                [NewCard("Tuần tra", self.cast.schools, due_on=local_day(now))],
                SYSTEM,
                now - timedelta(days=30),
            )
            people = [
                Contact(
                    name=f"Người {n}",
                    email=None if phones else f"nguoi{n}@north.example",
                    phone=f"+849{10_000_000 + n}" if phones else None,
                )
                for n in range(messages - 1)
            ]
            db.session.add_all(people)
            db.session.flush()
            db.session.add_all(
                Membership(contact_id=one.id, role="agency_member", agency_id=self.cast.schools)
                for one in people
            )
            keep()
            assert plan_day(local_day(now), now) == messages
            keep()

    @contextmanager
    def relay(self, **manners: float) -> Iterator[Child]:
        """A relay with these manners while the block runs."""
        self.behave(**manners)
        words = ["-m", "tests.faults.relay", "--port", str(self.port), "--dir", str(self.folder)]
        child = Child("relay", [sys.executable, *words], log=self.folder / "relay.log", cwd=_ROOT)
        child.start()
        settings = self.app.config["PORTAL"]
        self.app.config["PORTAL"] = replace(
            settings, smtp_port=self.port, relay_journal=self.folder / JOURNAL
        )
        try:
            child.wait_until(lambda: answers(self.port), 20)
            yield child
        finally:
            child.kill()
            self.app.config["PORTAL"] = settings

    def behave(self, **manners: float) -> None:
        """From now on the relay does this."""
        self.folder.mkdir(parents=True, exist_ok=True)
        Manners(**manners).put(self.folder)  # type: ignore[arg-type]

    def child(self, name: str, command: list[str]) -> Child:
        """A process of this site, not started yet."""
        env = {**os.environ, **self.settings(), "SENDER_SETTINGS": json.dumps(self.settings())}
        return Child(name, command, log=self.folder / f"{name}.log", env=env, cwd=_ROOT)

    @contextmanager
    def senders(self, count: int = 2) -> Iterator[list[Child]]:
        """Bare senders: `drain` in a loop, with no broker."""
        command = [sys.executable, "-m", "tests.faults.sender"]
        with _running([self.child(f"sender{n}", command) for n in range(count)]) as senders:
            yield senders

    @contextmanager
    def workers(self, queues: str = "sending,texting,work") -> Iterator[list[Child]]:
        """The product's worker, two processes in its pool, and its clock."""
        worker = [*_CELERY, "worker", *_WORKER.split(), queues]
        clock = [*_CELERY, "beat", "--schedule", str(self.folder / "beat"), "--loglevel", "WARNING"]
        children = [self.child("worker", worker), self.child("clock", clock)]
        with _running(children):
            yield children

    def taken(self) -> int:
        """How many messages the relay has taken."""
        path = self.folder / JOURNAL
        return path.read_bytes().count(b"\n") if path.exists() else 0

    def left(self, channel: str = "email") -> int:
        """How many messages somebody still has to do something about."""
        asked = "select count(*) from app.delivery where state = any(%s) and channel = %s"
        [(count,)] = self.wall.query(asked, (list(OPEN), channel))
        return int(str(count))

    def wait(self, until: Callable[[], bool], seconds: float) -> float:
        """Wait for that; the seconds it took, or all of them."""
        begun = time.monotonic()
        while not until() and time.monotonic() - begun < seconds:
            time.sleep(0.02)
        return time.monotonic() - begun

    def finish(self, seconds: float = 60) -> float:
        """Wait until nothing is left to do; the seconds it took."""
        return self.wait(lambda: self.left() == 0, seconds)

    def counted(self) -> tuple[int, int]:
        """Lost and doubled, the relay's journal against the envelopes that were to be sent."""
        wanted = {str(ref) for (ref,) in self.wall.query(
            "select client_ref from app.delivery where channel = 'email' and state not in ('failed', 'cancelled')"
        )}  # fmt: skip
        took = Counter(line["message_id"].strip("<>") for line in journal(self.folder))
        return len(wanted - took.keys()), sum(took.values()) - len(took)

    def in_doubt(self) -> int:
        """How many tries had no answer of their own."""
        [(count,)] = self.wall.query(
            "select count(*) from app.attempt where outcome is null or outcome = 'ambiguous'"
        )
        return int(str(count))


@contextmanager
def _running(children: list[Child]) -> Iterator[list[Child]]:
    with ExitStack() as until_end:
        for child in children:
            child.start()
            until_end.callback(_end, child)
        yield children


def _end(child: Child) -> None:
    child.kill()
    child.wait(5)


def kill_whole(child: Child) -> None:
    """SIGKILL a process and everything in its group."""
    child.kill()
    child.wait(5)
