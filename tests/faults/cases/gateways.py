"""F9, F10: gateways for SMS that are silent, err, babble and lie, and one that knows no reference again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from portal.db import keep, utc_now
from portal.local.gateway import Gateway, GatewayFaults, running_gateway
from portal.local.journal import journal
from portal.reminders.draining import drain
from portal.reminders.texts.keeping_account import Wanted, keep_account
from portal.tenants.boundary import inside_ward
from tests.faults.processes import Site
from tests.faults.quick import QUICK
from tests.faults.table import Verdict

_MINUTE = timedelta(minutes=1)
_ESMS = Wanted("esms", "UBNDBACPHO", {"api_key": "khoa-cong", "secret_key": "khoa-kin"}, live=True)
_SPEEDSMS = Wanted("speedsms", "UBNDBACPHO", {"token": "khoa-kin"}, live=True)

#: What every so many requests meet, in turn; most are answered well.
_MIXED = (
    *[GatewayFaults()] * 12,
    GatewayFaults(silent_every=1),
    GatewayFaults(status=502),
    *[GatewayFaults()] * 12,
    GatewayFaults(babble=True),
    GatewayFaults(status=429),
    *[GatewayFaults()] * 12,
    GatewayFaults(refuse="103"),
)


def lying_gateway(site: Site) -> Verdict:
    """F9: it takes a message and is silent, answers 502, babble or 429; or says 200 and has no money."""
    messages = site.messages(1000)
    turns = iter(range(1_000_000))
    with _texting(site, _ESMS) as gateway:
        plain = gateway.answer

        def answer(asked: dict[str, Any]) -> tuple[int, str] | None:
            gateway.faults = _MIXED[next(turns) % len(_MIXED)]
            return plain(asked)

        gateway.answer = answer  # type: ignore[method-assign]
        site.plant(messages, phones=True)
        minutes = drained(site, 600)
    took = Counter(line["RequestId"] for line in journal(site.folder))
    doubled = sum(took.values()) - len(took)
    return Verdict(
        f"silence, 502, babble, 429 and no balance in turn, {messages} texts",
        messages - 1 - len(took),
        doubled,
        f"all decided after {minutes} minutes of its time",
        "each doubt resolved by the same RequestId",
        minutes < 600,
    )


def forgetful_gateway(site: Site) -> Verdict:
    """F10: it never answers and knows no reference again: nothing may be offered twice."""
    messages = site.messages(100)
    with _texting(site, _SPEEDSMS) as gateway:
        gateway.faults = GatewayFaults(silent_every=1, remembers=False)
        site.plant(messages, phones=True)
        minutes = drained(site, 120)
    took = Counter(str(line["to"]) for line in journal(site.folder))
    [(parked,)] = site.wall.query("select count(*) from app.delivery where state = 'parked'")
    return Verdict(
        f"{messages - 1} texts taken and never answered for",
        messages - 1 - len(took),
        sum(took.values()) - len(took),
        f"{parked} parked for a person after {minutes} minutes",
        "0 sent again, parked <= 35 min",
        parked == messages - 1 and minutes <= 35 + 2 * messages / 20,
    )


@contextmanager
def _texting(site: Site, wanted: Wanted) -> Iterator[Gateway]:
    settings = site.app.config["PORTAL"]
    with running_gateway(site.folder) as (address, gateway):
        site.app.config["PORTAL"] = replace(settings, sms_standin=address)
        with site.app.app_context(), inside_ward(site.cast.north):
            keep_account("sms", wanted)
            keep()
        yield gateway
    site.app.config["PORTAL"] = settings


def drained(site: Site, longest: int) -> int:
    """Drain once a minute of the product's time, without waiting for it; how many minutes that took."""
    begun = utc_now()
    for minute in range(longest):
        moment = begun + minute * _MINUTE
        with site.app.app_context():
            drain(lambda moment=moment: moment, QUICK, texts=True)  # type: ignore[misc]
            keep()
        if site.left("sms") == 0:
            return minute
    return longest
