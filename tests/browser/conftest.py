"""Chromium and a running city for the browser tests; skipped with a reason where Chromium is not found."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.living_city import LivingCity, found_living_city

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium_path() -> str | None:
    """Where the machine keeps Chromium, if it has it."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser. Its absence is a failure where PORTAL_REQUIRE_BROWSER says so (CI)."""
    path = chromium_path()
    if path is None:
        if os.environ.get("PORTAL_REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed, and PORTAL_REQUIRE_BROWSER is set")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def living_city() -> Iterator[LivingCity]:
    """`make run`, with the demo, in a folder of its own."""
    var = Path(tempfile.mkdtemp(prefix="chung-tay-city-"))
    var.chmod(0o755)
    city = found_living_city(var)
    yield city
    city.stop()
    if not os.environ.get("KEEP"):
        shutil.rmtree(var, ignore_errors=True)
