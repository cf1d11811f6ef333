"""F3, F4, F13: the broker dies with all it held, stays away, or is never rung."""

import time
from datetime import datetime
from itertools import pairwise

from portal.db import utc_now
from portal.local.journal import journal
from tests.cast import Browser
from tests.faults.processes import MANY, Site
from tests.faults.table import Verdict


def broker_killed(site: Site) -> Verdict:
    """F3: SIGKILL of the broker in the middle of the work, and it comes back empty."""
    messages = site.messages(MANY)
    site.plant(messages)
    with site.relay(delay=0.005), site.workers():
        site.wait(lambda: site.taken() > messages / 5, 30)
        site.city.valkey.kill()
        time.sleep(1)
        site.city.valkey.start(durable=False)
        seconds = site.finish(120)
    pause = _longest_pause(site)
    lost, doubled = site.counted()
    return Verdict(
        f"SIGKILL of the broker, empty again, {messages} messages",
        lost,
        doubled,
        f"longest pause {pause:.1f} s, all final {seconds:.1f} s later",
        "on <= 15 s later",
        pause <= 15 and seconds < 120,
    )


def _longest_pause(site: Site) -> float:
    """Seconds for which the relay got nothing; a slice that was under way when the broker died does not hide it."""
    taken = sorted(datetime.fromisoformat(line["accepted_at"]) for line in journal(site.folder))
    return max((later - earlier).total_seconds() for earlier, later in pairwise(taken))


def broker_away(site: Site) -> Verdict:
    """F4: no broker at all: pages are quick, and senders without a broker go on."""
    messages = site.messages(1000)
    alice = Browser(site.app).sign_in("alice@north.example")
    slowest = 0.0
    site.city.valkey.kill()
    try:
        site.plant(messages)
        number = site.wall.query("select number from app.card limit 1")[0][0]
        for turn in range(12):
            begun = time.monotonic()
            answer = alice.post(f"/w/north/cards/{number}/comments", text=f"Đã báo tổ {turn}")
            slowest = max(slowest, (time.monotonic() - begun) if turn else 0.0)
            assert answer.status_code < 400, answer.text
        with site.relay(delay=0.002), site.senders():
            seconds = site.finish(60)
    finally:
        site.city.valkey.start(durable=False)
    lost, doubled = site.counted()
    return Verdict(
        f"broker away, {messages} messages, 12 posts of a page",
        lost,
        doubled,
        f"slowest post {slowest * 1000:.0f} ms, sent in {seconds:.1f} s",
        "posts <= 200 ms, sent <= 60 s",
        seconds <= 60 and slowest <= 0.2,
    )


def nobody_rang(site: Site) -> Verdict:
    """F13: the rows are committed and the process dies before it rings: the clock finds them."""
    slowest = 0.0
    # As in production, where senders have processes of their own.
    with site.relay(), site.workers("sending,texting"):
        site.plant(1)
        site.finish(30)
        for _turn in range(site.kills(50)):
            reference = f"again.{utc_now().timestamp()}@test"
            site.wall.execute(
                "delete from app.attempt; update app.delivery set state = 'queued', accepted_at = null, tries = 0,"
                f" client_ref = '{reference}'"
            )
            slowest = max(slowest, site.finish(30))
    lost, doubled = site.counted()
    return Verdict(
        f"{site.kills(50)} commits without a ring",
        lost,
        doubled,
        f"slowest sent {slowest:.1f} s later",
        "sent <= 5 s later",
        slowest <= 5,
    )
