"""F8: workers, broker and database die while the relay drops answers, all in one run."""

from collections.abc import Callable
from itertools import cycle

from tests.faults.cases.database import restart_database
from tests.faults.cases.senders import harass
from tests.faults.processes import MANY, Site, kill_whole
from tests.faults.table import Verdict


def everything(site: Site) -> Verdict:
    """F8."""
    messages, kills = site.messages(MANY), site.kills(20)
    site.plant(messages)
    with site.relay(delay=0.005, drop_every=100), site.workers() as (worker, _clock):

        def end_worker() -> None:
            kill_whole(worker)
            worker.start()

        def end_broker() -> None:
            site.city.valkey.kill()
            site.city.valkey.start(durable=False)

        harms: cycle[Callable[[], None]] = cycle(
            [end_worker, end_worker, end_broker, lambda: restart_database(site, 0.5)]
        )
        done = harass(site, messages, kills, lambda: next(harms)())
        seconds = site.finish(120)
    lost, doubled = site.counted()
    return Verdict(
        f"{done} x worker, broker or PostgreSQL killed, answers dropped, {messages} messages",
        lost,
        doubled,
        f"{site.in_doubt()} in doubt, final {seconds:.1f} s later",
        "0 / 0",
        seconds < 120 and done == kills,
    )
