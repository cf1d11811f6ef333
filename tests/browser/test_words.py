"""What people type, in a browser: "@" by keyboard and by touch, the guard's dialog, and the checker on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.living_city import LivingCity
from tests.browser.people_at_work import page_of, ward_of_police

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WARD = "loi-noi"
CARD = f"/w/{WARD}/cards/1"
NAMED = "Đã thăm cháu Nguyễn Văn An, mẹ 0912345678"
MASKED = "Đã thăm cháu N.V.A., mẹ [đã che]"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ward(living_city: LivingCity) -> str:
    """A ward with six cards of its police."""
    return ward_of_police(living_city, WARD, "Lời Nói")


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What a browser complained of; that a question was asked with status 422 is no fault."""
    found: list[str] = []
    yield found
    assert [fault for fault in found if "status of 422" not in fault] == []


def _open(chromium: Browser, city: LivingCity, who: str, faults: list[str], *, phone: bool = False) -> Page:
    context = (
        chromium.new_context(
            locale="vi-VN", viewport=ViewportSize(width=390, height=844), has_touch=True, bypass_csp=True
        )
        if phone
        else chromium.new_context(
            locale="vi-VN", viewport=ViewportSize(width=1440, height=900), bypass_csp=True
        )
    )
    page = page_of(context, city, f"{who}@{WARD}.example", faults)
    page.goto(city.address + CARD)
    return page


def _violations(page: Page) -> object:
    if not AXE.exists():
        return []
    page.evaluate(AXE.read_text())
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}"
    return page.evaluate(
        f"async () => (await axe.run(document, {rules})).violations.map(v => v.id + ' ' + v.nodes[0].html)"
    )


def test_somebody_is_mentioned_with_the_keyboard_alone_and_waits_on_their_page(
    chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]
) -> None:
    page = _open(chromium, living_city, "coordinator", faults)
    page.focus("#bl")
    page.keyboard.type("Nhờ @cong an")
    expect(page.locator(".mention [aria-selected=true]")).to_have_count(1)
    assert _violations(page) == []
    page.keyboard.press("Enter")
    page.keyboard.type("xem giúp")
    assert page.input_value("#bl").startswith("Nhờ @Công an")
    page.keyboard.press("Escape")
    page.click("#comment-form button:has-text('Gửi')")
    expect(page.locator("#comments .at").first).to_contain_text("@Công an")
    expect(page.locator("#bl")).to_have_value("")

    officer = _open(chromium, living_city, "police", faults, phone=True)
    officer.goto(f"{living_city.address}/w/{WARD}/mine")
    officer.tap("#nhac-den + .box a")
    expect(officer.locator("#trao-doi")).to_contain_text("xem giúp")
    officer.tap("[data-at]")
    officer.tap(".mention-o:not([aria-disabled]) >> nth=0")
    assert officer.input_value("#bl").startswith("@")
    assert officer.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("phone", [False, True])
def test_the_guard_asks_over_the_form_and_one_click_masks(
    chromium: Browser, living_city: LivingCity, ward: str, faults: list[str], phone: bool
) -> None:
    page = _open(chromium, living_city, "police", faults, phone=phone)
    page.fill("#bl", NAMED)
    page.click("#comment-form button:has-text('Gửi')")
    expect(page.locator("#guard[open]")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "guard-h"
    assert page.input_value("#bl") == NAMED
    assert _violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#guard[open]")).to_have_count(0)
    assert page.input_value("#bl") == NAMED
    page.click("#comment-form button:has-text('Gửi')")
    page.click("#guard button:has-text('Che và lưu')")
    expect(page.locator("#comments .say").first).to_have_text(MASKED)
    expect(page.locator("#guard[open]")).to_have_count(0)


def test_a_leader_lets_words_stand_from_the_same_dialog(
    chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]
) -> None:
    page = _open(chromium, living_city, "leader", faults)
    page.fill("#bl", NAMED)
    page.click("#comment-form button:has-text('Gửi')")
    page.click("#guard summary")
    page.fill("#guard [name=guard_reason]", "Công an đề nghị ghi đủ")
    page.click("#guard button:has-text('Lưu nguyên văn')")
    expect(page.locator("#comments .say").first).to_have_text(NAMED)
    page.goto(f"{living_city.address}/w/{WARD}/released-words")
    expect(page.locator("main")).to_contain_text("Công an đề nghị ghi đủ")
    assert _violations(page) == []


def test_the_title_s_field_in_the_drawer_is_asked_about_too(
    chromium: Browser, living_city: LivingCity, ward: str, faults: list[str]
) -> None:
    page = _open(chromium, living_city, "coordinator", faults)
    page.click("summary:has-text('Sửa tên việc')")
    page.fill("[name=title]", "Thăm bé Trần Thị Hoa")
    page.keyboard.press("Enter")
    page.click("#guard button:has-text('Che và lưu')")
    expect(page.locator("h1#ten-viec")).to_have_text("Thăm bé T.T.H.")


def test_a_file_whose_name_told_who_a_child_is_says_that_it_was_masked(
    chromium: Browser, living_city: LivingCity, ward: str, faults: list[str], tmp_path: Path
) -> None:
    photo = tmp_path / "Cháu Nguyễn Văn An.png"
    Image.effect_noise((64, 48), 60).save(photo, "PNG")
    page = _open(chromium, living_city, "police", faults)
    page.set_input_files("input[name=files][multiple]", str(photo))
    page.get_by_role("button", name="Thêm minh chứng").click()
    expect(page.locator("#toast")).to_contain_text("đã che")
    expect(page.locator("body")).not_to_contain_text("Nguyễn Văn An.png")
    page.context.close()
