"""A plan in a browser: from dropping the file to cards assigned in few clicks, by keyboard, and on a phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from portal.app import create_app
from portal.db import utc_now
from portal.local.demo import open_demo_ward
from portal.local.settings import local_settings
from portal.plans.sample import sample_plan
from tests.browser.living_city import PASSWORD, LivingCity
from tests.browser.people_at_work import page_of

pytestmark = pytest.mark.browser

#: The most clicks from dropping the plan to every card assigned, when nothing needs correcting.
MOST_CLICKS = 12

_REAL = Path(__file__).parents[3] / "shared" / "plans" / "lao-cai-2024.txt"
_DESK, _PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@dataclass
class Hand:
    """Somebody's hand on a page: counts clicks, a field typed into as one, a dropped file as one."""

    page: Page
    clicks: int = 0

    def drop(self, path: Path) -> None:
        """Drop a file where files are taken."""
        self.clicks += 1
        self.page.set_input_files("input[name=file]", str(path))

    def press(self, name: str) -> None:
        """Press a button of this name."""
        self.clicks += 1
        self.page.get_by_role("button", name=re.compile(name)).first.click()

    def type(self, field: str, words: str) -> None:
        """Click into a field, type, and leave it."""
        self.clicks += 1
        self.page.fill(field, words)
        self.page.press(field, "Tab")


@pytest.fixture(scope="module")
def ward(living_city: LivingCity) -> str:
    """A ward with people and no plan."""
    with create_app(local_settings(living_city.var)).app_context():
        open_demo_ward("import", "Nhập Kế Hoạch", "lao-cai", PASSWORD, utc_now())
    return "import"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The real plan, or the built-in one where the real ones are not at hand.

    Not the very bytes of the built-in one: those are a plan the ward has already when the next test tries the sample.
    """
    if _REAL.exists():
        return _REAL
    path = tmp_path / "ke-hoach.md"
    path.write_bytes(sample_plan(2026) + b"\n")
    return path


def _sign_in(chromium: Browser, city: LivingCity, ward: str, size: ViewportSize, faults: list[str]) -> Page:
    context = chromium.new_context(locale="vi-VN", viewport=size)
    return page_of(context, city, f"coordinator@{ward}.example", faults)


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of: script errors, violations of the content policy."""
    return []


@pytest.fixture
def desk(chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]) -> Iterator[Page]:
    """The coordinator at a desk."""
    page = _sign_in(chromium, living_city, ward, _DESK, faults)
    yield page
    page.context.close()
    assert faults == []


@pytest.fixture
def phone(chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]) -> Iterator[Page]:
    """The coordinator with a phone."""
    page = _sign_in(chromium, living_city, ward, _PHONE, faults)
    yield page
    page.context.close()
    assert faults == []


def _review_of_sample(page: Page, city: LivingCity, ward: str) -> None:
    """The sample under review; the same bytes again are the same plan, so what stood there is forgotten first."""
    for (plan_id,) in city.rows(
        "select p.id from app.plan p join app.ward w on w.id = p.ward_id where w.slug = %s and p.state = 'review'",
        ward,
    ):
        page.goto(f"{city.address}/w/{ward}/plans/{plan_id}")
        page.click("summary:has-text('Bỏ kế hoạch này')")
        page.get_by_role("button", name="Bỏ kế hoạch", exact=True).click()
        page.wait_for_load_state()
    page.goto(f"{city.address}/w/{ward}/plans/new")
    page.get_by_role("button", name="Thử với kế hoạch mẫu").click()
    page.wait_for_selector("#review", timeout=30_000)


def _cards(city: LivingCity, ward: str, condition: str = "true") -> int:
    found = city.rows(
        f"select count(*) from app.card c join app.ward w on w.id = c.ward_id where w.slug = %s and ({condition})",
        ward,
    )
    return int(str(found[0][0]))


def test_a_dropped_plan_is_assigned_in_few_clicks(
    desk: Page, living_city: LivingCity, ward: str, plan: Path
) -> None:
    desk.goto(f"{living_city.address}/w/{ward}/plans/new")
    hand = Hand(desk)
    hand.drop(plan)
    desk.wait_for_selector("#review", timeout=30_000)
    hand.type("[name=number]", "35")
    hand.type("#head [name=day]", "15/3")
    expect(desk.locator("#head")).to_contain_text("Số và ngày")
    hand.press("Nhận .* hạn gợi ý")
    expect(desk.locator("#toast")).to_contain_text("Đã đặt hạn")
    hand.press("Áp dụng cho")
    expect(desk.locator("#dues")).to_contain_text("Việc nào cũng có hạn")
    hand.press("Tạo .* việc và giao")
    desk.wait_for_url(re.compile("/board"))
    made = _cards(living_city, ward)
    assert made > 20
    assert _cards(living_city, ward, "assigned_at is null or agency_id is null or due_on is null") == 0
    assert hand.clicks <= MOST_CLICKS, hand.clicks


def test_cards_are_split_merged_and_taken_back(desk: Page, living_city: LivingCity, ward: str) -> None:
    _review_of_sample(desk, living_city, ward)
    expect(desk.locator("#cards .xc")).to_have_count(23)
    first = desk.locator("#c1 .ttl").input_value()
    desk.click("#c2 .more")
    desk.get_by_role("button", name="Gộp vào việc 1").click()
    expect(desk.locator("#cards .xc")).to_have_count(22)
    expect(desk.locator("#c1 .ttl")).to_have_value(first)
    expect(desk.locator("#toast")).to_contain_text("Đã gộp việc 2 vào việc 1")
    expect(desk.locator("#c1 .words")).to_be_visible()
    desk.locator("#c1 .words").get_by_role("button").first.click()
    expect(desk.locator("#cards .xc")).to_have_count(23)
    for count in (22, 23):
        desk.locator("#cards-notes").get_by_role("button", name="Hoàn tác").click()
        expect(desk.locator("#cards .xc")).to_have_count(count)
    expect(desk.get_by_role("button", name="Hoàn tác")).to_have_count(0)
    assert "/plans/" in desk.url
    assert not desk.url.endswith(("/union", "/pieces", "/undo"))


def test_a_row_keeps_focus_and_saves_as_one_goes(desk: Page, living_city: LivingCity, ward: str) -> None:
    _review_of_sample(desk, living_city, ward)
    lacking = int(re.findall(r"\d+", desk.locator("#dues b").inner_text())[0])
    desk.fill("#h1", "24/5")
    desk.press("#h1", "Tab")
    expect(desk.locator("#dues b")).to_contain_text(f"{lacking - 1} việc")
    expect(desk.locator("#c1 .due")).to_have_value(re.compile(r"24/05/\d{4}"))
    expect(desk.locator("#cards-notes")).to_contain_text("Đã sửa việc 1")


def test_the_review_goes_by_keyboard(desk: Page, living_city: LivingCity, ward: str) -> None:
    _review_of_sample(desk, living_city, ward)
    keys = desk.keyboard
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(desk.locator("#c2")).to_have_class(re.compile("sel"))
    keys.press("Enter")
    expect(desk.locator("#c2 .ed")).to_be_visible()
    keys.press("e")
    expect(desk.locator("#t2")).to_be_focused()
    keys.press("x")  # within a field a key is a letter
    keys.press("Escape")
    expect(desk.locator("#c2")).to_be_focused()
    keys.press("d")
    expect(desk.locator("#h2")).to_be_focused()
    keys.press("Escape")
    keys.press("ArrowDown")
    keys.press("x")
    expect(desk.locator("#c3")).to_have_class(re.compile("gone"))
    keys.press("x")
    expect(desk.locator("#c3")).not_to_have_class(re.compile("gone"))
    keys.press("m")
    expect(desk.locator("#cards .xc")).to_have_count(22)
    keys.press("z")
    expect(desk.locator("#cards .xc")).to_have_count(23)
    keys.press("?")
    expect(desk.locator("#keys")).to_have_attribute("open", "")
    desk.check("#keys-off")
    desk.locator("#c1").focus()
    keys.press("x")
    expect(desk.locator("#c1")).not_to_have_class(re.compile("gone"))
    desk.uncheck("#keys-off")


def test_a_phone_shows_all_of_it_without_sideways_scroll(
    phone: Page, living_city: LivingCity, ward: str
) -> None:
    def fits() -> bool:
        return bool(phone.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    phone.goto(f"{living_city.address}/w/{ward}/plans/new")
    assert fits()
    _review_of_sample(phone, living_city, ward)
    assert fits()
    phone.click("#c2 .more")
    expect(phone.locator("#c2 .ed")).to_be_visible()
    phone.click("#c2 .helpers summary")
    assert fits()
    phone.click("[data-add]")
    expect(phone.locator("#them-viec textarea")).to_be_visible()
    assert fits()
    phone.get_by_role("button", name="Gộp vào việc 1").click()
    expect(phone.locator("#cards .xc")).to_have_count(22)
    assert fits()
