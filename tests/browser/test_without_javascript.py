"""With JavaScript switched off: sign in, see, move, comment, attach, submit, approve; every form is a plain form."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.every_page import WARD, sign_in
from tests.browser.living_city import LivingCity

pytestmark = pytest.mark.browser

_PHONE = ViewportSize(width=390, height=844)


def _page(chromium: Browser, city: LivingCity, who: str) -> Page:
    page = chromium.new_context(viewport=_PHONE, locale="vi-VN", java_script_enabled=False).new_page()
    sign_in(page, city.address, who)
    return page


def _press(page: Page, action: str, **button: str) -> None:
    """Press the button of the form that goes there; with JavaScript off a press is a whole new page."""
    wanted = "".join(f"[{name}={value!r}]" for name, value in button.items())
    form = page.locator(f"form[action$='{action}']")
    form.locator(f"button{wanted}:not([type=button])").first.click()
    page.wait_for_load_state()


def test_a_card_goes_all_its_way_without_javascript(
    chromium: Browser, living_city: LivingCity, tmp_path: Path
) -> None:
    photo = tmp_path / "tuan-tra.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(photo, "JPEG")
    page = _page(chromium, living_city, "police@lao-cai.example")
    page.goto(f"{living_city.address}{WARD}/mine")
    card = page.locator(".wk h3 a").first
    title, address = card.inner_text(), str(card.get_attribute("href"))
    card.click()
    assert page.locator("h1").inner_text() == title

    if page.locator(f"form[action$='{address}/state'] button[value=doing]").count():
        _press(page, f"{address}/state", value="doing")
    page.fill("#bl", "Đã phân công cán bộ trực.")
    _press(page, f"{address}/comments")
    assert "Đã phân công cán bộ trực." in page.inner_text("main")
    page.set_input_files("input[name=files][multiple]", str(photo))
    _press(page, f"{address}/evidence")
    assert "tuan-tra.jpg" in page.inner_text("main")
    page.click("summary:has-text('Nộp kết quả')")
    page.fill("#ket-qua", "Đã xử lý 4/4 tin báo.")
    _press(page, f"{address}/state", value="review")
    assert re.search("Chờ duyệt", page.inner_text("main"))

    leader = _page(chromium, living_city, "leader@lao-cai.example")
    leader.goto(f"{living_city.address}{address}")
    assert "Đã xử lý 4/4 tin báo." in leader.inner_text("main")
    _press(leader, f"{address}/state", value="done")
    leader.goto(f"{living_city.address}{address}")
    assert "Hoàn thành" in leader.inner_text("main")
    for one in (page, leader):
        one.context.close()


@pytest.mark.parametrize("view", ["columns", "lanes"])
def test_cards_are_chosen_and_dated_together_without_javascript(
    chromium: Browser, living_city: LivingCity, view: str
) -> None:
    page = _page(chromium, living_city, "coordinator@lao-cai.example")
    page.goto(f"{living_city.address}{WARD}/board?view={view}")
    page.get_by_role("link", name="Chọn nhiều việc").click()
    for number in (4, 6):
        page.locator(f"#card-{number}").click(position={"x": 90, "y": 40})
        assert page.locator(f"#card-{number} input").is_checked()
    page.fill("#b-han", "20/12")
    _press(page, "/cards/batch", value="date")
    assert "Đã đặt hạn 2 việc" in page.inner_text("main")
    assert "pick" not in page.url
    page.locator(".flash button", has_text="Hoàn tác").click()
    assert "Đã hoàn tác 2 việc" in page.inner_text("main")
    page.context.close()
