"""Every page at both widths: no violation of WCAG 2.2 AA that a machine can find, and no sideways scroll."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.living_city import PASSWORD, LivingCity

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}"
_FOUND = f"async () => (await axe.run(document, {_RULES})).violations.map(v => v.id + ' ' + v.nodes[0].html)"

WARD = "/w/lao-cai"
PAGES = {
    "coordinator@lao-cai.example": [
        f"{WARD}/board",
        f"{WARD}/board?view=lanes",
        f"{WARD}/board?view=list",
        f"{WARD}/cards/3",
        f"{WARD}/mine",
        f"{WARD}/plans",
        f"{WARD}/outbox",
        f"{WARD}/people",
        "/permissions",
        "/account",
    ],
    "police@lao-cai.example": [f"{WARD}/mine", f"{WARD}/board"],
    "coordinator@kim-tan.example": ["/w/kim-tan/plans", "/w/kim-tan/plans/new"],
    "city@lao-cai-city.example": ["/o/lao-cai/"],
    "operator@demo.example": ["/operator/wards"],
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `make assets`"),
]


@pytest.fixture
def page(chromium: Browser, living_city: LivingCity, width: int) -> Iterator[Page]:
    """A browser that lets the checker's script run in spite of the CSP."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True, locale="vi-VN")
    yield context.new_page()
    context.close()


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*page.evaluate(_FOUND), *([f"{wider} px wider than the window"] if wider > 0 else [])]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_accessible_and_fit(page: Page, living_city: LivingCity, who: str, width: int) -> None:
    page.goto(f"{living_city.address}/login")
    found = {"/login": _faults(page)}
    page.fill("[name=email]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_url(lambda address: "/login" not in address)
    for address in PAGES[who]:
        page.goto(f"{living_city.address}{address}")
        found[address] = _faults(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [1440, 390])
def test_the_review_of_a_plan_is_accessible_and_fits(page: Page, living_city: LivingCity, width: int) -> None:
    page.goto(f"{living_city.address}/login")
    page.fill("[name=email]", "coordinator@kim-tan.example")
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_url(lambda address: "/login" not in address)
    page.goto(f"{living_city.address}/w/kim-tan/plans")
    page.locator("main a[href*='/plans/0']").first.click()
    page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}"))
    assert _faults(page) == []
