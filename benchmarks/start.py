"""`make run` as a person meets it: the second start to the first page, and the memory of every process after use."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.processes import command, descendants, mebibytes
from benchmarks.serving import ROOT, without_portal
from benchmarks.visiting import Visitor
from portal.local.servers import free_port
from tests.cast import PASSWORD

#: performance.md, "Memory and start": seconds, and MiB of one web worker, of the job workers, of everything.
SECONDS, WEB, JOBS, EVERYTHING = 8.0, 120.0, 150.0, 900.0

#: "Flat over 10,000": what the web processes together may grow by after the first thousand, as a multiple.
FLAT = 1.1

_PATIENCE = 180.0
_WARD = "lao-cai"
_PAGES = ("board", "mine", "board?view=list", "board?view=lanes", "cards/1", "cards/2", "plans")


def measure(starts: int, requests: int = 1_000, many: int = 9_000) -> Iterator[Figure]:
    """Start a city of its own with the demo in it, again and again; the last time use it and weigh it.

    `many` further requests show whether the memory stays flat; 0 leaves that out.
    """
    seconds, weights, later = [], {}, {}
    with tempfile.TemporaryDirectory(prefix="chung-tay-") as folder:
        os.chmod(folder, 0o755)
        var = Path(folder)
        with _running(var) as city:
            city.wait_until_greeted()
        for number in range(starts):
            begun = time.monotonic()
            with _running(var) as city:
                city.wait_for_page()
                seconds.append(time.monotonic() - begun)
                city.wait_until_greeted()
                if number == starts - 1:
                    _use(city.port, requests)
                    weights = _weigh(city)
                    if many:
                        _use(city.port, many)
                        later = _weigh(city)
    yield Figure(f"second start to first page, median of {starts}", statistics.median(seconds), "s", SECONDS)
    yield from _weighed(weights, requests)
    if later:
        grown, before = sum(_of_web(later)), sum(_of_web(weights))
        what = f"memory: web processes together, after {requests + many:,} requests"
        yield Figure(what, grown, "MiB", FLAT, before)


def _weigh(city: "_City") -> dict[int, tuple[str, float]]:
    """Every process of the city: how it was started, and its MiB."""
    return {one: (command(one), mebibytes(one)) for one in descendants(city.process.pid)}


def _of_web(weights: dict[int, tuple[str, float]]) -> list[float]:
    return [weight for started, weight in weights.values() if "gunicorn" in started]


def _weighed(weights: dict[int, tuple[str, float]], requests: int) -> Iterator[Figure]:
    web = _of_web(weights)
    jobs = [weight for started, weight in weights.values() if "celery" in started and " beat" not in started]
    total = sum(weight for _, weight in weights.values())
    yield Figure(f"memory: largest web process, after {requests:,} requests", max(web), "MiB", WEB)
    yield Figure("memory: largest job process", max(jobs), "MiB", JOBS)
    yield Figure("memory: everything of make run", total, "MiB", EVERYTHING)


@dataclass(frozen=True)
class _City:
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_for_page(self) -> None:
        self._wait_until(self._shows_page)

    def wait_until_greeted(self) -> None:
        """Until everything runs: the address is printed last."""
        self._wait_until(lambda: f"127.0.0.1:{self.port}" in self.log.read_text())

    def _shows_page(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/login", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _wait_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not done():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"make run did not come up:\n{self.log.read_text()}")
            time.sleep(0.02)


@contextmanager
def _running(var: Path) -> Iterator[_City]:
    """A running city, ended as Ctrl-C would end it."""
    port, log = free_port(), var / "up.log"
    environment = {
        **without_portal(os.environ),
        "PYTHONUNBUFFERED": "1",
        "PORTAL_VAR": str(var),
        "PORTAL_DEMO_PASSWORD": PASSWORD,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.local.up", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        yield _City(port, process, log)
    finally:
        process.terminate()
        process.wait(60)


def _use(port: int, requests: int) -> None:
    """Mixed requests of a coordinator: pages of every kind, and every tenth one a comment."""
    visitor = _signed_in(port)
    visitor.take_token(f"/w/{_WARD}/board")
    for number in range(requests):
        if number % 10 == 0:
            visitor.press(f"/w/{_WARD}/cards/{number % 20 + 1}/comments", text=f"Trao đổi {number}")
        else:
            visitor.get(f"/w/{_WARD}/{_PAGES[number % len(_PAGES)]}")


def _signed_in(port: int) -> Visitor:
    jar, site = CookieJar(), f"http://127.0.0.1:{port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{site}/login").read().decode()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    token = found[1] if found else ""
    fields = {"csrf_token": token, "email": f"coordinator@{_WARD}.example", "password": PASSWORD}
    browser.open(f"{site}/login", urllib.parse.urlencode(fields).encode())
    return Visitor(port, {cookie.name: cookie.value or "" for cookie in jar})
