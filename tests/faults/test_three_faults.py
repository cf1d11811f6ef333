"""Three of the faults of `make faults`, made small: the relay's journal says that nothing was lost or doubled.

How quickly it went on is judged by `make faults` alone: no test is timed.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.city import City, Snapshot
from tests.faults.cases import broker, relays, senders
from tests.faults.processes import Site
from tests.faults.table import Verdict

pytestmark = pytest.mark.faults

QUICKLY: dict[str, Callable[[Site], Verdict]] = {
    "killed senders": lambda site: senders.senders_killed(site, messages=40, kills=4),
    "a relay that hangs up after accepting": relays.answer_dropped,
    "a broker that is away": broker.broker_away,
}


@pytest.mark.parametrize("fault", QUICKLY)
def test_nothing_is_lost_and_nothing_doubled_by(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot, tmp_path: Path, fault: str
) -> None:
    verdict = QUICKLY[fault](Site(city, app, cast, behind_the_wall, tmp_path, size=0.02))
    assert (verdict.lost, verdict.doubled) == (0, 0), verdict
