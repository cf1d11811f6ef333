"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dates import parse_day


@pytest.mark.parametrize(
    "typed",
    [
        "24/5",
        "24-5-2024",
        "24/05/2024",
        "24.5.2024",
        "240524",
        "24052024",
        "2405",
        " 24/5/24 ",
        "24 5",
        "ngày 24/5",
        "２４/５",
    ],
)
def test_a_day_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_day(typed, 2024) == date(2024, 5, 24)


NO_DAYS = ("", "24", "31/4", "29/2/2023", "5/24/2024", "hôm nay", "24/5/024", "24//", "0/5", "1/1/0000")


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_is_no_day_raises(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_day(typed, 2024)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_form_of_a_day_comes_back_as_that_day(day: date) -> None:
    for form in ("%d/%m/%Y", "%d-%m-%y", "%d%m%y", "%d%m%Y"):
        assert parse_day(f"{day:{form}}", 1999) == day
    assert parse_day(f"{day.day}/{day.month}", day.year) == day
