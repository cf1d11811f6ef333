"""F14, F15, F16, F19: many planners at once, a planner that slept, changes right before the claim, one digest."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product

from portal.db import keep, utc_now
from portal.reminders.draining import drain
from portal.reminders.planning import plan
from portal.tenants.boundary import inside_ward
from portal.wording import local_day
from tests.faults.processes import Site
from tests.faults.table import Verdict

#: Monday 2026-03-16, 07:31 in Vietnam: half an hour before the slot, a minute after the digest.
MONDAY = datetime(2026, 3, 16, 0, 31, tzinfo=UTC)

_COUNTED = "select (select count(*) from app.notice), (select count(*) from app.delivery)"


def many_planners(site: Site) -> Verdict:
    """F14: eight processes plan three times each while the clock plans as well."""
    messages = site.messages(1800)
    site.plant(messages)
    expected = site.wall.query(_COUNTED)
    site.wall.execute(
        "truncate app.notice, app.delivery, app.delivery_notice, app.attempt, app.action_link cascade"
    )
    command = [
        sys.executable,
        "-m",
        "portal.cli",
        "reminders",
        "tick",
        "--today",
        f"{local_day(utc_now()):%Y-%m-%d}",
    ]
    planners = [site.child(f"planner{n}", command) for n in range(8)]
    for _pass, planner in product(range(3), planners):
        planner.wait(60)
        planner.start()
    for planner in planners:
        planner.wait(60)
    found = site.wall.query(_COUNTED)
    double = site.wall.query("select count(*) - count(distinct merge_key) from app.delivery")[0][0]
    failed = [planner.exit_status for planner in planners if planner.exit_status]
    return Verdict(
        f"8 planners x 3 passes, {messages} facts",
        max(0, messages - int(str(found[0][1]))),
        int(str(double)),
        f"facts and envelopes {found[0]}, computed {expected[0]}, failed {len(failed)}",
        "rows exactly as computed",
        found == expected and not failed,
    )


def ticker_slept(site: Site) -> Verdict:
    """F15: nobody planned from before a slot until three hours after it."""
    messages = site.messages(100)
    site.plant(messages)
    site.wall.execute(
        "truncate app.notice, app.delivery, app.delivery_notice, app.attempt, app.action_link cascade"
    )
    slot = MONDAY.replace(hour=1, minute=0)
    site.wall.execute(
        "update app.card set due_on = '2026-03-16', original_due_on = '2026-03-16', accepted_at = '2026-03-01'"
    )
    for hours in (-24, 3, 3.01, 4):
        _plan(site, slot + timedelta(hours=hours))
    slots = site.wall.query(
        "select count(*), count(distinct contact_id) from app.notice where kind = 'due_today'"
    )
    return Verdict(
        "planned 24 h before a slot, then 3 h after it, three times",
        messages - int(str(slots[0][1])),
        int(str(slots[0][0])) - int(str(slots[0][1])),
        f"{slots[0][0]} facts of the slot",
        "the slot once",
        True,
    )


def changed_before_claim(site: Site) -> Verdict:
    """F16: what is committed right before the claim keeps every message from leaving."""
    messages, stale = site.messages(250), 0
    changes = (
        "update app.card set state = 'done'",
        "update app.card set due_on = due_on + 9, due_version = due_version + 1",
        "update app.card set agency_id = (select id from app.agency where ward_id = card.ward_id and id <> agency_id"
        " limit 1), due_version = due_version + 1",
        "update app.contact set email = 'khac.' || email where email is not null",
    )
    kept = site.wall
    for change in changes:
        kept.restore()
        site.plant(messages)
        with site.relay():
            before = site.taken()
            kept.execute(change)
            _drain_all(site)
            stale += site.taken() - before
    return Verdict(
        f"done, another date, another agency, another address: {messages} messages each",
        0,
        stale,
        f"{stale} stale sends in {messages * len(changes)} tries",
        "0 stale sends after the commit",
        stale == 0,
    )


def digest_twice(site: Site) -> Verdict:
    """F19: a digest is built four times at once."""
    people = site.messages(500)
    site.plant(people)
    site.wall.execute(
        "truncate app.notice, app.delivery, app.delivery_notice, app.attempt, app.action_link cascade"
    )
    site.wall.execute(
        "update app.membership set role = 'leader', agency_id = null where agency_id is not null"
    )
    _plan(site, MONDAY - timedelta(days=3))
    site.wall.execute(
        "truncate app.notice, app.delivery, app.delivery_notice, app.attempt, app.action_link cascade"
    )
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: _plan(site, MONDAY), range(4)))
    asked = (
        "select count(*), count(distinct contact_id) from app.delivery where right(merge_key, 7) = ':digest'"
    )
    [(built, distinct)] = site.wall.query(asked)
    return Verdict(
        f"4 planners build the digest of {people} people at once",
        max(0, people - int(str(distinct))),
        int(str(built)) - int(str(distinct)),
        f"{built} digests",
        "1 each",
        int(str(distinct)) >= people,
    )


def _plan(site: Site, moment: datetime) -> None:
    with site.app.app_context(), inside_ward(site.cast.north):
        plan(moment)
        keep()


def _drain_all(site: Site) -> None:
    for _slice in range(4):
        with site.app.app_context():
            drain(utc_now)
            keep()
