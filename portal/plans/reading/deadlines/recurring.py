"""Duties that come back: monthly, quarterly, twice a year, all the time, whenever something happens."""

import re
from dataclasses import dataclass
from datetime import date as Day

from portal.plans.reading.deadlines.rhythms import DATELESS, RHYTHMS
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
_FIRST_DAY = re.compile(
    r"(?:vào\s+)?ngày đầu(?: tiên)?\s+(?:của\s+)?(?:(?:h[ằà]ng |mỗi )tháng|tháng(?=\s*(?:$|[,.;)])))"
)
_MONTH_DAY = re.compile(
    rf"(?P<raw>(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?:mùng\s+)?(?P<day>\d{{1,2}})\s+"
    rf"(?:(?:của\s+)?{_EVERY} tháng|(?:của\s+)?tháng(?=\s*(?:$|[,.;)]|sau|tiếp|để)))(?:\s+(?:sau|"
    rf"tiếp theo))?)"
)
_MONTH_DAY_LATE = re.compile(
    rf"(?P<raw>{_EVERY} tháng,?\s*(?:\(?\s*)(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<day>\d{{1,2}})\b(?!\s*/))"
)
_QUARTER_DAY = re.compile(
    rf"(?P<raw>(?:{_EVERY} quý,?\s*\(?)?\s*(?P<before>trước\s+)?(?:vào\s+)?ngày\s+(?P<day>\d{{1,2}})\s+"
    r"(?:của\s+)?tháng (?P<month>đầu(?: tiên)?|giữa|cuối(?: cùng)?)\s*(?:của\s+)?(?:h[ằà]ng |mỗi )?quý)"
)
_MONTH_OF_QUARTER = {"đầu": (1, 4, 7, 10), "giữa": (2, 5, 8, 11), "cuối": (3, 6, 9, 12)}
_WEEKDAY = re.compile(
    rf"(?P<raw>(?P<name>thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+(?:của\s+)?{_EVERY} tuần)"
)


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
        return self.recurrence.freq in DATELESS


def repeat_in(text: str, frame: Timeframe) -> Repeat | None:
    """Return the recurrence that `text` (in common spelling) states, the one with a date before all others."""
    return _dated(text, frame) or _undated(text)


def _dated(text: str, frame: Timeframe) -> Repeat | None:
    if match := _LAST_DAY.search(text):
        return _monthly(match, frame, -1)
    if match := _FIRST_DAY.search(text):
        return _monthly(match, frame, 1)
    if match := _QUARTER_DAY.search(text):
        date = frame.first_monthly(int(match["day"]), _MONTH_OF_QUARTER[match["month"].split()[0]])
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
    for freq, pattern in RHYTHMS:
        if match := pattern.search(text):
            return Repeat(Recurrence(freq, match[0].strip()), *match.span())
    return None
