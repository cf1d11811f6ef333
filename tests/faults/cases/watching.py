"""F17, F18, F26, F28, F29: fair shares, hours, a restored database, what logs hold, and who notices silence."""

import random
import re
import time
from datetime import UTC, date, datetime, timedelta

import redis

from benchmarks.reminders import PEOPLE
from benchmarks.seeding import seed_unit
from portal.db import keep, session_as, utc_now
from portal.journal import Journal
from portal.local.journal import JOURNAL
from portal.reminders.claiming import claim, wake_lanes
from portal.reminders.delivery import Urgency
from portal.reminders.hours import DEFAULT_HOURS
from portal.reminders.restoring import let_go, reconcile
from portal.reminders.working_calendar import WorkingCalendar
from portal.wording import LOCAL
from tests.cast import Browser
from tests.faults.processes import Site
from tests.faults.quick import QUICK
from tests.faults.table import Verdict

_ENVELOPES = """
insert into app.delivery (ward_id, id, handle, contact_id, channel, urgency, merge_key, state, why, not_before,
  expires_at, tries, refusals, epoch, client_ref, recipient_name, recipient_title, address, last_code, provider_ref,
  created_at)
select c.ward_id, gen_random_uuid(), ''::bytea, c.id, 'email', 2, 'k' || n || c.id, 'queued', '', now(),
  '2099-01-01', 0, 0, 0, 'ref', '', '', 'a@b.example', '', '', now()
from (select distinct on (ward_id) ward_id, id from app.contact order by ward_id, id) c
cross join lateral generate_series(1, case when c.ward_id = {flood} then {many} else {few} end) n
where c.ward_id = any('{{{wards}}}'::int[]);
insert into app.lane (ward_id, id, channel, urgency, vtime, weight, awake)
select w, gen_random_uuid(), 'email', 2, 0, 1, false from unnest('{{{wards}}}'::int[]) w
"""


def flooded(site: Site) -> Verdict:
    """F17: one ward's flood beside the ordinary mail of the others."""
    many, few = site.messages(100_000), 50
    wards = seed_unit(site.city, "flood", wards=200, cards=1)
    site.wall.query(PEOPLE.replace("%(wards)s", "%s") + " returning 1", (wards,))
    numbers = ",".join(map(str, wards))
    site.wall.execute(_ENVELOPES.format(flood=wards[0], many=many, few=few, wards=numbers))
    served: list[int] = []
    slowest = 0.0
    with site.app.app_context():
        dispatch = session_as("dispatch")
        wake_lanes(dispatch, utc_now())
        while len(served) - served.count(wards[0]) < few * (len(wards) - 1):
            begun = time.monotonic()
            served += [one.ward_id for one in claim(dispatch, Urgency.SLOT, 1, utc_now(), QUICK.claim)]
            keep()
            slowest = max(slowest, time.monotonic() - begun)
    flood = served.count(wards[0])
    return Verdict(
        f"{many:,} messages of one ward, {few} of each of {len(wards) - 1} others",
        few * (len(wards) - 1) - (len(served) - flood),
        0,
        f"the others done when {flood} of the flood were; slowest claim {slowest * 1000:.0f} ms",
        "the others done before 1 % of the flood",
        flood <= many / 100,
    )


def odd_hours(site: Site) -> Verdict:
    """F18: at any instant, also around Tết, 24 November and swapped Saturdays."""
    days, outside = WorkingCalendar(), 0
    chance = random.Random(site.chance.random())
    for _try in range(20_000):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.uniform(0, 2 * 365 * 86_400))
        window = DEFAULT_HOURS.window(chance.choice(("email", "sms")))
        opens = days.opening(moment, window).astimezone(LOCAL)
        fits = (
            opens >= moment and days.is_working(opens.date()) and window.opens <= opens.time() < window.closes
        )
        outside += not fits
    holidays = [date(2026, 2, 17), date(2026, 11, 24), date(2026, 4, 30)]
    worked = [day for day in holidays if days.is_working(day)]
    return Verdict(
        "20,000 random instants of two years",
        0,
        outside,
        f"{outside} outside the window, {len(worked)} holidays worked",
        "0 outside the window",
        outside == 0 and not worked,
    )


def restored(site: Site) -> Verdict:
    """F26: the database as it was before the last messages left, on another cluster for all it knows."""
    messages = site.messages(1000)
    forgotten = messages // 2
    site.plant(messages)
    with site.relay(), site.senders():
        site.finish(60)
    site.wall.query(
        "update app.delivery set state = 'queued', tries = 0, accepted_at = null"
        " where id in (select id from app.delivery order by id limit %s) returning 1",
        (forgotten,),
    )
    site.wall.execute("delete from app.attempt")
    site.wall.execute("update app.provider_account set home = 'backup:1:1' where name = 'everything'")
    with site.relay(), site.senders():
        time.sleep(2)
        held = site.taken() == messages
        with site.app.app_context():
            dispatch = session_as("dispatch")
            found, _aside = reconcile(dispatch, Journal(site.folder / JOURNAL), utc_now())
            let_go(dispatch)
            keep()
        site.finish(30)
    lost, doubled = site.counted()
    return Verdict(
        f"{messages} letters sent, {forgotten} of them forgotten by the backup",
        lost,
        doubled,
        f"held: {held}, found in the journal: {found}",
        "starts held, 0 doubled after reconciling",
        held and found == forgotten,
    )


def what_logs_hold(site: Site) -> Verdict:
    """F28: after a run with trouble, neither logs nor the broker hold an address, a name or a token."""
    site.plant(200)
    with site.relay(drop_every=9, refuse_third=True), site.workers():
        site.finish(60)
        broker = redis.Redis(port=site.city.valkey.port)
        kept = [broker.dump(key) or b"" for key in broker.scan_iter("*")] + list(broker.scan_iter("*"))
    said = b"\n".join([path.read_bytes() for path in site.folder.glob("*.log")] + kept)
    hits = re.findall(rb"@north\.example|Ng\xc6\xb0\xe1\xbb\x9di|/a/[\w-]{22}|List-Unsubscribe", said)
    return Verdict(
        "logs of worker, clock and relay, and all the broker holds",
        0,
        0,
        f"{len(said):,} bytes, {len(hits)} hits",
        "0 hits",
        not hits and len(said) > 100,
    )


def nobody_sends(site: Site) -> Verdict:
    """F29: every sender is gone; an outside watcher asks the web."""
    nobody = Browser(site.app)
    site.plant(30)
    with site.relay(), site.senders():
        site.finish(30)
        alive = nobody.get("/healthz/sending").status_code
    site.wall.execute("update app.provider_account set beat_at = beat_at - interval '4 min 1 s'")
    dead = nobody.get("/healthz/sending")
    return Verdict(
        "all senders stopped, four minutes pass",
        0,
        0,
        f"before {alive}, after {dead.status_code} {dead.json}",
        "an alert <= 5 min, oldest due age shown",
        alive == 200 and dead.status_code == 503 and "oldest_due_seconds" in (dead.json or {}),
    )
