"""Dates to propose where the plan is silent."""

from datetime import date

import pytest

from portal.plans.reading import PlanReading, read_text, suggest_due
from portal.plans.reading.deadlines.festivals import mid_autumn

HEAD = """Số: 5/KH-UBND
Tân An, ngày 10 tháng 3 năm 2024
KẾ HOẠCH
Trẻ em năm 2024

I. TỔ CHỨC THỰC HIỆN
1. Công an phường:
- """


def plan_with(duty: str) -> PlanReading:
    return read_text(HEAD + duty + "\n")


@pytest.mark.parametrize(
    ("duty", "day"),
    [
        ("Tổ chức Tết Trung thu cho trẻ em.", "2024-09-16"),
        ("Báo cáo kết quả Tháng hành động vì trẻ em.", "2024-07-10"),
        ("Thực hiện chế độ báo cáo định kỳ theo quy định.", "2024-06-16"),
        ("Tổ chức Diễn đàn trẻ em.", "2024-08-31"),
        ("Tổng hợp số liệu mỗi quý một lần.", "2024-03-31"),
        ("Hỗ trợ trẻ em từ Chương trình mẹ đỡ đầu.", "2024-12-31"),
    ],
)
def test_a_silent_duty_gets_a_proposal_with_its_reason(duty: str, day: str) -> None:
    reading = plan_with(duty)
    suggestion = suggest_due(reading.duties[0], reading.metadata)

    assert reading.duties[0].due.date is None
    assert suggestion is not None
    assert str(suggestion.date) == day
    assert suggestion.reason


def test_a_stated_date_is_never_second_guessed() -> None:
    reading = plan_with("Báo cáo trước ngày 15/6/2024.")

    assert suggest_due(reading.duties[0], reading.metadata) is None


def test_a_duty_that_never_ends_gets_no_date() -> None:
    reading = plan_with("Tiếp nhận tin báo thường xuyên.")

    assert suggest_due(reading.duties[0], reading.metadata) is None


def test_mid_autumn_follows_the_vietnamese_moon() -> None:
    assert [mid_autumn(year) for year in (2024, 2025, 2026)] == [
        date(2024, 9, 17),
        date(2025, 10, 6),
        date(2026, 9, 25),
    ]
    assert mid_autumn(2034) == date(2034, 9, 26)
