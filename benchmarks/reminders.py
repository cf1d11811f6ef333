"""How fast reminders leave: our sender beside a bare SMTP client, through the same relay, in the same run."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from benchmarks.figure import Figure
from benchmarks.seeding import throw_away_city
from portal.db import db, keep, utc_now
from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK, answers, free_port
from portal.reminders.draining import drain
from portal.reminders.pace import PACE
from portal.reminders.planning import plan_day
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership
from portal.wording import local_day
from tests.cast import Cast, gather

_AGENCY_CARDS = 3


def measure(people: int = 400) -> Iterator[Figure]:
    """Plan and send one message to each of `people`, three cards in each."""
    with throw_away_city() as (_city, app), TemporaryDirectory() as name, _relay(Path(name)) as port:
        app.config["PORTAL"] = replace(
            app.config["PORTAL"], smtp_port=port, relay_journal=Path(name) / JOURNAL
        )
        planned = _seconds_to_plan(app, gather(app), people)
        yield Figure("plan a fact and its share of a message", planned * 1000, "ms")
        ours, our_cpu = _each(people, lambda: _drain(app, people))
        floor, floor_cpu = _each(people, lambda: _send_bare(Path(name), port))
        yield Figure("send one reminder, end to end", ours * 1000, "ms", floor=floor * 1000)
        yield Figure(
            "send one reminder, processor time of the sender", our_cpu * 1000, "ms", floor=floor_cpu * 1000
        )
        yield Figure("reminders a second, one sender", 1 / ours, "/s")


def _each(people: int, work: Callable[[], None]) -> tuple[float, float]:
    """Seconds for each message: on the wall, and of this process's processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) / people, (time.process_time() - cpu) / people


@contextmanager
def _relay(folder: Path) -> Iterator[int]:
    """The relay as a process of its own, so that it does not share our interpreter."""
    port = free_port()
    command = [sys.executable, "-m", "portal.local.mailbox", "--port", str(port), "--dir", str(folder)]
    with subprocess.Popen(command) as process:
        while not answers(port):
            time.sleep(0.05)
        try:
            yield port
        finally:
            process.terminate()


def _seconds_to_plan(app: Flask, cast: Cast, people: int) -> float:
    """Seconds for each fact: found, written, merged, with its link."""
    now = utc_now()
    with app.app_context(), inside_ward(cast.north):
        new = [NewCard(f"Việc {n}", cast.schools, due_on=local_day(now)) for n in range(_AGENCY_CARDS)]
        add_cards(new, SYSTEM, now - timedelta(days=30))
        for number in range(people - 1):
            contact = Contact(name=f"Người {number}", email=f"nguoi{number}@north.example")
            db.session.add(contact)
            db.session.flush()
            db.session.add(Membership(contact_id=contact.id, role="agency_member", agency_id=cast.schools))
        keep()
        start = time.perf_counter()
        facts = plan_day(local_day(now), now)
        keep()
        return (time.perf_counter() - start) / facts


def _drain(app: Flask, people: int) -> None:
    with app.app_context():
        sent = drain(utc_now, replace(PACE, slice=timedelta(minutes=5))).submitted
        keep()
    assert sent == people, sent


def _send_bare(folder: Path, port: int) -> None:
    """The same messages handed over by nothing but smtplib on one connection."""
    letters = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    with smtplib.SMTP(LOOPBACK, port, "localhost") as smtp:
        for letter in letters:
            smtp.sendmail("nhac-viec@chung-tay.example", ["a@north.example"], letter)


if __name__ == "__main__":
    for figure in measure():
        print(*figure.as_row(), sep="  ")
