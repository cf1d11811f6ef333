"""The faults of the design, one small module a family: each does its harm and returns its verdict."""

from collections.abc import Callable

from tests.faults.cases import (
    broker,
    centres,
    database,
    gateways,
    planners,
    relays,
    senders,
    together,
    watching,
)
from tests.faults.cases.by_tests import proved_by
from tests.faults.processes import Site
from tests.faults.table import Verdict

#: What `make faults` runs, in this order.
CASES: dict[str, Callable[[Site], Verdict]] = {
    "F1": senders.worker_killed,
    "F2": senders.pool_child_killed,
    "F3": broker.broker_killed,
    "F4": broker.broker_away,
    "F5": database.database_killed,
    "F6": relays.answer_dropped,
    "F7": relays.every_refusal,
    "F8": together.everything,
    "F9": gateways.lying_gateway,
    "F10": gateways.forgetful_gateway,
    "F11": centres.storm,
    "F12": proved_by("receipts twice, reversed, early, unknown", "as if in order", "test_receipts.py"),
    "F13": broker.nobody_rang,
    "F14": planners.many_planners,
    "F15": planners.ticker_slept,
    "F16": planners.changed_before_claim,
    "F17": watching.flooded,
    "F18": watching.odd_hours,
    "F19": planners.digest_twice,
    "F20": proved_by(
        "long subjects, addresses and threads",
        "headers as written",
        "test_what_letters_say.py",
    ),
    "F21": proved_by(
        "scanners open every link",
        "0 changes",
        "test_one_tap_links.py",
        "-k",
        "scanner or page",
    ),
    "F22": proved_by(
        "links twice, at once, expired, forged",
        "1 effect, 0 effects",
        "test_one_tap_links.py",
    ),
    "F23": senders.rolling_restart,
    "F26": watching.restored,
    "F27": proved_by("two wards, one person's address", "nothing crosses", "test_stopping_messages.py"),
    "F28": watching.what_logs_hold,
    "F29": watching.nobody_sends,
}
