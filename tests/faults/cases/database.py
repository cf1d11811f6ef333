"""F5: PostgreSQL is ended at once, in the middle of the work, and once stays away for a while."""

import time

from tests.faults.processes import MANY, Site
from tests.faults.table import Verdict


def database_killed(site: Site) -> Verdict:
    """F5: three immediate stops, the last with a gap."""
    messages = site.messages(MANY)
    site.plant(messages)
    with site.relay(delay=0.005), site.workers():
        for gap in (0, 0, 10):
            before = site.taken()
            site.wait(lambda before=before: site.taken() > before + messages / 8, 30)  # type: ignore[misc]
            restart_database(site, gap)
        seconds = site.finish(120)
    lost, doubled = site.counted()
    return Verdict(
        f"3 x PostgreSQL ended at once, one gap of 10 s, {messages} messages",
        lost,
        doubled,
        f"{site.in_doubt()} in doubt, final {seconds:.1f} s later",
        "0 / 0",
        seconds < 120,
    )


def restart_database(site: Site, gap: float) -> None:
    """End it as a crash does, and start it again after so many seconds."""
    site.city.postgres.kill()
    time.sleep(gap)
    site.city.postgres.start(durable=False)
    site.wall.look_again()
