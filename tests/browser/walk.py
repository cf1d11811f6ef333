"""The main job from end to end, as its people do it in a browser: plan, cards, work, approval, reminder, city."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.living_city import PASSWORD, LivingCity, first_link, wait_for

Step = Callable[[], None]


@dataclass
class Walk:
    """One ward's way through the main job. `fault` is called between the steps."""

    city: LivingCity
    chromium: Browser
    ward: str
    plan: Path
    photo: Path
    today: date
    faults: dict[str, Step] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Walk it."""
        self.read_and_assign()
        self.fault("assigned")
        self.set_a_due_date()
        self.police_submit_with_a_photo()
        self.fault("submitted")
        self.leader_approves()
        self.reminder_arrives_and_its_link_works()
        self.fault("answered")
        self.city_sees_the_counts()
        assert self.errors == []

    def fault(self, moment: str) -> None:
        """Break something, if this walk is to break it here, and wait until it has healed."""
        if moment in self.faults:
            self.faults[moment]()
            wait_for(self.city.is_ready, 60, "the city to heal")

    # --- people ---------------------------------------------------------------------------------------

    def sign_in(self, email: str) -> tuple[BrowserContext, Page]:
        """Somebody opens a browser of their own and signs in."""
        context = self.chromium.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
        page = self._watched(context.new_page())
        page.goto(f"{self.city.address}/login")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("button:has-text('Đăng nhập')")
        page.wait_for_url(lambda address: "/login" not in address)
        return context, page

    def _watched(self, page: Page) -> Page:
        """Whatever the page complains of is a fault, the violations of its content policy included."""
        page.on("console", lambda message: self._note(message.type, message.text, page.url))
        page.on("pageerror", lambda error: self._note("error", str(error), page.url))
        return page

    def _note(self, kind: str, text: str, address: str) -> None:
        """Where servers are killed on the way, a refused request while the city heals is no fault."""
        healing = bool(self.faults) and "Failed to load resource" in text
        if kind == "error" and not healing:
            self.errors.append(f"{address}: {text}")

    # --- steps ----------------------------------------------------------------------------------------

    def read_and_assign(self) -> None:
        """The coordinator uploads the plan, sees 22 cards of 11 agencies, and presses the one button."""
        context, page = self.sign_in(f"coordinator@{self.ward}.example")
        page.goto(f"{self.city.address}/w/{self.ward}/plans/new")
        page.set_input_files("input[name=file]", str(self.plan))
        page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}"))
        self.fault("uploaded")
        button = page.get_by_role("button", name=re.compile(r"Tạo 22 việc và giao 11 cơ quan"))
        button.wait_for(timeout=90_000)
        assert self._count("card") == 0
        button.click()
        wait_for(lambda: self._count("card") == 22, 30, "22 cards")
        context.close()

    def _count(self, table: str, condition: str = "true") -> int:
        found = self.city.rows(
            f"select count(*) from app.{table} t join app.ward w on w.id = t.ward_id where w.slug = %s and {condition}",
            self.ward,
        )
        return int(str(found[0][0]))

    def _number(self, section: str) -> int:
        found = self.city.rows(
            "select min(number) from app.card c join app.ward w on w.id = c.ward_id where w.slug = %s and section = %s",
            self.ward,
            section,
        )
        return int(str(found[0][0]))

    def set_a_due_date(self) -> None:
        """The health station's card is due in two working days at the most: a reminder is due tomorrow morning."""
        context, page = self.sign_in(f"coordinator@{self.ward}.example")
        page.goto(f"{self.city.address}/w/{self.ward}/cards/{self._number('IV.6')}")
        due = self.today + timedelta(days=1)
        page.fill("aside input[name=due_on]", f"{due:%d/%m/%Y}")
        page.click("aside button:has-text('Lưu hạn')")
        expect(page.locator("aside dd.b", has_text=f"{due:%d/%m/%Y}")).to_be_visible()
        context.close()

    def police_submit_with_a_photo(self) -> None:
        """From "Việc của tôi": start, add a photo, submit."""
        number = self._number("IV.5")
        context, page = self.sign_in(f"police@{self.ward}.example")
        expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
        page.goto(f"{self.city.address}/w/{self.ward}/cards/{number}")
        page.click("footer button:has-text('Bắt đầu làm')")
        expect(page.locator("header .st", has_text="Đang thực hiện")).to_be_visible()
        page.set_input_files("input[name=files][multiple]", str(self.photo))
        page.click("button:has-text('Thêm minh chứng')")
        expect(page.locator(".file a.b")).to_have_count(1)
        page.click("footer summary:has-text('Nộp kết quả')")
        page.fill("[name=result]", "Đã tiếp nhận và xử lý 3 tin báo.")
        page.click("footer button:has-text('Nộp để duyệt')")
        expect(page.locator("header .st", has_text="Chờ duyệt")).to_be_visible()
        context.close()

    def leader_approves(self) -> None:
        """One press on the board."""
        number = self._number("IV.5")
        context, page = self.sign_in(f"leader@{self.ward}.example")
        page.goto(f"{self.city.address}/w/{self.ward}/board")
        page.click(f"#card-{number} button:has-text('Duyệt')")
        expect(page.locator(f"#cards-done #card-{number}")).to_be_visible()
        expect(page.locator("#toast")).to_contain_text("Hoàn thành")
        assert self._count("card", f"number = {number} and state = 'done'") == 1
        context.close()

    def reminder_arrives_and_its_link_works(self) -> None:
        """The message reaches a real mail server once; its link changes nothing until a button is pressed."""
        receiver = f"health@{self.ward}.example"
        self.city.run("reminders", "tick", "--today", f"{self.today:%Y-%m-%d}")
        texts = wait_for(
            lambda: [text for text in self.city.mail_to(receiver) if "/a/" in text and "hạn" in text.lower()],
            60,
            "the reminder",
        )
        link = first_link(str(texts[-1]))  # type: ignore[index]
        number = self._number("IV.6")
        page = self._watched(self.chromium.new_page())
        page.goto(link)
        assert self._count("card", f"number = {number} and state = 'todo'") == 1
        page.click("button:has-text('Đang làm')")
        page.wait_for_load_state()
        assert self._count("card", f"number = {number} and state = 'doing'") == 1
        page.close()

    def city_sees_the_counts(self) -> None:
        """The city's page shows the ward's new counts, made of published rows."""
        context, page = self.sign_in("city@lao-cai-city.example")
        name = self.city.rows("select name from app.ward where slug = %s", self.ward)[0][0]

        def shown() -> bool:
            page.goto(f"{self.city.address}/o/lao-cai/")
            row = page.locator("tr", has_text=str(name)).first
            return row.count() == 1 and "1/" in row.inner_text()

        wait_for(shown, 40, "the ward's counts on the city's page")
        context.close()

    def nothing_lost_or_doubled(self) -> None:
        """What every walk must leave behind, whatever broke on the way."""
        assert self._count("card") == 22
        assert self._count("evidence", "removed_at is null") == 1
        number = self._number("IV.5")
        moves = self.city.rows(
            "select detail->>'target' from app.card_event e join app.ward w on w.id = e.ward_id "
            "join app.card c on c.ward_id = e.ward_id and c.id = e.card_id "
            "where w.slug = %s and c.number = %s and e.kind = 'moved' order by e.id",
            self.ward,
            number,
        )
        assert [move[0] for move in moves] == ["doing", "review", "done"]
        journal = (self.city.var / "mail" / "journal.jsonl").read_text().splitlines()
        ids = re.findall(r'"message_id": "([^"]+)"', "\n".join(journal))
        assert len(ids) == len(set(ids)), "a message was sent twice"
