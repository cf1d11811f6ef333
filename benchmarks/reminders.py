"""How fast reminders leave, by stage and whole: planned, claimed, built, sent, beside a bare SMTP client."""

import json
import os
import resource
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from flask import Flask

from benchmarks.figure import Figure
from benchmarks.processes import mebibytes
from benchmarks.seeding import seed_unit, throw_away_city
from portal.db import drop, keep, session_as, utc_now
from portal.local.child import Child
from portal.local.journal import JOURNAL
from portal.local.ports import LOOPBACK, answers, free_port
from portal.reminders.claiming import claim, wake_lanes
from portal.reminders.delivery import Delivery, Urgency
from portal.reminders.pace import PACE
from portal.reminders.planning import plan_day
from portal.reminders.readying import Desk
from portal.reminders.sifting import Sifted
from portal.reminders.way import EmailWay
from portal.tenants.boundary import inside_ward
from portal.wording import local_day
from tests.city import City

#: Wards of 33 cards and ten people each.
FEW_WARDS, WARDS, ALL_WARDS = 20, 60, 3000
_CARDS = 34

#: Messages that are built, and sent by the bare client.
_SOME = 320
_SENDERS = 2

#: One person for each agency of these wards.
PEOPLE = """
with people as (
  insert into app.contact (ward_id, id, name, title, email, "left")
  select a.ward_id, gen_random_uuid(), 'Người ' || a.kind, '', a.kind || a.ward_id || '@bench.example', false
  from app.agency a where a.ward_id = any(%(wards)s) returning ward_id, id, email
)
insert into app.membership (ward_id, id, contact_id, role, agency_id)
select p.ward_id, gen_random_uuid(), p.id, 'agency_member', a.id from people p
join app.agency a on a.ward_id = p.ward_id and a.kind || a.ward_id || '@bench.example' = p.email
"""


def measure(wards: int = WARDS) -> Iterator[Figure]:
    """Every stage over so many wards, then everything that was planned is sent by two processes."""
    with throw_away_city() as (city, app), TemporaryDirectory() as name, _sink(Path(name)) as port:
        folder = Path(name)
        app.config["PORTAL"] = replace(app.config["PORTAL"], smtp_port=port, relay_journal=folder / JOURNAL)
        ids = _seeded(city, wards)
        before = _peak()
        seconds, facts = _planned(app, ids)
        yield Figure(f"plan {wards * _CARDS:,} cards of {wards:,} wards", seconds, "s")
        yield Figure("cards planned a second", wards * _CARDS / seconds, "/s")
        yield Figure("plan a fact and its share of a message", seconds / facts * 1000, "ms")
        yield Figure("memory the planner gained", _peak() - before, "MiB")
        with app.app_context():
            yield Figure("claim an envelope", _seconds_to_claim(app) * 1000, "ms")
            each, letters = _built(app)
            yield Figure("look once more and build a letter", each * 1000, "ms")
        floor = _each(len(letters), lambda: _send_bare(letters, port))
        (folder / JOURNAL).unlink()
        ours, memory = _sent(city, folder, port)
        yield Figure("send a letter, two processes", ours * 1000, "ms", limit=1 / 0.45, floor=floor * 1000)
        yield Figure("letters a second, bare client", 1 / floor, "/s")
        yield Figure("letters a second, two processes", 1 / ours, "/s")
        yield Figure("memory of one sender", memory, "MiB")


def _seeded(city: City, wards: int) -> list[int]:
    ids = seed_unit(city, "bench", wards, _CARDS)
    with psycopg.connect(city.superuser()) as connection:
        connection.execute(PEOPLE, {"wards": ids})
        # Every card stands on a rung: the morning of the last day of everything.
        connection.execute(
            "update app.card set state = 'todo', due_on = current_date, original_due_on = current_date"
        )
        connection.commit()
        connection.autocommit = True
        connection.execute(
            "analyze app.contact, app.membership, app.card"
        )  # not the empty ones, see seed_unit
    return ids


def _planned(app: Flask, ids: list[int]) -> tuple[float, int]:
    """Seconds for all wards, one transaction each as the clock does it, and how many facts that made."""
    now, facts = utc_now(), 0
    begun = time.perf_counter()
    for ward_id in ids:
        with app.app_context(), inside_ward(ward_id):
            facts += plan_day(local_day(now), now)
            keep()
    return time.perf_counter() - begun, facts


def _claimed() -> list[Delivery]:
    claimed: list[Delivery] = []
    wake_lanes(session_as("dispatch"), utc_now())
    while len(claimed) < _SOME:
        some = claim(session_as("dispatch"), Urgency.NOW, 1, utc_now(), PACE.claim)
        if not some:
            break
        claimed += some
    return claimed


def _seconds_to_claim(app: Flask) -> float:
    begun = time.perf_counter()
    claimed = _claimed()
    seconds = time.perf_counter() - begun
    drop()
    return seconds / len(claimed)


def _built(app: Flask) -> tuple[float, list[bytes]]:
    """Seconds for each, and the letters; the claims are forgotten again."""
    dispatch = session_as("dispatch")
    claimed = _claimed()
    keep()
    desk = Desk(dispatch, EmailWay(dispatch, app.config["PORTAL"]))
    begun = time.perf_counter()
    ready = [offer for n in range(0, len(claimed), 32) for offer in desk.make_ready(
        claimed[n : n + 32], utc_now()
    ).values()]  # fmt: skip
    seconds = (time.perf_counter() - begun) / len(claimed)
    for one in claimed:
        one.state, one.lease_until, one.lease_owner = "queued", None, None
    keep()
    return seconds, [offer.message for offer in ready if not isinstance(offer, Sifted)]


def _each(count: int, work: Callable[[], None]) -> float:
    """Seconds for each message."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) / count


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(folder: Path, name: str, words: list[str], settings: dict[str, str] | None = None) -> Child:
    env = {**os.environ, "SENDER_SETTINGS": json.dumps(settings or {})}
    return Child(name, [sys.executable, "-m", *words], log=folder / f"{name}.log", env=env)


@contextmanager
def _sink(folder: Path) -> Iterator[int]:
    """A relay that only notes what it takes, as a process of its own, so that it does not share our interpreter."""
    port = free_port()
    sink = _child(folder, "sink", ["tests.faults.relay", "--port", str(port), "--dir", str(folder)])
    sink.start()
    try:
        sink.wait_until(lambda: answers(port), 20)
        yield port
    finally:
        sink.kill()


def _sent(city: City, folder: Path, port: int) -> tuple[float, float]:
    """Seconds for each letter while two processes send everything, from their first letter on; one's memory."""
    settings = {
        **city.settings(),
        "PORTAL_SMTP_PORT": str(port),
        "PORTAL_RELAY_JOURNAL": str(folder / JOURNAL),
    }
    with psycopg.connect(city.superuser(), autocommit=True) as wall, ExitStack() as until_end:
        senders = [_child(folder, f"sender{n}", ["tests.faults.sender"], settings) for n in range(_SENDERS)]
        for sender in senders:
            sender.start()
            until_end.callback(sender.kill)
        [(waiting,)] = wall.execute("select count(*) from app.delivery where state = 'queued'").fetchall()
        while _taken(folder) < waiting / 20:
            time.sleep(0.01)
        start, begun = _taken(folder), time.perf_counter()
        while _taken(folder) < waiting:
            time.sleep(0.02)
        seconds = time.perf_counter() - begun
        assert senders[0].pid is not None
        return seconds / (waiting - start), mebibytes(senders[0].pid)


def _taken(folder: Path) -> int:
    path = folder / JOURNAL
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _send_bare(letters: list[bytes], port: int) -> None:
    """The same letters handed over by nothing but smtplib on one connection."""
    with smtplib.SMTP(LOOPBACK, port, "localhost") as smtp:
        for letter in letters:
            smtp.sendmail("nhac-viec@chung-tay.example", ["a@north.example"], letter)


if __name__ == "__main__":
    for figure in measure():
        print(*figure.as_row(), sep="  ")
