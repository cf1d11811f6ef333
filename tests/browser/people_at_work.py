"""What the browser tests of a board at work share: a ward whose police have cards, and people signed in to it."""

from playwright.sync_api import Browser, BrowserContext, Page

from portal.app import create_app
from portal.db import keep, utc_now
from portal.local.demo import open_demo_ward
from portal.local.settings import local_settings
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from portal.tenants.queries import agencies
from tests.browser.living_city import PASSWORD, LivingCity


def ward_of_police(city: LivingCity, slug: str, name: str) -> str:
    """The address of a new ward with six cards of its police."""
    with create_app(local_settings(city.var)).app_context():
        open_demo_ward(slug, name, "lao-cai", PASSWORD, utc_now())
        ward_id = city.rows("select id from app.ward where slug = %s", slug)[0][0]
        with inside_ward(int(str(ward_id))):
            police = next(agency for agency in agencies() if "ông an" in agency.name)
            new = [NewCard(title=f"Tuần tra tổ {n}", agency_id=police.id) for n in range(1, 7)]
            add_cards(new, SYSTEM, utc_now())
            keep()
    return f"/w/{slug}"


def page_of(browser: Browser | BrowserContext, city: LivingCity, email: str, faults: list[str]) -> Page:
    """A page of somebody who just signed in; a browser opens a context of its own. `faults`: what it complains of."""
    if isinstance(browser, Browser):
        browser = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    page = browser.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{city.address}/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_url(lambda address: "/login" not in address)
    return page
