"""Times of things done in turns: what disturbs the machine disturbs all of them alike."""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """Something whose time is taken; `before` is done each time and not counted."""

    do: Callable[[], object]
    before: Callable[[], object] = lambda: None

    def time(self) -> float:
        """Milliseconds it took now."""
        self.before()
        begun = time.perf_counter()
        self.do()
        return (time.perf_counter() - begun) * 1000


Works = Mapping[str, Work]


def alone(works: Works, rounds: int, each: int = 5) -> dict[str, float]:
    """Median milliseconds of each work, done by one client in shuffled turns."""
    return _in_turns(works, rounds, lambda work: [work.time() for _ in range(each)])


def together(works: Works, rounds: int, clients: int = 16, each: int = 2) -> dict[str, float]:
    """Median milliseconds of each work while `clients` do the same at once; turns are shuffled."""
    with ThreadPoolExecutor(clients) as crowd:
        return _in_turns(works, rounds, lambda work: list(crowd.map(Work.time, [work] * clients * each)))


def _in_turns(works: Works, rounds: int, once: Callable[[Work], list[float]]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name in random.sample(list(works), len(works)):
            once(works[name])  # what the turn before left behind is not measured
            times[name] += once(works[name])
    return {name: statistics.median(measured) for name, measured in times.items()}
