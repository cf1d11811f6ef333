"""The board in Chromium: first paint, the moment it can be used, what it weighs; on a desk and on a slow phone."""

import random
import shutil
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product

from playwright.sync_api import sync_playwright

from benchmarks.browsing import DEVICES, Visit, visit
from benchmarks.figure import Figure
from benchmarks.serving import served
from benchmarks.stage import Stage

#: performance.md: first contentful paint, and usable with 60 and with 500 cards, in multiples of the floor.
PAINT, USABLE = 1.3, {60: 1.6, 500: 1.8}

#: Largest paint of 60 cards on the slow phone in milliseconds; kB beyond fonts on the first visit, of scripts, and
#: when the page is opened again.
LARGEST, FIRST_VISIT, SCRIPTS, AGAIN = 1_000.0, 100.0, 60.0, 15.0

#: The applications by whose they are; answers are compressed, as the proxy does it.
_MODULES = {"floor": "benchmarks.floor_app", "ours": "wsgi"}

Seen = dict[tuple[int, str, str], list[tuple[Visit, Visit]]]


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Milliseconds from asking for the page, with an empty cache; nothing where no Chromium is installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return
    seen = _look(stage, rounds, chromium)
    for size, device in product(stage.boards, DEVICES):
        ours, floor = (_cold(seen[size, device, side]) for side in ("ours", "floor"))
        yield Figure(f"first paint, {size} cards, {device}", ours[0], "ms", PAINT, floor[0])
        yield Figure(f"usable, {size} cards, {device}", ours[1], "ms", USABLE[size], floor[1])
        limit = LARGEST if (size, device) == (60, "phone") else None
        yield Figure(f"largest paint, {size} cards, {device}", ours[2], "ms", limit)
    yield from _weights(*seen[60, "phone", "ours"][-1])


def _weights(first: Visit, again: Visit) -> Iterator[Figure]:
    yield Figure("in Chromium: first visit beyond fonts", first.beyond_fonts, "kB", FIRST_VISIT)
    yield Figure("in Chromium: fonts", first.kilobytes.get("Font", 0.0), "kB")
    yield Figure("in Chromium: scripts", first.kilobytes.get("Script", 0.0), "kB", SCRIPTS)
    yield Figure("in Chromium: the page again", sum(again.kilobytes.values()), "kB", AGAIN)


def _look(stage: Stage, rounds: int, chromium: str) -> Seen:
    cases = list(product(stage.boards, DEVICES, _MODULES))
    seen: Seen = {case: [] for case in cases}
    with ExitStack() as until_end:
        ports = {
            side: until_end.enter_context(
                served("benchmarks.zipped:app", {**stage.city.settings(), "BENCH_OF": module})
            ).port
            for side, module in _MODULES.items()
        }
        browser = until_end.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for number in range(rounds + 1):
            for size, device, side in random.sample(cases, len(cases)):
                address = f"http://127.0.0.1:{ports[side]}{stage.boards[size].address}"
                visits = visit(browser, address, stage.session, DEVICES[device])
                if number:  # the first round warms the servers
                    seen[size, device, side].append(visits)
        browser.close()
    return seen


def _cold(visits: list[tuple[Visit, Visit]]) -> tuple[float, float, float]:
    """The medians of the first visits: first paint, usable, largest paint."""
    first = [one for one, _ in visits]
    return (
        statistics.median(one.paint for one in first),
        statistics.median(one.usable for one in first),
        statistics.median(one.largest for one in first),
    )
