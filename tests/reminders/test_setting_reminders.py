"""A ward sets its rungs, hours and working days; what makes no sense is refused with what to do."""

from datetime import date

import pytest
from flask import Flask

from portal.reminders.ladder import LADDER
from portal.reminders.queries import calendar, hours, ladder
from portal.tenants.boundary import inside_ward
from tests.cast import Browser, Cast

PAGE = "/w/north/reminders/settings"
LADDER_FORM, HOURS_FORM, DAYS_FORM = (
    "/w/north/reminders/ladder",
    "/w/north/reminders/hours",
    "/w/north/calendar-days",
)
HOURS = {
    "slot": "09:00",
    "digest": "08:00",
    "email_opens": "07:00",
    "email_closes": "18:00",
    "text_opens": "08:00",
    "text_closes": "17:30",
    "texts_a_day": 1,
}


def row(
    n: int, days: object, side: str = "after", audience: str = "agency", channels: object = "email"
) -> dict[str, object]:
    return {f"days-{n}": days, f"side-{n}": side, f"audience-{n}": audience, f"channels-{n}": channels}


def test_the_page_shows_the_default_ladder_and_the_years_holidays(alice: Browser) -> None:
    page = alice.get(f"{PAGE}?year=2026").text
    assert page.count('name="drop-') == len(LADDER)
    assert "Tết Nguyên Đán" in page


def test_own_rungs_take_the_place_of_the_default_and_can_be_dropped_again(
    alice: Browser, app: Flask, cast: Cast
) -> None:
    fields = row(0, 5, "before") | row(1, 2, audience="leaders", channels=["email", "sms"])
    assert alice.post(LADDER_FORM, **fields).status_code == 303
    with app.app_context(), inside_ward(cast.north):
        first, second = ladder()
        assert (first.offset, first.kind.value, first.channels) == (-5, "due_soon", ("email",))
        assert (second.offset, second.kind.value, second.channels) == (2, "escalated", ("email", "sms"))
    assert "Về mốc mặc định" in alice.get(PAGE).text
    alice.post(LADDER_FORM, default=1)
    with app.app_context(), inside_ward(cast.north):
        assert ladder() == LADDER


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (row(0, "hai"), "không phải số ngày"),
        (row(0, 99), "Mốc nhắc từ 20 ngày"),
        (row(0, 2, "before", "leaders"), "Lãnh đạo chỉ nhận mốc sau hạn"),
        (row(0, 2, channels=[]), "Chọn ít nhất một cách gửi"),
        (row(0, 2) | row(1, 2), "trùng một ngày"),
        (row(0, 2, audience="everybody"), "Chọn ai nhận"),
    ],
)
def test_rungs_that_make_no_ladder_are_refused(alice: Browser, fields: dict[str, object], words: str) -> None:
    answer = alice.post(LADDER_FORM, **fields)
    assert answer.status_code == 422
    assert words in answer.text


def test_own_hours_move_the_days_messages(alice: Browser, app: Flask, cast: Cast) -> None:
    assert alice.post(HOURS_FORM, **HOURS).status_code == 303
    with app.app_context(), inside_ward(cast.north):
        assert f"{calendar().slot(date(2026, 3, 10)):%H:%M}" == "09:00"
        assert hours().texts_a_day == 1
    with app.app_context(), inside_ward(cast.south):
        assert f"{calendar().slot(date(2026, 3, 10)):%H:%M}" == "08:00"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email_closes": "06:30"}, "Giờ bắt đầu phải trước"),
        ({"slot": "19:00"}, "phải nằm trong khoảng"),
        ({"slot": "25:00"}, "Chọn giờ trong danh sách"),
    ],
)
def test_hours_that_make_no_sense_are_refused(alice: Browser, changed: dict[str, str], words: str) -> None:
    answer = alice.post(HOURS_FORM, **HOURS | changed)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_swapped_saturday_is_worked_on_and_forgotten_again(alice: Browser, app: Flask, cast: Cast) -> None:
    saturday = date(2026, 8, 22)
    alice.post(DAYS_FORM, day="22/08/2026", working=1)
    with app.app_context(), inside_ward(cast.north):
        assert calendar().is_working(saturday)
    assert "phường đặt: làm việc" in alice.get(f"{PAGE}?year=2026").text
    alice.post(DAYS_FORM, day="22/08/2026", forget=1)
    with app.app_context(), inside_ward(cast.north):
        assert not calendar().is_working(saturday)
    assert alice.post(DAYS_FORM, day="32/08/2026", working=1).status_code == 422


def test_an_officer_is_refused_and_another_ward_finds_nothing(bob: Browser, charlie: Browser) -> None:
    for who, status in ((bob, 403), (charlie, 404)):
        assert who.get(PAGE).status_code == status
        assert who.post(LADDER_FORM, default=1).status_code == status
        assert who.post(HOURS_FORM, **HOURS).status_code == status
        assert who.post(DAYS_FORM, day="22/08/2026").status_code == status
