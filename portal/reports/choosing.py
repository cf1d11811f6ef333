"""Which period a report is for: the windows offered, and what somebody chose or typed."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from portal.dates import parse_day
from portal.errors import NotFound, Refused
from portal.tenants.report_period import (
    BETWEEN,
    ReportPeriod,
    period_between,
    report_period,
    report_periods,
    reporting_year,
)

#: The forms a ward owes; a month or a quarter can be had by its days.
_OFFERED = ("half", "action", "year")


def offered(today: date) -> list[ReportPeriod]:
    """The periods that have begun, of this reporting year and the one before, the one that closed last first."""
    year = reporting_year(today)
    begun = [
        one
        for each in (year, year - 1)
        for one in report_periods(each)
        if one.window in _OFFERED and one.start <= today
    ]
    return sorted(begun, key=lambda one: (not one.has_closed(today), -one.end.toordinal()))


def chosen_period(form: Mapping[str, str], today: date) -> ReportPeriod:
    """The period of a form: `period` (a code, or "between"), `start` and `end`. Raises Refused with its fields."""
    code = form.get("period", "")
    if code != BETWEEN:
        try:
            return report_period(code)
        except NotFound:
            raise Refused(_("Chọn kỳ báo cáo."), fields={"period": _("Chọn một kỳ.")}) from None
    days, faults = {}, {}
    for name in ("start", "end"):
        try:
            days[name] = parse_day(form.get(name, ""), today.year)
        except ValueError:
            faults[name] = _("Nhập ngày dạng 15/12/2025.")
    if not faults:
        try:
            return period_between(days["start"], days["end"])
        except ValueError:
            faults["end"] = _("Ngày cuối phải sau ngày đầu.")
    raise Refused(_("Xem lại ngày của kỳ báo cáo."), fields=faults)
