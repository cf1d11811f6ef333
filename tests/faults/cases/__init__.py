"""The faults of the design, one small module a family: each does its harm and returns its verdict."""

from collections.abc import Callable

from tests.faults.cases import broker, database, relays, senders, together
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
    "F13": broker.nobody_rang,
    "F23": senders.rolling_restart,
}
