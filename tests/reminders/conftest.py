"""A relay that journals, cards with dates, and the senders of this platform, for the tests of the reminders."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.db import db, keep
from portal.local.journal import JOURNAL, journal, messages
from portal.local.mailbox import Faults, running_mailbox
from portal.plans.plan import Plan
from portal.reminders.draining import Tally, drain
from portal.reminders.pace import PACE, Pace
from portal.reminders.planning import plan, plan_day
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from tests.cast import Cast
from tests.city import Snapshot

#: Tuesday 2026-03-10, a working day, just after the morning's slot of 08:00 in Vietnam.
MORNING = datetime(2026, 3, 10, 1, 0, 5, tzinfo=UTC)
TODAY = date(2026, 3, 10)
LONG_AGO = MORNING - timedelta(days=30)
TOMORROW_MORNING = MORNING + timedelta(days=1)

NO_FAULTS = Faults()

#: What the tests wait for instead of minutes.
QUICK = replace(PACE, settle=timedelta(seconds=30))


@dataclass
class Post:
    """The sending side with a relay behind it."""

    app: Flask
    folder: Path
    cast: Cast
    wall: Snapshot

    def plan(self, now: datetime = MORNING, *, south: bool = False, day: date | None = None) -> int:
        """Let the planner run in one ward."""
        with self.app.app_context(), inside_ward(self.cast.south if south else self.cast.north):
            told = plan_day(day, now) if day else plan(now)
            keep()
            return told

    def drain(self, now: datetime = MORNING, pace: Pace = QUICK) -> Tally:
        """Send what is due at that moment."""
        with self.app.app_context():
            tally = drain(lambda: now, pace)
            keep()
            return tally

    def journal(self) -> list[dict[str, Any]]:
        """What the relay took."""
        return journal(self.folder)

    def letters(self) -> list[EmailMessage]:
        """The messages the relay took, parsed."""
        return messages(self.folder)

    def states(self) -> list[tuple[str, str]]:
        """State and reason of every envelope, oldest first."""
        return [
            (str(state), str(why))
            for state, why in self.wall.query("select state, why from app.delivery order by created_at, id")
        ]

    def change(self, number: int, **values: object) -> None:
        """Set columns of a card of North."""
        with self.app.app_context(), inside_ward(self.cast.north):
            card = db.session.query(Card).filter_by(number=number).one()
            for name, value in values.items():
                setattr(card, name, value)
            keep()


Relays = Callable[..., Post]


@pytest.fixture
def relay(app: Flask, cast: Cast, behind_the_wall: Snapshot, tmp_path: Path) -> Iterator[Relays]:
    """Start a real SMTP server with the given faults, and lead the app to it."""
    settings = app.config["PORTAL"]
    running: list[Any] = []

    def start(faults: Faults = NO_FAULTS, *, journalled: bool = True) -> Post:
        while running:
            running.pop().__exit__(None, None, None)
        box = running_mailbox(tmp_path, faults)
        running.append(box)
        port = box.__enter__()
        app.config["PORTAL"] = replace(
            settings, smtp_port=port, relay_journal=tmp_path / JOURNAL if journalled else None
        )
        return Post(app, tmp_path, cast, behind_the_wall)

    yield start
    while running:
        running.pop().__exit__(None, None, None)
    app.config["PORTAL"] = settings


@pytest.fixture
def post(relay: Relays) -> Post:
    """The sending side with a relay that does nothing wrong."""
    return relay()


CardMaker = Callable[..., int]


@pytest.fixture
def due(app: Flask, cast: Cast) -> CardMaker:
    """A card due on a day, of North's police unless said otherwise, assigned too long ago to be news.

    With a `text` it comes from a plan.
    """

    def make(day: date | None, *, south: bool = False, now: datetime = LONG_AGO, **fields: Any) -> int:
        fields.setdefault("agency_id", cast.south_police if south else cast.police)
        fields.setdefault("title", "Tuần tra cổng trường")
        with app.app_context(), inside_ward(cast.south if south else cast.north):
            if fields.get("text"):
                fields["plan_id"] = _plan_with(now)
            number = add_cards([NewCard(due_on=day, **fields)], SYSTEM, now)[0].number
            keep()
            return number

    return make


def _plan_with(now: datetime) -> uuid.UUID:
    plan = Plan(
        state="confirmed",
        source="text",
        filename="ke-hoach.txt",
        stored_as="",
        size=1,
        sha256=uuid.uuid4().hex,
        added_by="Alice",
        added_at=now,
    )
    db.session.add(plan)
    db.session.flush()
    return plan.id


def body(letter: EmailMessage, kind: str = "plain") -> str:
    """One of the two forms of a letter."""
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def links(letter: EmailMessage) -> list[str]:
    """The paths of the one-tap links in a letter."""
    return list(dict.fromkeys(re.findall(r"/a/[\w-]{22}", body(letter))))
