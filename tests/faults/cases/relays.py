"""F6, F7: the relay takes a message and says nothing, takes its time, or refuses in every way it knows."""

import time

from tests.faults.processes import MANY, Site
from tests.faults.table import Verdict


def answer_dropped(site: Site) -> Verdict:
    """F6: the relay accepts a message and hangs up before its answer."""
    messages = site.messages(MANY)
    site.plant(messages)
    with site.relay(delay=0.002, drop_every=50), site.senders():
        seconds = site.finish(300)
    lost, doubled = site.counted()
    [(found,)] = site.wall.query(
        "select count(*) from app.delivery where why = 'found' and state = 'accepted'"
    )
    dropped = site.in_doubt()
    return Verdict(
        f"2 of 100 answers dropped after acceptance, {messages} messages",
        lost,
        doubled,
        f"{dropped} dropped, {found} found in the journal, final after {seconds:.1f} s",
        "each found in the journal <= 5 min later",
        dropped == found and dropped > 0 and seconds < 300,
    )


def every_refusal(site: Site) -> Verdict:
    """F7: slow, busy, counting sessions, greylisting, and with people it does not know."""
    messages = site.messages(400)
    site.plant(messages)
    manners = {"session_limit": 20, "busy_every": 37, "greylist": 1, "refuse_third": 1, "tarpit": 2}
    with site.relay(**manners), site.senders():
        begun = time.monotonic()
        while site.left() and time.monotonic() < begun + 60:
            site.wait(lambda: _waiting(site) == 0, 30)
            # What was put off waits fifteen seconds and more: the test does not.
            site.wall.execute("update app.delivery set not_before = now() where state = 'retry_wait'")
            time.sleep(0.3)
        seconds = time.monotonic() - begun
    lost, doubled = site.counted()
    states = dict(site.wall.query("select state, count(*) from app.delivery group by state"))
    wrong = site.wall.query(
        "select count(*) from app.delivery where (state = 'failed') <> "
        "(mod(coalesce(nullif(regexp_replace(address, '\\D', '', 'g'), ''), '1')::int, 3) = 0)"
    )[0][0]
    [(refusals,)] = site.wall.query("select max(refusals) from app.delivery where state = 'accepted'")
    return Verdict(
        f"tarpit, 421, 452 after 20, greylist, 550 for one in three, {messages} messages",
        lost,
        doubled,
        f"{states}, at most {refusals} refusals used",
        "each in its class, a session's 452 uses no try",
        wrong == 0 and int(str(refusals)) <= 2 and seconds < 60,
    )


def _waiting(site: Site) -> int:
    asked = "select count(*) from app.delivery where state in ('queued', 'claimed', 'submitting', 'unknown')"
    return int(str(site.wall.query(asked)[0][0]))
