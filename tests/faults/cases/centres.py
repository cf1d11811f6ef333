"""F11: a message centre (SMPP) that throttles, shows us out, hangs up after taking, and tells everything at once."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from smpplib import consts

from portal.db import keep, session_as, utc_now
from portal.reminders.texts.applying import apply_receipts
from portal.reminders.texts.keeping_account import Wanted, keep_account
from portal.reminders.texts.smpp.listening import listen
from portal.tenants.boundary import inside_ward
from tests.faults.cases.gateways import drained
from tests.faults.processes import Site
from tests.faults.table import Verdict
from tests.smsc import PASSWORD, Faults, Smsc, running_smsc

#: How often each receipt is told, on its way and arrived, in an order of its own.
_TOLD = 5


def storm(site: Site) -> Verdict:
    """F11: throttled, unbound, cut after submit; then five receipts for each message, shuffled."""
    messages = site.messages(1000)
    with _centre(site) as smsc:
        site.plant(messages, phones=True)
        minutes = drained(site, 600)
        took = Counter(str(one["to"]) for one in smsc.taken)
        _tell_all(site, smsc)
        told, begun = len(smsc.news), time.monotonic()
        with site.app.app_context():
            while smsc.news:
                listen(session_as("dispatch"), utc_now)
            seconds = time.monotonic() - begun
            with inside_ward(site.cast.north):
                apply_receipts(utc_now())
                keep()
    query = "select count(*) from app.delivery where channel = 'sms' and state = 'delivered'"
    [(delivered,)] = site.wall.query(query)
    [(kept, waiting)] = site.wall.query(
        "select count(*), count(*) filter (where applied_at is null) from app.receipt"
    )
    return Verdict(
        f"throttled, unbound and cut in turn, {len(smsc.taken)} texts, {told} receipts",
        messages - 1 - delivered,
        sum(took.values()) - len(took),
        f"all handed over after {minutes} minutes; receipts kept in {seconds:.1f} s, {kept} of them differ",
        "0 doubled, receipts all applied once",
        minutes < 600 and waiting == 0 and kept == 2 * len(smsc.taken),
    )


def _tell_all(site: Site, smsc: Smsc) -> None:
    arrived, on_its_way = consts.SMPP_MESSAGE_STATE_DELIVERED, consts.SMPP_MESSAGE_STATE_ENROUTE
    for taken in smsc.taken:
        for n in range(_TOLD):
            state = on_its_way if n == 0 else arrived
            smsc.report(taken, state, user_message_reference=taken["reference"])
    site.chance.shuffle(smsc.news)


@contextmanager
def _centre(site: Site) -> Iterator[Smsc]:
    settings = site.app.config["PORTAL"]
    with running_smsc() as smsc:
        site.app.config["PORTAL"] = replace(settings, smpp_servers=(f"smpp://{smsc.name}",))
        smsc.faults = Faults(throttle=7, unbind=11, cut=23)
        wanted = {"server": smsc.name, "system_id": "bacpho", "password": PASSWORD}
        with site.app.app_context(), inside_ward(site.cast.north):
            keep_account("sms", Wanted("smpp", "UBNDBACPHO", wanted, live=True))
            keep()
        yield smsc
    site.app.config["PORTAL"] = settings
