"""Every page of the product, by who sees it: what the accessibility checks visit and what `make shots` pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.living_city import PASSWORD

WARD = "/w/lao-cai"


@dataclass(frozen=True)
class Stop:
    """A page: what it is called in pictures, where it is, and which link of that page leads on to it, if one does."""

    name: str
    address: str
    onward: str = ""

    def open(self, page: Page, city: str) -> None:
        """Go there."""
        page.goto(f"{city}{self.address}")
        if not self.onward:
            return
        links = page.eval_on_selector_all("a[href]", "found => found.map(a => a.getAttribute('href'))")
        found = next((link for link in links if re.search(self.onward, link)), None)
        assert found, f"{self.address} has no link to {self.onward}"
        page.goto(f"{city}{found}")


#: By account; "" has not signed in.
STOPS: dict[str, list[Stop]] = {
    "": [
        Stop("login", "/login"),
        Stop("reset", "/reset"),
        Stop("help-link", "/help"),
        Stop("missing", "/khong-co"),
    ],
    "coordinator@lao-cai.example": [
        Stop("board", f"{WARD}/board"),
        Stop("board-lanes", f"{WARD}/board?view=lanes"),
        Stop("board-list", f"{WARD}/board?view=list"),
        Stop("board-calendar", f"{WARD}/board?view=calendar"),
        Stop("board-year", f"{WARD}/board?view=year"),
        Stop("board-nothing-found", f"{WARD}/board?q=zzz"),
        Stop("search", f"{WARD}/search?q=tre+em"),
        Stop("card", f"{WARD}/cards/3"),
        Stop("card-paper", f"{WARD}/cards/3/paper"),
        Stop("mine-coordinator", f"{WARD}/mine"),
        Stop("home", f"{WARD}/home"),
        Stop("week", f"{WARD}/week"),
        Stop("agency", f"{WARD}/home", r"/agencies/[\w-]{36}$"),
        Stop("plans", f"{WARD}/plans"),
        Stop("document", f"{WARD}/plans", r"/document$"),
        Stop("targets", f"{WARD}/indicators", r"/targets$"),
        Stop("indicators", f"{WARD}/indicators"),
        Stop("indicator", f"{WARD}/indicators", r"/indicators/[\w-]{36}$"),
        Stop("reporters", f"{WARD}/indicators", r"/reporters$"),
        Stop("outbox", f"{WARD}/outbox"),
        Stop("reports", f"{WARD}/reports"),
        Stop("ward-asks", f"{WARD}/asks"),
        Stop("report", f"{WARD}/reports", r"/reports/[\w-]{36}$"),
        Stop("scorecard", f"{WARD}/reports", r"/scorecards/\d{4}$"),
        Stop("people", f"{WARD}/people"),
        Stop("recipients", f"{WARD}/recipients"),
        Stop("contacts", f"{WARD}/people", r"/agencies/[\w-]{36}/contacts$"),
        Stop("person", f"{WARD}/people", r"/people/[\w-]{36}$"),
        Stop("channel-order", f"{WARD}/channels"),
        Stop("channels-sms", f"{WARD}/reminders/channels"),
        Stop("channels-zalo", f"{WARD}/reminders/channels?channel=zns"),
        Stop("released-words", f"{WARD}/released-words"),
        Stop("help-coordinator", f"{WARD}/help"),
        Stop("help-agency", f"{WARD}/help?who=agency"),
        Stop("permissions", "/permissions"),
        Stop("account", "/account"),
    ],
    "leader@lao-cai.example": [Stop("mine-leader", f"{WARD}/mine"), Stop("home-leader", f"{WARD}/home")],
    "viewer@lao-cai.example": [Stop("board-viewer", f"{WARD}/board"), Stop("card-viewer", f"{WARD}/cards/3")],
    "police@lao-cai.example": [Stop("mine-agency", f"{WARD}/mine"), Stop("board-agency", f"{WARD}/board")],
    "culture@lao-cai.example": [
        Stop("mine-figures", f"{WARD}/mine"),
        Stop("reading", f"{WARD}/mine", r"/indicators/"),
    ],
    "coordinator@kim-tan.example": [
        Stop("plans-to-review", "/w/kim-tan/plans"),
        Stop("review", "/w/kim-tan/plans", r"/plans/0[\w-]{35}$"),
        Stop("new-plan", "/w/kim-tan/plans/new"),
        Stop("board-empty", "/w/kim-tan/board"),
    ],
    "coordinator@coc-leu.example": [
        Stop("first-run", "/w/coc-leu/plans/new"),
        Stop("indicators-empty", "/w/coc-leu/indicators"),
        Stop("outbox-empty", "/w/coc-leu/outbox"),
    ],
    "city@lao-cai-city.example": [
        Stop("city", "/o/lao-cai/"),
        Stop("city-ward", "/o/lao-cai/wards/lao-cai"),
        Stop("city-kind", "/o/lao-cai/wards/lao-cai/congan"),
        Stop("city-comparison", "/o/lao-cai/comparison?with=lao-cai&with=kim-tan"),
        Stop("city-targets", "/o/lao-cai/targets"),
        Stop("city-changes", "/o/lao-cai/changes/2026-01-01"),
        Stop("city-asks", "/o/lao-cai/asks"),
        Stop("city-plans", "/o/lao-cai/plans"),
        Stop("city-reports", "/o/lao-cai/reports"),
        Stop("city-scorecards", "/o/lao-cai/scorecards"),
        Stop("city-report-periods", "/o/lao-cai/report"),
        Stop("city-open-data", "/o/lao-cai/open-data"),
        Stop("city-webhooks", "/o/lao-cai/webhooks"),
        Stop("city-report", "/o/lao-cai/report/2026-half"),
    ],
    "operator@demo.example": [Stop("operator", "/operator/wards"), Stop("reforms", "/operator/reforms")],
}


def sign_in(page: Page, city: str, who: str) -> None:
    """Through the form, unless nobody is meant."""
    if not who:
        return
    page.goto(f"{city}/login")
    page.fill("[name=email]", who)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.wait_for_url(lambda address: "/login" not in address)


def every_stop() -> Iterator[tuple[str, Stop]]:
    """Each page with who opens it."""
    for who, stops in STOPS.items():
        for stop in stops:
            yield who, stop
