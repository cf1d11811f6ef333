"""Senders are killed over and over in the middle of their work: the relay's journal says that nothing was lost or
doubled. PORTAL_FAULT_MESSAGES makes it longer."""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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

pytestmark = pytest.mark.faults

MESSAGES = int(os.environ.get("PORTAL_FAULT_MESSAGES", "40"))
KILLS = max(4, MESSAGES // 40)
SECONDS = 30 + MESSAGES / 10


def an_agency_of_many(app: Flask, cast: Cast) -> None:
    """One late card, and as many people to be told of it as there are messages."""
    now = utc_now()
    with app.app_context(), inside_ward(cast.north):
        add_cards([NewCard("Tuần tra", cast.schools, due_on=local_day(now))], SYSTEM, now)
        for number in range(MESSAGES - 1):
            contact = Contact(name=f"Người {number}", email=f"nguoi{number}@north.example")
            db.session.add(contact)
            db.session.flush()
            db.session.add(Membership(contact_id=contact.id, role="agency_member", agency_id=cast.schools))
        keep()
        assert plan_day(local_day(now), now) == MESSAGES
        keep()


@contextmanager
def relay_process(folder: Path, *faults: str) -> Iterator[int]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "portal.local.mailbox",
        "--port",
        str(port),
        "--dir",
        str(folder),
        *faults,
    ]
    relay = Child("relay", command, log=folder / "relay.log")
    relay.start()
    try:
        relay.wait_until(lambda: answers(port), 20)
        yield port
    finally:
        relay.stop()


def sender(city: City, folder: Path, port: int, number: int) -> Child:
    settings = {
        **city.settings(),
        "PORTAL_SMTP_PORT": str(port),
        "PORTAL_RELAY_JOURNAL": str(folder / JOURNAL),
    }
    return Child(
        f"sender {number}",
        [sys.executable, "-m", "tests.faults.sender"],
        log=folder / f"sender{number}.log",
        env={**os.environ, "SENDER_SETTINGS": json.dumps(settings)},
        cwd=Path(__file__).parents[2],
    )


def accepted(wall: Snapshot) -> int:
    [(count,)] = wall.query("select count(*) from app.delivery where state = 'accepted'")
    return int(str(count))


@pytest.mark.parametrize("fault", [("--delay", "0.02"), ("--delay", "0.01", "--drop-after-accept", "9")])
def test_killed_senders_lose_nothing_and_double_nothing(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot, tmp_path: Path, fault: tuple[str, ...]
) -> None:
    an_agency_of_many(app, cast)
    chance = random.Random(7)
    with relay_process(tmp_path, *fault) as port:
        senders = [sender(city, tmp_path, port, number) for number in range(2)]
        for one in senders:
            one.start()
        try:
            kills = _kill_while_they_work(senders, behind_the_wall, tmp_path, chance)
            _wait_until_all_accepted(senders, behind_the_wall)
        finally:
            for one in senders:
                one.kill()
    taken = Counter(line["message_id"] for line in journal(tmp_path))
    assert kills >= 3
    assert len(taken) == MESSAGES, "lost"
    assert set(taken.values()) == {1}, "doubled"
    in_doubt = behind_the_wall.query(
        "select count(*) from app.attempt where outcome is distinct from 'accepted'"
    )
    print(f"{MESSAGES} messages, {kills} kills, {in_doubt[0][0]} tries in doubt, 0 lost, 0 doubled")


def _kill_while_they_work(senders: list[Child], wall: Snapshot, folder: Path, chance: random.Random) -> int:
    """Kill one sender after the other, each in the middle of submitting, and start it again."""
    kills, deadline = 0, time.monotonic() + SECONDS
    while kills < KILLS and accepted(wall) < MESSAGES * 0.9 and time.monotonic() < deadline:
        before = len(journal(folder))
        while len(journal(folder)) < before + 3 and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.03))
        victim = senders[kills % len(senders)]
        victim.kill()
        victim.start()
        kills += 1
    return kills


def _wait_until_all_accepted(senders: list[Child], wall: Snapshot) -> None:
    deadline = time.monotonic() + SECONDS
    while accepted(wall) < MESSAGES:
        assert time.monotonic() < deadline, [one.last_words() for one in senders]
        time.sleep(0.1)
