"""One visit of a page in Chromium: when it was painted and usable, and what came over the network for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize


@dataclass(frozen=True)
class Device:
    """A window; how many times slower than this machine; its network, none for one that costs no time."""

    viewport: ViewportSize
    slower: int = 1
    megabits: float | None = None
    latency: float = 0.0


#: performance.md: a desk, and a phone of people here.
DEVICES = {
    "desk": Device(ViewportSize(width=1440, height=900)),
    "phone": Device(ViewportSize(width=390, height=844), slower=4, megabits=9.0, latency=85.0),
}

#: First paint, largest paint, and when the scripts have run; the last is what can be used.
_MOMENTS = """async () => {
  const seen = kind => new Promise(found => new PerformanceObserver(list => found(list.getEntries()))
    .observe({type: kind, buffered: true}))
  const paints = await seen('paint'), largest = (await seen('largest-contentful-paint')).at(-1).startTime
  const paint = paints.find(one => one.name == 'first-contentful-paint').startTime
  const scripts = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd
  return [paint, Math.max(paint, scripts), largest]
}"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds from asking for the page, and thousands of bytes by what they were, headers included."""

    paint: float
    usable: float
    largest: float
    kilobytes: dict[str, float]

    @property
    def beyond_fonts(self) -> float:
        """All that came over the network, without fonts."""
        return sum(self.kilobytes.values()) - self.kilobytes.get("Font", 0.0)


def visit(browser: Browser, address: str, session: str, device: Device) -> tuple[Visit, Visit]:
    """Open the page with an empty cache, and once more with what the first visit left there."""
    context = browser.new_context(viewport=device.viewport)
    context.add_cookies([{"name": "phien", "value": session, "url": address}])
    page = context.new_page()
    _slow_down(page, device)
    seen = [_open(page, address) for _ in range(2)]
    context.close()
    return seen[0], seen[1]


def _slow_down(page: Page, device: Device) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": device.slower})
    if device.megabits is not None:
        speed = device.megabits * 1_000_000 / 8
        limits = {"offline": False, "latency": device.latency}
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {**limits, "downloadThroughput": speed, "uploadThroughput": speed},
        )


def _open(page: Page, address: str) -> Visit:
    with _weighed(page) as kilobytes:
        page.goto(address, wait_until="load")
        page.wait_for_timeout(200)  # the paint, and what is still on its way when the page has loaded
    paint, usable, largest = page.evaluate(_MOMENTS)
    return Visit(paint, usable, largest, kilobytes)


@contextmanager
def _weighed(page: Page) -> Iterator[dict[str, float]]:
    """Thousands of bytes that come over the network inside the block; what the cache gives weighs nothing."""
    session, kinds, weights = page.context.new_cdp_session(page), dict[str, str](), dict[str, float]()

    def come(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def over(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "Other")
        weights[kind] = weights.get(kind, 0.0) + event["encodedDataLength"] / 1000

    session.send("Network.enable")
    session.on("Network.responseReceived", come)
    session.on("Network.loadingFinished", over)
    yield weights
    session.detach()
