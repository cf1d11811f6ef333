"""Points and stretches of time named in a text: days, months, quarters, half years, years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day

from portal.plans.reading.deadlines.timeframe import Timeframe

_YEAR = r"(?:\s*(?:/|-|,?\s*năm)\s*(?P<{0}>20\d\d))?"
_NUMERIC = r"(?P<{0}d>\d{{1,2}})\s*(?:/|\.|\s+tháng\s+|-(?=\d{{1,2}}-\d{{4}}))\s*(?P<{0}m>\d{{1,2}})"
_DATE = _NUMERIC + r"(?:\s*(?:/|\.|-|\s*năm)\s*(?P<{0}y>20\d\d)|\s+(?P<{0}n>năm sau))?(?![\d/])"
_A, _B = _DATE.format("a"), _DATE.format("b")
_TO = r"\s*(?:-|–|—|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?"
_BEFORE = r"(?P<before>(?:(?:chậm nhất|muộn nhất)\s+(?:là\s+)?)?trước\s+)"
_CLOCK = r"(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*"
_BY = (
    r"(?P<by>(?:hoàn thành|xong|kết thúc|chậm nhất|muộn nhất|đến hết|hết|đến|vào|trong|từ|dự kiến|"
    r"thời gian|thời hạn|hạn)\s*:?\s*(?:là\s+|vào\s+|trong\s+|đến\s+|hết\s+)*)"
)

_DAY_RANGE = re.compile(rf"(?P<lead>từ\s+)?(?:ngày\s+)?{_A}{_TO}{_B}")
_SHORT_RANGE = re.compile(
    rf"(?:từ\s+(?:ngày\s+)?|ngày\s+)(?P<ad>\d{{1,2}})(?:{_TO}|\s*(?:,|và)\s*(?:ngày\s+)?){_B}"
)
_DAY = re.compile(
    rf"(?:{_BEFORE}|{_BY})?(?:{_CLOCK})?(?P<ngay>(?:ngày|đêm|sáng|chiều|tối)\s+(?:ngày\s+)?)?{_A}"
)
_MONTH_NAME = r"tháng\s+(?P<{0}m>\d{{1,2}})(?!\s*(?:ngày|tuổi|\d|lần|%))" + _YEAR.format("{0}y")
_MONTH_RANGE = re.compile(
    r"(?P<lead>từ\s+)?(?:đầu\s+|cuối\s+)?tháng\s+(?P<am>\d{1,2})(?:\s*/\s*(?P<ay>20\d\d))?"
    r"\s*(?:-|–|đến|tới)\s*(?:hết\s+|cuối\s+)?(?:tháng\s+)?(?P<bm>\d{1,2})(?![\d]|/(?!20))"
    + _YEAR.format("by")
)
_MONTH_LIST = re.compile(
    r"(?P<by>(?:trong|vào|hoàn thành|dự kiến)\s+)?(?:các\s+)?tháng\s+(?P<list>\d{1,2}(?:(?:\s*,\s*|"
    r"\s+và\s+)(?:tháng\s+)?\d{1,2}(?!/(?!20)))+)" + _YEAR.format("y")
)
_MONTH = re.compile(
    rf"(?:{_BEFORE}|{_BY})?(?P<part>(?:đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần|"
    rf"tuần[\w ]{{1,8}}?)\s+)?{_MONTH_NAME.format('')}"
)
_QUARTER_NAME = r"(?:i{1,3}|iv|[1-4])"
_QUARTERS = re.compile(
    rf"(?P<by>(?:trong|hết|cuối|vào|hoàn thành(?: trong)?|đến hết|từ|"
    rf"đầu)\s+)?quý\s+(?P<list>{_QUARTER_NAME}(?:\s*(?:,|và|-|–|đến)\s*(?:quý\s+)?{_QUARTER_NAME})*)\b"
    + _YEAR.format("y")
)
_HALF = re.compile(
    r"(?P<by>(?:trong|hết)\s+)?(?:(?P<count>0?[2-9]|10)|sáu|chín)\s+tháng\s+(?P<part>đầu|cuối)\s+(?:của\s+)?năm"
    + r"(?:\s+(?P<y>20\d\d))?"
)
_YEAR_ONLY = re.compile(
    r"(?P<by>(?:trong|hết|cuối|đến hết|đến cuối|cả)\s+)?năm(?!\s+học)(?:\s+(?P<y>20\d\d))?(?!\s*-|\w)"
)
_OF_A_PERIOD = re.compile(
    r"(?:bình xét|xếp loại|"
    r"báo cáo|tổng hợp|tổng kết|sơ kết|đánh giá|kết quả|kế hoạch|chương trình|công tác|nhiệm vụ|số liệu|tình hình|"
    r"dự toán|kinh phí)\b[^;.]*$"
)
_SHORT_MONTHS = re.compile(
    r"^\s*(?:từ\s+)?(?:t\.?|tháng)?\s*(?P<a>\d{1,2})(?:\s*(?:-|–|đến)\s*(?:t\.?|tháng)?\s*(?P<b>\d{1,2}))?\s*/\s*(?P<y>20\d\d)\s*$"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Point:
    """One named time: its last day, its first day when it is a stretch, and how precisely it is said.

    `firm` says that the words around it make it a deadline in running text; `series` holds the ends of
    several times named together ("tháng 6 và tháng 12").
    """

    begin: int
    end: int
    date: Day | None
    precision: str
    start: Day | None = None
    exclusive: bool = False
    time: str | None = None
    firm: bool = True
    series: tuple[Day, ...] = ()


def points_in(text: str, frame: Timeframe) -> list[Point]:
    """Return the times named in `text` (in common spelling), in order; overlapping shorter ones are dropped."""
    found: list[Point] = []
    for reader in (_ranges, _month_ranges, _days, _month_lists, _months, _quarters, _halves, _years):
        for point in reader(text, frame):
            if all(point.end <= other.begin or point.begin >= other.end for other in found):
                found.append(point)
    return sorted(found, key=lambda point: point.begin)


def months_in_cell(text: str, frame: Timeframe) -> Point | None:
    """Return the months a table cell writes in short ("6-8/2025", "T3/2025"), or None."""
    match = _SHORT_MONTHS.match(text)
    if match is None:
        return None
    year, first = int(match["y"]), int(match["a"])
    end = frame.month_end(int(match["b"] or first), year)
    precision, start = ("range", frame.day(1, first, year)) if match["b"] else ("month", None)
    return Point(*match.span(), end, precision, start=start)


def _ranges(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _DAY_RANGE.finditer(text):
        year = _year(match["by"])
        last = frame.day(int(match["bd"]), int(match["bm"]), year)
        first = frame.day(int(match["ad"]), int(match["am"]), _year(match["ay"]) or year)
        yield Point(*match.span(), last, "range", start=first)
    for match in _SHORT_RANGE.finditer(text):
        year, month = _year(match["by"]), int(match["bm"])
        first = frame.day(int(match["ad"]), month, year)
        yield Point(*match.span(), frame.day(int(match["bd"]), month, year), "range", start=first)


def _days(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _DAY.finditer(text):
        year = _year(match["ay"]) or (frame.year + 1 if match["an"] and frame.year else None)
        clock = f"{int(match['hour']):02d}:{match['minute'] or '00'}" if match["hour"] else None
        firm = bool(match["before"] or match["by"] or match["ngay"] or clock)
        date = frame.day(int(match["ad"]), int(match["am"]), year)
        if (match["by"] or "").strip() == "từ":
            yield Point(*match.span(), None, "day", start=date)
            continue
        yield Point(*match.span(), date, "day", exclusive=bool(match["before"]), time=clock, firm=firm)


def _month_ranges(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _MONTH_RANGE.finditer(text):
        year = _year(match["by"])
        first = frame.day(1, int(match["am"]), _year(match["ay"]) or year)
        yield Point(*match.span(), frame.month_end(int(match["bm"]), year), "range", start=first)


def _month_lists(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _MONTH_LIST.finditer(text):
        months = [int(number) for number in re.findall(r"\d+", match["list"])]
        ends = tuple(end for month in months if (end := frame.month_end(month, _year(match["y"]))))
        if len(ends) != len(months):
            continue
        if months == list(range(months[0], months[0] + len(months))):
            start = ends[0].replace(day=1)
            yield Point(*match.span(), ends[-1], "month", start=start, firm=bool(match["by"]))
        else:
            yield Point(*match.span(), ends[0], "month", firm=True, series=ends)


def _months(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _MONTH.finditer(text):
        month, year = int(match["m"]), _year(match["y"])
        if match["before"]:
            first = frame.day(1, month, year)
            yield Point(*match.span(), first, "month", exclusive=True)
        else:
            firm = bool(match["by"] or match["part"])
            yield Point(*match.span(), frame.month_end(month, year), "month", firm=firm)


def _quarters(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _QUARTERS.finditer(text):
        numbers = [
            _ROMAN.get(name) or int(name) for name in re.findall(rf"\b{_QUARTER_NAME}\b", match["list"])
        ]
        ends = tuple(end for number in numbers if (end := frame.month_end(number * 3, _year(match["y"]))))
        if not ends:
            continue
        start = ends[0].replace(month=ends[0].month - 2, day=1) if len(ends) > 1 else None
        apart = (
            len(numbers) > 1
            and numbers != list(range(numbers[0], numbers[-1] + 1))
            and "-" not in match["list"]
        )
        date = ends[0] if apart else ends[-1]
        series = ends if apart else ()
        yield Point(*match.span(), date, "quarter", start=None if apart else start, series=series)


def _halves(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _HALF.finditer(text):
        months = int(match["count"] or (9 if "chín" in match[0] else 6))
        month = months if match["part"] == "đầu" else 12
        firm = bool(match["by"]) or not _tells_what(text, match)
        precision = "half" if months == 6 else "range"
        yield Point(*match.span(), frame.month_end(month, _year(match["y"])), precision, firm=firm)


def _tells_what(text: str, match: re.Match[str]) -> bool:
    """Whether the half or the year says which report or programme is meant ("báo cáo 6 tháng đầu năm"), not when."""
    return bool(_OF_A_PERIOD.search(text[max(match.start() - 60, 0) : match.start()]))


def _years(text: str, frame: Timeframe) -> Iterator[Point]:
    for match in _YEAR_ONLY.finditer(text):
        if match["by"] or match["y"]:
            date = frame.month_end(12, _year(match["y"]))
            judged = (match["by"] or "").strip() in ("cả", "cuối")
            firm = bool(match["by"]) and not (judged and _tells_what(text, match))
            yield Point(*match.span(), date, "year", firm=firm)


def _year(written: str | None) -> int | None:
    return int(written) if written else None
