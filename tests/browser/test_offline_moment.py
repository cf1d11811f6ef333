"""The connection is lost for a moment: a pressed button and a photo wait on the device and are sent once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.living_city import LivingCity
from tests.browser.people_at_work import page_of, ward_of_police

pytestmark = pytest.mark.browser

WARD = "mat-mang"
OFFLINE = "Mất mạng. Nội dung còn trên máy này."
STORED = """() => new Promise(done => {
  const opening = indexedDB.open('chung-tay', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('unsent', {keyPath: 'press'})
  opening.onsuccess = () => {
    const asked = opening.result.transaction('unsent').objectStore('unsent').count()
    asked.onsuccess = () => { opening.result.close(); done(asked.result) }
  }
})"""


@pytest.fixture(scope="module")
def ward(living_city: LivingCity) -> str:
    """A ward with cards of its police."""
    return ward_of_police(living_city, WARD, "Mất Mạng")


@pytest.fixture
def police(chromium: Browser, living_city: LivingCity, ward: str) -> Iterator[Page]:
    """Somebody of the police, signed in."""
    page = page_of(chromium, living_city, f"police@{WARD}.example", [])
    yield page
    page.context.close()


def _happened(city: LivingCity, number: int) -> list[str]:
    return [
        str(row[0])
        for row in city.rows(
            "select e.kind from app.card_event e join app.card c on c.ward_id = e.ward_id and c.id = e.card_id "
            "join app.ward w on w.id = c.ward_id where w.slug = %s and c.number = %s order by e.id",
            WARD,
            number,
        )
    ]


def test_a_button_pressed_without_a_connection_is_sent_once_when_it_is_back(
    police: Page, living_city: LivingCity, ward: str
) -> None:
    police.goto(f"{living_city.address}{ward}/board")
    police.context.set_offline(True)
    button = police.locator("#card-1 button", has_text="Bắt đầu làm")
    button.click()
    waiting = police.locator("#unsent")
    expect(waiting).to_contain_text(OFFLINE)
    expect(waiting.locator("li")).to_contain_text("Việc số 1 · “Bắt đầu làm”")
    button.click()
    expect(waiting.locator("li")).to_have_count(1)
    assert "moved" not in _happened(living_city, 1)
    police.context.set_offline(False)
    expect(waiting).to_be_hidden()
    expect(police.locator("#toast")).to_contain_text("Đã gửi 1 nội dung giữ trên máy này.")
    expect(police.locator("#cards-doing #card-1")).to_be_visible(timeout=6000)
    assert _happened(living_city, 1).count("moved") == 1
    assert police.evaluate(STORED) == 0


def test_a_photo_survives_and_an_answer_that_was_lost_is_no_second_photo(
    police: Page, living_city: LivingCity, ward: str, tmp_path: Path
) -> None:
    photo = tmp_path / "tuan-tra.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(photo, "JPEG")
    police.goto(f"{living_city.address}{ward}/cards/2")
    police.set_input_files("input[name=files][multiple]", str(photo))

    def lose_the_answer(route) -> None:  # type: ignore[no-untyped-def]
        route.fetch()
        route.abort("connectionreset")

    # Lost with its progress, and again when the form goes the ordinary way.
    police.route("**/cards/2/evidence", lose_the_answer, times=2)
    police.click("button:has-text('Thêm minh chứng')")
    expect(police.locator("#unsent li")).to_contain_text("1 tệp")
    police.locator("#unsent > button").click()
    expect(police.locator("#unsent")).to_be_hidden()
    expect(police.locator(".file a.b")).to_have_count(1, timeout=6000)
    assert _happened(living_city, 2).count("evidence_added") == 1
    assert police.evaluate(STORED) == 0


def test_a_conflict_shows_both_and_the_person_chooses(
    police: Page, chromium: Browser, living_city: LivingCity, ward: str
) -> None:
    police.goto(f"{living_city.address}{ward}/cards/3")
    police.context.set_offline(True)
    police.click("footer button:has-text('Bắt đầu làm')")
    expect(police.locator("#unsent li")).to_have_count(1)
    leader = page_of(chromium, living_city, f"coordinator@{WARD}.example", [])
    leader.goto(f"{living_city.address}{ward}/cards/3")
    leader.click("summary:has-text('Sửa tên việc')")
    leader.fill("input[name=title]", "Tuần tra cổng trường")
    leader.click("details[open] button:has-text('Lưu')")
    expect(leader.locator("h1", has_text="Tuần tra cổng trường")).to_be_visible()
    leader.context.close()
    police.context.set_offline(False)
    entry = police.locator("#unsent li")
    expect(entry).to_contain_text("Bản của anh/chị: Việc số 3 · “Bắt đầu làm”")
    expect(entry).to_contain_text("Bản mới: Chưa thực hiện")
    expect(entry).to_contain_text("vừa sửa việc này")
    entry.get_by_role("button", name="Vẫn gửi").click()
    expect(police.locator("#unsent")).to_be_hidden()
    assert police.evaluate(STORED) == 0
    assert _happened(living_city, 3)[-2:] == ["edited", "moved"]


def test_the_next_person_on_the_device_neither_sees_nor_sends_it(
    police: Page, living_city: LivingCity, ward: str
) -> None:
    police.goto(f"{living_city.address}{ward}/board")
    police.context.set_offline(True)
    police.locator("#card-4 button", has_text="Bắt đầu làm").click()
    expect(police.locator("#unsent li")).to_have_count(1)
    police.context.clear_cookies()  # the session ends without a word, as when a machine is shared
    police.context.set_offline(False)
    other = page_of(police.context, living_city, f"coordinator@{WARD}.example", [])
    other.goto(f"{living_city.address}{ward}/board")
    other.wait_for_load_state("networkidle")
    expect(other.locator("#unsent")).to_be_hidden()
    assert "moved" not in _happened(living_city, 4)
    assert other.evaluate(STORED) == 1


def test_signing_out_warns_and_takes_what_is_unsent_off_the_device(
    police: Page, living_city: LivingCity, ward: str
) -> None:
    police.goto(f"{living_city.address}{ward}/board")
    police.route("**/cards/5/state*", lambda route: route.abort("internetdisconnected"))
    police.locator("#card-5 button", has_text="Bắt đầu làm").click()
    expect(police.locator("#unsent li")).to_have_count(1)
    asked: list[str] = []
    police.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    police.click(".menu summary")
    police.click("button:has-text('Đăng xuất')")
    police.wait_for_url(lambda address: "/login" in address)
    assert asked == ["Còn 1 nội dung chưa gửi. Đăng xuất sẽ bỏ đi."]
    assert police.evaluate(STORED) == 0
    assert "moved" not in _happened(living_city, 5)
