"""Dates, times and numbers as people here say them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal import wording

DAY = date(2024, 5, 24)


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (datetime(2024, 5, 24, 16, 59, 59, tzinfo=UTC), date(2024, 5, 24), "23:59"),
        (datetime(2024, 5, 24, 17, 0, tzinfo=UTC), date(2024, 5, 25), "00:00"),
        (datetime(2023, 12, 31, 17, 0, tzinfo=UTC), date(2024, 1, 1), "00:00"),
        (datetime(2024, 2, 28, 20, 5, tzinfo=UTC), date(2024, 2, 29), "03:05"),
    ],
)
def test_the_day_changes_at_midnight_here(moment: datetime, day: date, time: str) -> None:
    assert (wording.local_day(moment), wording.clock_time(moment)) == (day, time)


def test_a_day_is_said_with_the_year_only_when_it_is_another() -> None:
    assert wording.full_date(DAY) == "24/05/2024"
    assert wording.short_date(DAY, date(2024, 1, 1)) == "24/05"
    assert wording.short_date(DAY, date(2025, 1, 1)) == "24/05/2024"


def test_weekdays_are_numbered_as_people_count_them(app: Flask) -> None:
    with app.test_request_context():
        week = [wording.weekday(date(2024, 5, 20 + n)) for n in range(7)]
        assert week == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
        assert wording.weekday_date(DAY) == "Thứ Sáu, 24/05/2024"


def test_a_moment_is_a_day_and_an_hour(app: Flask) -> None:
    with app.test_request_context():
        moment = datetime(2024, 5, 20, 9, 40, tzinfo=UTC)
        assert wording.short_moment(moment, DAY) == "20/05 lúc 16:40"
        assert wording.short_moment(moment, date(2025, 1, 1)) == "20/05/2024 lúc 16:40"


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (999, "999"), (12640, "12.640"), (1234567, "1.234.567")]
)
def test_thousands_are_parted_by_dots(value: int, said: str) -> None:
    assert wording.number(value) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "1 KB"),
        (1, "1 KB"),
        (312_400, "312 KB"),
        (999_999, "1,0 MB"),
        (1_100_000, "1,1 MB"),
        (20_971_520, "21,0 MB"),
    ],
)
def test_sizes_have_a_comma(size: int, said: str) -> None:
    assert wording.file_size(size) == said


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_there_is_no_daylight_saving(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert aware.astimezone(wording.LOCAL).utcoffset().total_seconds() == 7 * 3600  # type: ignore[union-attr]
