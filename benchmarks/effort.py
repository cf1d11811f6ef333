"""The processor time of a page or an act, web and database together: what a busy machine hardly disturbs."""

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.acts import COMMENT, CREATE, MOVE, acts_of
from benchmarks.board import PAGE
from benchmarks.figure import Figure
from benchmarks.processes import descendants, processor_seconds
from benchmarks.stage import Stage

#: How often something is done before its time is taken: every worker has seen it then.
_WARM = 20


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Milliseconds, averaged over so many times that the clock's steps of 10 ms do not matter."""
    times = rounds * 25
    for size, board in stage.boards.items():
        floor = _milliseconds(stage, partial(stage.floor.get, board.address), times)
        ours = _milliseconds(stage, partial(stage.ours.get, board.address), times)
        yield Figure(f"processor time: board, {size} cards", ours, "ms", PAGE, floor)
    floors, works = acts_of(stage, stage.floor), acts_of(stage, stage.ours)
    for act, limit in {"move a card": MOVE, "comment": COMMENT, "create a card": CREATE}.items():
        floor = _milliseconds(stage, floors[act].do, times)
        ours = _milliseconds(stage, works[act].do, times)
        yield Figure(f"processor time: {act}", ours, "ms", limit, floor)


def _milliseconds(stage: Stage, do: Callable[[], object], times: int) -> float:
    for _ in range(_WARM):
        do()
    busy = _processes(stage)
    before = processor_seconds(busy)
    for _ in range(times):
        do()
    return (processor_seconds(busy) - before) * 1000 / times


def _processes(stage: Stage) -> list[int]:
    """Both web servers and the database; of the servers only the one that is asked does anything."""
    tops = (stage.floor_server.pid, stage.our_server.pid, stage.city.postgres.pid or 0)
    return [pid for top in tops for pid in descendants(top)]
