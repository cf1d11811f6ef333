"""The board in Chromium: first paint, and the moment its scripts have run; on a desk and on a slow phone."""

import random
import shutil
import statistics
from collections.abc import Iterator
from itertools import product

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.figure import Figure
from benchmarks.stage import Stage

#: performance.md: first contentful paint, and usable with 60 and with 500 cards, in multiples of the floor.
PAINT, USABLE = 1.3, {60: 1.6, 500: 1.8}

#: The window, and how many times slower than this machine.
_DEVICES = {
    "desk": (ViewportSize(width=1440, height=900), 1),
    "phone": (ViewportSize(width=390, height=844), 4),
}

_MOMENTS = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime
  const scripts = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd
  return [paint, Math.max(paint, scripts)]
}"""


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Milliseconds from asking for the page, with an empty cache; nothing where no Chromium is installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return
    cases = list(product(stage.boards, _DEVICES, ("floor", "ours")))
    moments: dict[tuple[int, str, str], list[list[float]]] = {case: [] for case in cases}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for number in range(rounds + 1):
            for size, device, side in random.sample(cases, len(cases)):
                seen = _visit(browser, stage, size, device, side)
                if number:  # the first round warms the servers
                    moments[size, device, side].append(seen)
        browser.close()
    for size, device in product(stage.boards, _DEVICES):
        ours, floor = (_medians(moments[size, device, side]) for side in ("ours", "floor"))
        yield Figure(f"first paint, {size} cards, {device}", ours[0], "ms", PAINT, floor[0])
        yield Figure(f"usable, {size} cards, {device}", ours[1], "ms", USABLE[size], floor[1])


def _visit(browser: Browser, stage: Stage, size: int, device: str, side: str) -> list[float]:
    viewport, slower = _DEVICES[device]
    visitor = stage.ours if side == "ours" else stage.floor
    site = f"http://127.0.0.1:{visitor.port}"
    context = browser.new_context(viewport=viewport)
    context.add_cookies([{"name": "phien", "value": stage.session, "url": site}])
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(site + stage.boards[size].address, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    seen: list[float] = page.evaluate(_MOMENTS)
    context.close()
    return seen


def _medians(seen: list[list[float]]) -> tuple[float, float]:
    return statistics.median(it[0] for it in seen), statistics.median(it[1] for it in seen)
