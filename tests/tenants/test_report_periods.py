"""The windows of reports: from which day to which, by when they are sent, what they are called."""

import itertools
from datetime import date, timedelta

import pytest
from flask import Flask

from portal.errors import NotFound
from portal.tenants.report_period import (
    closing_days,
    period_between,
    report_period,
    report_periods,
    reporting_year,
)
from portal.tenants.working_days import WorkingDays


@pytest.mark.parametrize(
    ("code", "start", "end", "name"),
    [
        ("2026-half", date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("2026-nine", date(2025, 12, 15), date(2026, 9, 14), "9 tháng năm 2026"),
        ("2026-year", date(2025, 12, 15), date(2026, 12, 14), "Năm 2026"),
        ("2026-quarter-2", date(2026, 3, 15), date(2026, 6, 14), "Quý II/2026"),
        ("2026-quarter-1", date(2025, 12, 15), date(2026, 3, 14), "Quý I/2026"),
        ("2026-month-05", date(2026, 4, 15), date(2026, 5, 14), "Tháng 5/2026"),
        ("2026-month-01", date(2025, 12, 15), date(2026, 1, 14), "Tháng 1/2026"),
        ("2026-action", date(2026, 6, 1), date(2026, 6, 30), "Tháng hành động vì trẻ em 2026"),
        ("20260201-20260315", date(2026, 2, 1), date(2026, 3, 15), "Từ 01/02/2026 đến 15/03/2026"),
    ],
)
def test_a_period_runs_as_the_table_says(app: Flask, code: str, start: date, end: date, name: str) -> None:
    with app.test_request_context():
        period = report_period(code)
        assert (period.start, period.end, period.name, period.code) == (start, end, name, code)


@pytest.mark.parametrize(
    "code", ["", "2026-third", "half", "0000-half", "20260315-20260201", "20261301-20261401"]
)
def test_an_unknown_period_is_not_found(code: str) -> None:
    with pytest.raises(NotFound):
        report_period(code)


def test_a_report_is_sent_within_working_days_or_by_the_day_of_the_circular() -> None:
    calendar = WorkingDays()
    # 14 June 2026 is a Sunday: Monday and Tuesday are the two working days.
    assert report_period("2026-half").send_by(calendar) == date(2026, 6, 16)
    assert report_period("2024-action").send_by(calendar) == date(2024, 7, 9)
    assert report_period("2026-action").send_by(calendar) == date(2026, 7, 19)


def test_the_months_of_a_year_leave_no_day_out_and_count_none_twice() -> None:
    for year in (2025, 2026, 2027):
        months = [one for one in report_periods(year) if one.window == "month"]
        assert months[0].start == date(year - 1, 12, 15)
        for one, following in itertools.pairwise(months):
            assert following.start == one.end + timedelta(days=1)
        assert all(reporting_year(day) == year for one in months for day in (one.start, one.end))


def test_a_year_closes_on_thirteen_days_and_a_chosen_period_must_not_end_before_it_begins() -> None:
    days = closing_days(2026)
    assert len(days) == 13
    assert date(2026, 6, 14) in days and date(2026, 6, 30) in days
    with pytest.raises(ValueError, match="before it begins"):
        period_between(date(2026, 2, 2), date(2026, 2, 1))
