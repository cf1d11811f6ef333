"""A due date to propose where the plan is silent, with its reason; never shown as if the plan had said it.

Rules follow the statutory calendar of child affairs (domain notes, section b); the law is named in the reason.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Day

from portal.plans.reading.deadlines.festivals import eve, mid_autumn
from portal.plans.reading.document import Metadata
from portal.plans.reading.duty import Duty
from portal.text import fold


@dataclass(frozen=True)
class Suggestion:
    """A proposed due date with the Vietnamese sentence that says where it comes from."""

    date: Day
    reason: str


Dates = Callable[[int], Iterator[Day | None]]


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    reason: str
    dates: Dates


def _on(*days: tuple[int, int]) -> Dates:
    return lambda year: (Day(year, month, day) for month, day in days)


def _month_report(year: int) -> Iterator[Day | None]:
    """Circular 28/2019, art. 5 asks the commune to report before 10 July; since 2025 before the 20th."""
    yield Day(year, 7, 20 if year >= 2025 else 10)


def _before_mid_autumn(year: int) -> Iterator[Day | None]:
    day = mid_autumn(year)
    yield eve(day) if day else None


_RULES = tuple(
    _Rule(re.compile(pattern), reason, dates)
    for pattern, reason, dates in (
        (
            r"bao cao.*thang hanh dong|tong ket.*thang hanh dong",
            "Báo cáo Tháng hành động vì trẻ em, theo Thông tư 28/2019/TT-BLĐTBXH, Điều 5",
            _month_report,
        ),
        (r"phat dong.*(?:thang hanh dong|mua he)", "Lễ phát động trước hoặc vào ngày 01/6", _on((6, 1))),
        (
            r"chan tang truong|vitamin a\b",
            "Đợt uống Vitamin A: 01–02/6 và 01–02/12",
            _on((6, 2), (12, 2)),
        ),
        (
            r"cham soc thay the",
            "Rà soát chăm sóc thay thế 6 tháng một lần (Nghị định 56/2017)",
            _on((6, 30), (12, 31)),
        ),
        (r"dien dan tre em", "Diễn đàn trẻ em tổ chức trong hè, trước năm học mới", _on((8, 31))),
        (r"thang hanh dong", "Tháng hành động vì trẻ em là tháng 6 (Luật Trẻ em, Điều 11)", _on((6, 30))),
        (r"quoc te thieu nhi|\b0?1/6\b", "Ngày Quốc tế Thiếu nhi 01/6", _on((6, 1))),
        (r"trung thu", "Trước Tết Trung thu (15/8 âm lịch)", _before_mid_autumn),
        (r"khai giang|nam hoc moi|toi truong", "Trước khai giảng 05/9", _on((9, 4))),
        (r"duoi nuoc|day boi|hoc boi", "Xong trước kỳ nghỉ hè", _on((5, 31))),
        (r"\bhe\b", "Hết kỳ nghỉ hè", _on((8, 31))),
        (r"ngay dan so the gioi", "Ngày Dân số thế giới 11/7", _on((7, 11))),
        (r"ngay dan so viet nam", "Ngày Dân số Việt Nam 26/12", _on((12, 26))),
        (
            r"cham diem|tu danh gia|phu hop voi tre em",
            "Chấm điểm phù hợp với trẻ em vào cuối năm",
            _on((12, 15)),
        ),
    )
)
_PERIODS = {
    "monthly": ("Việc lặp lại hằng tháng: hết tháng đầu", tuple(range(1, 13))),
    "quarterly": ("Việc lặp lại hằng quý: hết quý đầu", (3, 6, 9, 12)),
    "quarterly_and_annual": ("Việc lặp lại hằng quý: hết quý đầu", (3, 6, 9, 12)),
    "semiannual": ("Việc lặp lại 6 tháng một lần", (6, 12)),
    "annual": ("Việc làm mỗi năm một lần", (12,)),
}
# Decree 09/2019: half-year figures are closed on 14 June, a year's on 14 December.
_REPORTS = _Rule(
    re.compile(""), "Báo cáo định kỳ: chốt số liệu 14/6 và 14/12 (Nghị định 09/2019)", _on((6, 16), (12, 16))
)
_NEVER_DUE = {"continuous", "on_event", "on_demand", "daily"}


def suggest_due(duty: Duty, metadata: Metadata) -> Suggestion | None:
    """Return a due date to propose for a duty without one, or None where none makes sense or the year is unknown."""
    year = metadata.year
    if duty.due.date or year is None or (duty.recurrence and duty.recurrence.freq in _NEVER_DUE):
        return None
    after = metadata.issue_date or Day(year, 1, 1)
    plain = fold(f"{duty.due.event or ''} {duty.text}")
    for rule in _rules_for(duty, plain):
        if (day := next((day for day in rule.dates(year) if day and day > after), None)) is not None:
            return Suggestion(day, rule.reason)
    return Suggestion(Day(year, 12, 31), "Kế hoạch không ghi hạn: đề xuất đến hết năm kế hoạch")


def _rules_for(duty: Duty, plain: str) -> Iterator[_Rule]:
    freq = duty.recurrence.freq if duty.recurrence else ""
    if freq in ("periodic_unspecified", "semiannual_and_annual"):
        yield _REPORTS
    if freq in _PERIODS:
        reason, months = _PERIODS[freq]
        yield _Rule(_REPORTS.pattern, reason, lambda year: (_month_end(year, month) for month in months))
    yield from (rule for rule in _RULES if rule.pattern.search(plain))


def _month_end(year: int, month: int) -> Day:
    return eve(Day(year + month // 12, month % 12 + 1, 1))
