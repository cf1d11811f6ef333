"""Every page: no violation of WCAG 2.2 AA that a machine can find, and no sideways scroll.

Light on a desk and dark on a phone: between them every page is seen in both sizes and both themes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.every_page import STOPS, WARD, Stop, sign_in
from tests.browser.living_city import LivingCity

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}"
_FOUND = f"async () => (await axe.run(document, {_RULES})).violations.map(v => v.id + ' ' + v.nodes[0].html)"

#: Width, theme, and whether the checker runs. 720 is a desk of 1440 at 200 %, where only the room is looked at.
LOOKS = [(1440, "light", True), (390, "dark", True), (720, "light", False)]

#: How the focus ring of the page shows, or that nothing is focused.
_RING = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const seen = getComputedStyle(at), label = at.closest('label')
  const around = label ? getComputedStyle(label) : seen
  const ring = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  const key = at.href || at.name || at.id || at.innerText
  return {what: at.outerHTML.slice(0, 90), ring: ring(seen) || ring(around), key}
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `make assets`"),
]


def _faults(page: Page, check: bool) -> list[str]:
    page.evaluate("scrollTo(0, 0)")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = [f"{wider} px wider than the window"] if wider > 0 else []
    if check:
        page.evaluate(AXE.read_text())
        faults += page.evaluate(_FOUND)
    return faults


@pytest.fixture
def page(chromium: Browser, width: int, theme: str, living_city: LivingCity) -> Iterator[Page]:
    """A browser that lets the checker's script run in spite of the CSP."""
    size = ViewportSize(width=width, height=900)
    context = chromium.new_context(viewport=size, bypass_csp=True, locale="vi-VN")
    context.add_cookies([{"name": "giao_dien", "value": theme, "url": living_city.address}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "theme", "check"), LOOKS)
@pytest.mark.parametrize("who", STOPS)
def test_pages_are_accessible_and_fit(page: Page, living_city: LivingCity, who: str, check: bool) -> None:
    sign_in(page, living_city.address, who)
    found = {}
    for stop in STOPS[who]:
        stop.open(page, living_city.address)
        found[stop.name] = _faults(page, check)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("width", "theme"), [(1440, "light")])
@pytest.mark.parametrize(
    "stop",
    [
        Stop("board", f"{WARD}/board"),
        Stop("card", f"{WARD}/cards/3"),
        Stop("indicator", f"{WARD}/indicators", r"/indicators/[\w-]{36}$"),
    ],
    ids=lambda stop: str(stop.name),
)
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    page: Page, living_city: LivingCity, stop: Stop
) -> None:
    sign_in(page, living_city.address, "coordinator@lao-cai.example")
    stop.open(page, living_city.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    met = []
    for _press in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(_RING)
        if at is None:
            break
        assert at["ring"], at["what"]
        met.append(at["key"])
    assert len(set(met)) > 12, met
