"""Duties that come back: monthly, quarterly, twice a year, all the time, whenever something happens."""

import re
from dataclasses import dataclass
from datetime import date as Day

from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Recurrence

_EVERY = r"(?:h[ằà]ng|mỗi|từng|các)"
_WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tư": 2,
    "4": 2,
    "năm": 3,
    "5": 3,
    "sáu": 4,
    "6": 4,
    "bảy": 5,
    "7": 5,
}
_LAST_DAY = re.compile(r"(?:trước\s+)?ngày cuối(?: cùng)?\s+(?:của\s+)?(?:h[ằà]ng |mỗi )?tháng")
_MONTH_DAY = re.compile(
    rf"(?P<raw>(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?:mùng\s+)?(?P<day>\d{{1,2}})\s+"
    rf"(?:(?:của\s+)?{_EVERY} tháng|(?:của\s+)?tháng(?=\s*(?:$|[,.;)]|sau|tiếp|để)))(?:\s+(?:sau|tiếp theo))?)"
)
_MONTH_DAY_LATE = re.compile(
    rf"(?P<raw>{_EVERY} tháng,?\s*(?:\(?\s*)(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<day>\d{{1,2}})\b(?!\s*/))"
)
_QUARTER_DAY = re.compile(
    rf"(?P<raw>(?:{_EVERY} quý,?\s*\(?)?\s*(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<day>\d{{1,2}})\s+"
    r"(?:của\s+)?tháng cuối(?: cùng)?\s*(?:của\s+)?(?:h[ằà]ng |mỗi )?quý)"
)
_WEEKDAY = re.compile(
    rf"(?P<raw>(?P<name>thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+(?:của\s+)?{_EVERY} tuần)"
)

_SO_OFTEN = r"(?:\s*(?:\d+|một|hai)\s+(?:lần|buổi|đợt))?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("quarterly_and_annual", r"(?:định kỳ\s+)?(?:h[ằà]ng\s+)?quý,\s*(?:6|06|sáu) tháng(?:,| và)?\s*(?:1 |một |cả |h[ằà]ng )?năm"),
    (
        "semiannual_and_annual",
        r"(?:định kỳ\s+)?(?:báo cáo\s+|sơ kết\s+)?\b(?:6|06|sáu) tháng(?: đầu năm| một lần)?\s*(?:,|và|;|/|\(.{0,30}?\),?)\s*(?:và )?(?:tổng kết )?(?:báo cáo )?(?:1 |01 |một |cả |h[ằà]ng |cuối |tổng kết )?năm(?!\s+20\d\d-)",
    ),
    ("semiannual", r"(?:định kỳ\s+)?(?:mỗi\s+|h[ằà]ng\s+)?(?:6|06|sáu) tháng(?:/| một | 1 | 01 )\s*lần|định kỳ\s+(?:6|06|sáu) tháng|(?:2|02|hai) (?:lần|đợt)\s*(?:/|mỗi |trong |một |1 )\s*năm|mỗi năm (?:2|02|hai) (?:lần|đợt)"),
    ("monthly", rf"(?:định kỳ\s+)?(?:{_EVERY} tháng{_SO_OFTEN}|(?:\d+|một) (?:lần|buổi|bài|tin|kỳ)\s*/\s*(?:1 |01 )?tháng)(?!\s+(?:đầu|cuối))"),
    ("quarterly", r"(?:định kỳ\s+)?(?:(?:h[ằà]ng|mỗi|từng|theo) quý(?: một lần)?|(?:\d+|một) (?:lần|buổi|kỳ)\s*/\s*(?:1 |01 )?quý|định kỳ quý)|(?:3|03|ba) tháng (?:một|1|01) lần"),
    ("weekly", rf"(?:định kỳ\s+)?(?:{_EVERY} tuần{_SO_OFTEN}|(?:\d+|một) (?:lần|buổi|bài|tin)\s*/\s*(?:1 |01 )?tuần)"),
    ("daily", r"(?:h[ằà]ng|mỗi) ngày|(?:\d+|một) (?:lần|buổi)\s*/\s*ngày"),
    ("annual", r"(?:định kỳ\s+)?(?:h[ằà]ng|mỗi) năm(?: một lần)?(?!\s+học)|(?:1|01|một) (?:lần|đợt)\s*/\s*năm"),
    ("continuous", r"thường xuyên(?:,? liên tục)?|liên tục|quanh năm|trong suốt năm"),
    ("on_event", r"(?:thực hiện |báo cáo |thông báo |xử lý )?(?<!\w)ngay(?!\s+(?:từ|tại|trong|ở|cả|thẳng|đầu|cạnh|trên)\b)(?: khi| sau khi| lập tức)?|kịp thời|khi phát hiện|khi xảy ra|khi có (?:vụ việc|trường hợp|sự cố|tình huống)"),
    ("on_demand", r"đột xuất(?: khi có yêu cầu)?|khi có yêu cầu|theo yêu cầu(?: của)?"),
    ("periodic_unspecified", r"định kỳ theo quy định|(?:thông tin,? )?báo cáo định kỳ(?: theo quy định)?|(?<!khám )(?<!khỏe )(?<!trưởng )định kỳ (?=tổng hợp|báo cáo|kiểm tra|rà soát|đánh giá|tổ chức|cập nhật|thống kê|theo dõi|giám sát|sơ kết|họp|tham mưu|gửi|hoặc)"),
)  # fmt: skip
_COMPILED = tuple((freq, re.compile(pattern)) for freq, pattern in _PATTERNS)
_DATELESS = {"on_event", "on_demand", "periodic_unspecified"}


@dataclass(frozen=True)
class Repeat:
    """A recurrence, where it was read, the first date it gives, and whether that date means "before"."""

    recurrence: Recurrence
    begin: int
    end: int
    date: Day | None = None
    exclusive: bool = False

    @property
    def dateless(self) -> bool:
        """Whether it has no rhythm of its own ("kịp thời"), so that it is no deadline at all."""
        return self.recurrence.freq in _DATELESS


def repeat_in(text: str, frame: Timeframe) -> Repeat | None:
    """Return the recurrence that `text` (in common spelling) states, the one with a date before all others."""
    return _dated(text, frame) or _undated(text)


def _dated(text: str, frame: Timeframe) -> Repeat | None:
    if match := _LAST_DAY.search(text):
        return _monthly(match, frame, -1)
    if match := _QUARTER_DAY.search(text):
        date = frame.first_monthly(int(match["day"]), (3, 6, 9, 12))
        recurrence = Recurrence("quarterly", match["raw"].strip(), by_month_day=int(match["day"]))
        return Repeat(recurrence, *match.span(), date, bool(match["before"]))
    if match := _MONTH_DAY.search(text) or _MONTH_DAY_LATE.search(text):
        return _monthly(match, frame, int(match["day"]))
    if match := _WEEKDAY.search(text):
        weekday = _WEEKDAYS[match["day"]] if match["day"] else 6
        recurrence = Recurrence("weekly", match["raw"], by_weekday=weekday)
        return Repeat(recurrence, *match.span(), frame.first_weekday(weekday))
    return None


def _monthly(match: re.Match[str], frame: Timeframe, day: int) -> Repeat | None:
    if not (day == -1 or 1 <= day <= 31):
        return None
    recurrence = Recurrence("monthly", match[0].strip(), by_month_day=day)
    return Repeat(recurrence, *match.span(), frame.first_monthly(day), "trước" in match[0])


def _undated(text: str) -> Repeat | None:
    for freq, pattern in _COMPILED:
        if match := pattern.search(text):
            return Repeat(Recurrence(freq, match[0].strip()), *match.span())
    return None
