"""What others change appears on an open page within seconds, and takes nothing from whoever is at work there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.living_city import LivingCity
from tests.browser.people_at_work import page_of, ward_of_police

pytestmark = pytest.mark.browser

WARD = "truc-tiep"


@pytest.fixture(scope="module")
def ward(living_city: LivingCity) -> str:
    """A ward with six cards of its police."""
    return ward_of_police(living_city, WARD, "Trực Tiếp")


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What either browser complained of."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def coordinator(chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]) -> Iterator[Page]:
    """Looks at the board."""
    page = page_of(chromium, living_city, f"coordinator@{WARD}.example", faults)
    page.goto(f"{living_city.address}{ward}/board")
    yield page
    page.context.close()


@pytest.fixture
def police(chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]) -> Iterator[Page]:
    """Works."""
    page = page_of(chromium, living_city, f"police@{WARD}.example", faults)
    page.goto(f"{living_city.address}{ward}/board")
    yield page
    page.context.close()


def _begin(page: Page, number: int) -> None:
    page.locator(f"#card-{number} button", has_text="Bắt đầu làm").click()
    expect(page.locator(f"#cards-doing #card-{number}")).to_be_visible()


def test_a_card_moves_within_five_seconds_and_what_is_typed_stays(coordinator: Page, police: Page) -> None:
    coordinator.click("#them-viec summary")
    coordinator.fill("#them-viec textarea", "Việc đang gõ dở")
    _begin(police, 1)
    expect(coordinator.locator("#cards-doing #card-1")).to_be_visible(timeout=5000)
    expect(coordinator.locator("#cards-todo #card-1")).to_have_count(0)
    expect(coordinator.locator("#legend [data-total=doing]")).to_have_text("1")
    assert coordinator.evaluate("document.activeElement.value") == "Việc đang gõ dở"


def test_a_card_under_the_pointer_waits_for_a_press(coordinator: Page, police: Page) -> None:
    coordinator.hover("#card-3")
    _begin(police, 2)
    pill = coordinator.get_by_role("button", name="1 thay đổi mới. Xem")
    expect(pill).to_be_visible(timeout=6000)
    expect(coordinator.locator("#cards-todo #card-2")).to_have_count(1)
    expect(coordinator.locator("#cards-doing #card-2")).to_have_count(0)
    pill.click()
    expect(coordinator.locator("#cards-doing #card-2")).to_be_visible()
    expect(pill).to_be_hidden()


def test_the_open_card_and_my_work_follow_and_a_reason_being_typed_does_not_vanish(
    coordinator: Page, police: Page, living_city: LivingCity, ward: str
) -> None:
    mine = police.context.new_page()
    mine.goto(f"{living_city.address}{ward}/mine")
    coordinator.goto(f"{living_city.address}{ward}/cards/4")
    _begin(police, 4)
    expect(coordinator.locator("header .st", has_text="Đang thực hiện")).to_be_visible(timeout=6000)
    expect(mine.locator("#card-4 button", has_text="Nộp kết quả")).to_be_visible(timeout=6000)
    coordinator.fill("textarea[name=text]", "Nhớ gửi ảnh")
    police.locator("#card-4 button", has_text="Nộp kết quả").click()
    newer = coordinator.get_by_role("button", name="Việc này vừa đổi. Xem bản mới")
    expect(newer).to_be_visible(timeout=6000)
    newer.click()
    expect(coordinator.locator("header .st", has_text="Chờ duyệt")).to_be_visible()
    expect(coordinator.locator("textarea[name=text]")).to_have_value("Nhớ gửi ảnh")


def test_a_hidden_page_asks_nothing(coordinator: Page, police: Page) -> None:
    asked: list[str] = []
    coordinator.on("request", lambda it: asked.append(it.url) if it.headers.get("if-none-match") else None)
    coordinator.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    _begin(police, 5)
    coordinator.wait_for_timeout(4500)
    assert asked == []
    coordinator.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    expect(coordinator.locator("#cards-doing #card-5")).to_be_visible(timeout=3000)
    assert re.search("/board$", asked[0])


def test_the_home_of_who_decides_and_an_agencys_page_follow(
    coordinator: Page, police: Page, living_city: LivingCity, ward: str
) -> None:
    agency = coordinator.context.new_page()
    agency.goto(f"{living_city.address}{ward}/board?view=lanes")
    agency.locator("#lanes th a", has_text="Công an").click()
    agency.goto(agency.url.replace("board?view=lanes&agency=", "agencies/"))
    coordinator.goto(f"{living_city.address}{ward}/home")
    _begin(police, 6)
    expect(agency.locator("#card-6", has_text="Đang thực hiện")).to_be_visible(timeout=5000)
    police.locator("#card-6 button", has_text="Nộp kết quả").click()
    decided = coordinator.locator("#card-6")
    expect(decided.get_by_role("button", name="Duyệt")).to_be_visible(timeout=5000)
    decided.get_by_text("Trả lại").first.click()
    decided.locator("textarea").fill("Thiếu số liệu")
    police.locator("#card-3 button", has_text="Bắt đầu làm").click()
    expect(agency.locator("#card-3", has_text="Đang thực hiện")).to_be_visible(timeout=5000)
    expect(decided.locator("textarea")).to_have_value("Thiếu số liệu")
    expect(decided.locator("textarea")).to_be_focused()
    agency.close()
