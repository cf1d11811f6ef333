"""The frequent acts, from the page a person lands on after signing in: clicks counted, on a desk and on a phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from portal.app import create_app
from portal.db import keep, utc_now
from portal.local.demo import open_demo_ward
from portal.local.settings import local_settings
from portal.versions import changed
from tests.browser.living_city import PASSWORD, LivingCity, wait_for
from tests.browser.people_at_work import page_of
from tests.tasks.pictures import photo as a_photo

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 640}
WARD = "/w/lao-cai"

pytestmark = pytest.mark.browser

Land = Callable[..., "Hand"]


class Hand:
    """Somebody's hand on the page they landed on: counts clicks; choosing from a list or a camera is one more."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, target: Locator) -> None:
        """One click."""
        target.click()
        self.clicks += 1

    def pick(self, target: Locator, index: int) -> None:
        """Open a list, choose from it."""
        target.select_option(index=index)
        self.clicks += 2

    def shoot(self, target: Locator, photo: Path) -> None:
        """Open the camera, use the photo."""
        target.set_input_files(str(photo))
        self.clicks += 2


@pytest.fixture
def land(chromium: Browser, living_city: LivingCity) -> Iterator[Land]:
    """Sign in and land; afterwards no page may have complained of anything."""
    wait_for(lambda: living_city.rows("select 1 from app.card where number = 22"), 60, "the demo's cards")
    faults: list[str] = []
    contexts = []

    def sign_in(email: str, size: ViewportSize = DESK) -> Hand:
        context = chromium.new_context(locale="vi-VN", viewport=size)
        contexts.append(context)
        return Hand(page_of(context, living_city, email, faults))

    yield sign_in
    for context in contexts:
        context.close()
    assert faults == []


def _set(city: LivingCity, number: int, change: str) -> None:
    """Bring one card of the demo to where a test needs it, and say so, as pages kept for a minute would not know."""
    city.write(
        f"update app.card set {change}, version = version + 1, changed_at = now() "
        "where number = %s and ward_id = (select id from app.ward where slug = 'lao-cai')",
        number,
    )
    [(ward_id,)] = city.rows("select id from app.ward where slug = 'lao-cai'")
    with create_app(local_settings(city.var)).app_context():
        changed(f"ward:{ward_id}")
        keep()


def _in_sight(target: Locator) -> bool:
    """Whether it can be seen without scrolling."""
    box, size = target.bounding_box(), target.page.viewport_size
    assert size is not None
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def test_an_officer_sees_their_work_with_no_click_and_updates_it_with_one(
    land: Land, living_city: LivingCity
) -> None:
    _set(living_city, 12, "state = 'todo', accepted_at = null")
    hand = land("police@lao-cai.example")
    expect(hand.page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    card = hand.page.locator("#card-12")
    expect(card).to_be_visible()
    assert hand.clicks == 0
    hand.press(card.get_by_role("button", name="Bắt đầu làm"))
    expect(hand.page.locator("#toast")).to_contain_text("Đang thực hiện")
    assert hand.clicks == 1
    hand.press(hand.page.locator("#toast").get_by_role("button", name="Hoàn tác"))
    expect(hand.page.locator("#toast")).to_contain_text("Đã hoàn tác")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_officer_adds_a_photo_with_three(
    land: Land, living_city: LivingCity, tmp_path: Path, size: ViewportSize
) -> None:
    _set(living_city, 13, "state = 'doing'")
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(a_photo(width=size["width"]))
    hand = land("police@lao-cai.example", size)
    camera = hand.page.locator("#card-13 input[type=file]")
    if not camera.locator("..").is_visible():  # short phones: on the card's own page
        hand.press(hand.page.locator("#card-13 h3 a"))
        camera = hand.page.locator(".cam input")
    hand.shoot(camera, photo)
    expect(hand.page.locator(".flash, #toast").first).to_contain_text("minh chứng")
    assert hand.clicks <= 3


@pytest.mark.parametrize("who", ["leader", "coordinator"])
def test_who_steers_sees_at_once_who_is_late_and_assigns_with_two(
    land: Land, living_city: LivingCity, who: str
) -> None:
    _set(living_city, 12, "state = 'doing', due_on = current_date - 3")
    _set(living_city, 20, "agency_id = null, assigned_at = null, state = 'todo'")
    hand = land(f"{who}@lao-cai.example")
    late = hand.page.locator("[aria-labelledby=ai-cham] .rowl", has_text="Công an phường")
    assert _in_sight(late)
    expect(late).to_contain_text("quá hạn")
    hand.pick(hand.page.locator("#card-20 select"), 9)
    expect(hand.page.locator(".flash")).to_contain_text("Đã giao")
    assert hand.clicks == 2
    hand.press(hand.page.locator(".flash").get_by_role("button", name="Hoàn tác"))
    expect(hand.page.locator("#card-20 select")).to_be_visible()


def test_who_steers_approves_in_place_with_one_and_takes_it_back(land: Land, living_city: LivingCity) -> None:
    _set(living_city, 3, "state = 'review', submitted_at = now()")
    hand = land("leader@lao-cai.example")
    hand.press(hand.page.locator("#card-3").get_by_role("button", name="Duyệt"))
    expect(hand.page.locator(".flash")).to_contain_text("Hoàn thành")
    assert hand.clicks == 1
    hand.press(hand.page.locator(".flash").get_by_role("button", name="Hoàn tác"))
    expect(hand.page.locator("#card-3").get_by_role("button", name="Duyệt")).to_be_visible()


def test_who_steers_chases_one_agency_with_two_and_all_with_three(
    land: Land, living_city: LivingCity
) -> None:
    _set(living_city, 12, "state = 'doing', due_on = current_date - 3")
    hand = land("coordinator@lao-cai.example")
    hand.press(hand.page.get_by_role("link", name="Nhắc Công an phường"))
    hand.press(hand.page.locator("main").get_by_role("button", name=re.compile("Gửi . thư")))
    expect(hand.page.locator(".flash, #toast").first).to_contain_text("thư")
    assert hand.clicks == 2
    hand = land("coordinator@lao-cai.example")
    hand.press(hand.page.get_by_role("link", name="Nhắc tất cả"))
    hand.press(hand.page.locator("main").get_by_role("button", name=re.compile("Gửi . thư")))
    expect(hand.page.locator(".flash, #toast").first).to_contain_text("thư")
    assert hand.clicks <= 3


def test_a_whole_plan_is_assigned_with_two(land: Land, living_city: LivingCity) -> None:
    app = create_app(local_settings(living_city.var))
    with app.app_context():
        open_demo_ward("hai-bam", "Hai Bấm", "lao-cai", PASSWORD, utc_now())
    before = land("coordinator@hai-bam.example")
    before.page.goto(f"{living_city.address}/w/hai-bam/plans/new")
    before.page.get_by_role("button", name="Thử với kế hoạch mẫu").click()
    before.page.wait_for_selector("#review", timeout=30_000)
    hand = land("coordinator@hai-bam.example")
    hand.press(hand.page.locator("main a[href*='/plans/0']").first)
    hand.press(hand.page.locator("#confirm"))
    expect(hand.page.locator(".flash, #toast").first).to_contain_text("việc")
    assert hand.clicks == 2
    [(assigned,)] = living_city.rows(
        "select count(*) from app.card c join app.ward w on w.id = c.ward_id "
        "where w.slug = 'hai-bam' and assigned_at is not null"
    )
    assert int(str(assigned)) > 10


@pytest.mark.parametrize(
    ("page", "card"),
    [("board?view=list", ".list tbody tr"), ("board", "#cards-todo .task"), ("mine", ".wk")],
)
def test_on_a_small_phone_six_cards_stand_on_the_screen(
    land: Land, living_city: LivingCity, page: str, card: str
) -> None:
    """Whole, above the bar at the foot, their titles in letters of 15 px, all of which are seen."""
    here = land("coordinator@lao-cai.example", PHONE).page
    here.goto(f"{living_city.address}{WARD}/{page}")
    top = here.locator(".bnav").bounding_box()
    assert top is not None
    whole = 0
    for row in here.locator(card).all()[:8]:
        box, title = row.bounding_box(), row.locator("th, h3").first
        assert box is not None
        assert title.evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 15
        assert page != "board" or title.evaluate("it => it.scrollWidth <= it.clientWidth")
        whole += box["y"] + box["height"] <= top["y"] + 1
    assert whole >= 6


#: What a finger meets; words inside a sentence need no room of their own (WCAG 2.5.8).
_TARGETS = (
    "main a[href], main button, main select, main summary, main input:not([type=hidden]):not(.vh), "
    ".bnav a, .top a"
)
_SMALL = """found => found
  .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.closest('.vh, .skip'))
  .map(it => {
    const met = it.closest('label') || it, after = getComputedStyle(met, '::after')
    const spread = after.content !== 'none' && after.position === 'absolute' && it.closest('article, tr, li, td')
    return [(spread || met).getBoundingClientRect().height, it.outerHTML.slice(0, 120)]
  })
  .filter(([height]) => height > 1 && height < 43.5)
  .map(([height, html]) => `${height} ${html}`)"""


@pytest.mark.parametrize(
    "view",
    [
        "home",
        "mine",
        "board",
        "board?pick=1",
        "board?view=lanes",
        "board?view=list",
        "board?view=calendar",
        "board?view=year",
        "search?q=tre",
        "week",
    ],
)
def test_on_a_small_phone_every_target_is_44_px_and_nothing_scrolls_sideways(
    land: Land, living_city: LivingCity, view: str
) -> None:
    page = land("coordinator@lao-cai.example", PHONE).page
    page.goto(f"{living_city.address}{WARD}/{view}")
    assert page.eval_on_selector_all(_TARGETS, _SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_twenty_five_cards_stand_on_an_office_laptop(land: Land, living_city: LivingCity) -> None:
    hand = land("coordinator@lao-cai.example", {"width": 1366, "height": 768})
    hand.page.goto(f"{living_city.address}{WARD}/board?view=list")
    first, second = (hand.page.locator(".list tbody tr").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert (768 - first["y"]) // (second["y"] - first["y"]) >= 25
