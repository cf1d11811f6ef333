"""When a duty comes back: the periods a plan's words mean, and by when the work of each is due.

The words are read by the plans' room; here are only what it found: a frequency, or the very days. Days without a
rhythm of their own (all the time, whenever something happens) have no periods.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    "monthly": 1,
    "quarterly": 3,
    "quarterly_and_annual": 3,
    "semiannual": 6,
    "semiannual_and_annual": 6,
}
_DAYS = {"weekly": 7, "biweekly": 14}

Rule = Mapping[str, object]


@dataclass(frozen=True)
class Period:
    """The first day of a period, and by when its work is due; `due_on` is None where the first card had no date."""

    begins: date
    due_on: date | None


def first_period(rule: Rule | None, day: date) -> date | None:
    """The first day of the period that `day` lies in; None when the duty has no periods."""
    freq = str((rule or {}).get("freq"))
    if len(_named_days(rule)) > 1:
        return date(day.year, 1, 1)
    if freq in _DAYS:
        return day - timedelta(days=day.weekday())
    if freq in _MONTHS:
        return date(day.year, day.month - (day.month - 1) % _MONTHS[freq], 1)
    return None


def period_after(rule: Rule, period: Period) -> Period | None:
    """The next period; None after the last of the days a plan names, or when the duty has no periods."""
    freq, named = str(rule.get("freq")), _named_days(rule)
    if len(named) > 1:
        due = next((day for day in named if period.due_on and day > period.due_on), None)
        return Period(period.due_on + timedelta(days=1), due) if due and period.due_on else None
    if freq in _DAYS:
        step = timedelta(days=_DAYS[freq])
        return Period(period.begins + step, period.due_on + step if period.due_on else None)
    if freq in _MONTHS:
        due_on = _months_later(period.due_on, _MONTHS[freq], rule) if period.due_on else None
        return Period(_months_later(period.begins, _MONTHS[freq], {}), due_on)
    return None


def _named_days(rule: Rule | None) -> list[date]:
    days = (rule or {}).get("occurrences")
    return sorted(date.fromisoformat(str(day)) for day in days) if isinstance(days, list) else []


def _months_later(day: date, months: int, rule: Rule) -> date:
    """The same day of a later month, as the rule names it; the last day of a month stays the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    named = rule.get("by_month_day")
    if isinstance(named, int) and named > 0:
        return date(year, month + 1, min(named, last))
    was_last = day.day == calendar.monthrange(day.year, day.month)[1] and day.day > 1
    return date(year, month + 1, last if was_last else min(day.day, last))
