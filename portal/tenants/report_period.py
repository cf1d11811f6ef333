"""The period a report or a published figure is about: from which day to which, by when it is sent, and its name.

"6 tháng" is not January to June: windows run from the 15th to the 14th (report_windows.py). Wards' reports, the
published figures of closed periods and the unit's filters all ask here.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from flask_babel import gettext as _

from portal.errors import NotFound
from portal.tenants.report_windows import ReportWindows, windows_of
from portal.tenants.working_days import WorkingDays
from portal.wording import full_date

#: What a month of its own, and days somebody chose, are called beside the windows of the table.
ACTION, BETWEEN = "action", "between"

_DAY = timedelta(days=1)
_ROMAN = {3: "I", 6: "II", 9: "III", 12: "IV"}
_FREE = re.compile(r"(\d{8})-(\d{8})")


@dataclass(frozen=True, order=True)
class ReportPeriod:
    """`start` and `end` are its first and last day, `code` its name in an address: `2026-half`, `2026-month-05`.

    `window`: month, quarter, half, nine, year, action, or between (days somebody chose).
    """

    end: date
    start: date
    window: str
    code: str

    @property
    def year(self) -> int:
        """The reporting year it belongs to."""
        return self.end.year

    def has_closed(self, today: date) -> bool:
        """Whether its figures can be final."""
        return today > self.end

    def send_by(self, calendar: WorkingDays) -> date:
        """The last day to send its report: working days after the close, or the day the law names."""
        rules = windows_of(self.year)
        if self.window == ACTION:
            return date(self.year, *rules.action_send_by)
        return calendar.shift(self.end, rules.send_within_working_days)

    @property
    def name(self) -> str:
        """`6 tháng đầu năm 2026`, `Quý II/2026`, `Tháng 5/2026`."""
        month, year = self.end.month, self.year
        match self.window:
            case "month":
                return _("Tháng %(month)s/%(year)s", month=month, year=year)
            case "quarter":
                return _("Quý %(number)s/%(year)s", number=_ROMAN[month], year=year)
            case "half":
                return _("6 tháng đầu năm %(year)s", year=year)
            case "nine":
                return _("9 tháng năm %(year)s", year=year)
            case "year":
                return _("Năm %(year)s", year=year)
            case "action":
                return _("Tháng hành động vì trẻ em %(year)s", year=year)
        return _("Từ %(start)s đến %(end)s", start=full_date(self.start), end=full_date(self.end))


@lru_cache(maxsize=64)
def report_periods(year: int) -> tuple[ReportPeriod, ...]:
    """Every period of a reporting year, the earliest close first, the shorter of two that close together first."""
    rules = windows_of(year)
    found = [_window(rules, year, name, month) for name, month in _closings(rules)]
    first = date(year, rules.action_month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - _DAY
    action = ReportPeriod(last, first, ACTION, f"{year}-{ACTION}")
    return tuple(sorted([*found, action], key=lambda one: (one.end, -one.start.toordinal())))


def closing_days(year: int) -> tuple[date, ...]:
    """The days on which any period of a reporting year closes, in order."""
    return tuple(sorted({one.end for one in report_periods(year)}))


def reporting_year(day: date) -> int:
    """The reporting year a day falls into: what follows the year's close belongs to the next one."""
    year_closes = date(day.year, 12, windows_of(day.year).closes_on)
    return day.year + (day > year_closes)


def period_between(start: date, end: date) -> ReportPeriod:
    """The period of two days somebody chose. Raises ValueError when it ends before it begins."""
    if end < start:
        raise ValueError("a period ends before it begins")
    return ReportPeriod(end, start, BETWEEN, f"{start:%Y%m%d}-{end:%Y%m%d}")


def report_period(code: str) -> ReportPeriod:
    """The period with this name in an address. Raises NotFound."""
    try:
        if free := _FREE.fullmatch(code):
            return period_between(*(date.fromisoformat(day) for day in free.groups()))
        year = int(code[:4]) if code[:4].isdecimal() else 0
        return next(one for one in report_periods(year) if one.code == code)
    except (ValueError, StopIteration) as error:
        raise NotFound from error


def _closings(rules: ReportWindows) -> list[tuple[str, int]]:
    return [(name, month) for name, window in rules.windows.items() for month in window.closes_in]


def _window(rules: ReportWindows, year: int, name: str, month: int) -> ReportPeriod:
    window = rules.windows[name]
    earlier = [one for one in window.closes_in if one < month]
    if earlier and not window.from_new_year:
        start = date(year, earlier[-1], rules.closes_on) + _DAY
    else:
        start = date(year - 1, 12, windows_of(year - 1).closes_on) + _DAY
    numbered = len(window.closes_in) > 1
    place = f"-{month:02}" if name == "month" else f"-{len(earlier) + 1}" if numbered else ""
    return ReportPeriod(date(year, month, rules.closes_on), start, name, f"{year}-{name}{place}")
