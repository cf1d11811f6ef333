"""List, calendar and year of the board: one filter in the address, whichever way the cards are looked at."""

import re
from datetime import timedelta

import pytest

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import DUE_PAST, CardMaker
from tests.cast import Browser, Cast

TODAY = local_day(utc_now())


def _titles(page: str) -> list[str]:
    return re.findall(r'(?:href="[^"]*/cards/\d+"|<th scope="row") title="([^"]+)"', page)


@pytest.fixture
def listed(a_card: CardMaker, cast: Cast) -> None:
    a_card("Đường phố an toàn", section="IV.10", due_on=DUE_PAST)
    a_card("Dạy bơi", section="IV.9")
    a_card("Ấm áp mùa đông", section="IV.2", agency_id=cast.schools, due_on=TODAY)
    a_card("Ăn bán trú", agency_id=None)
    a_card("An toàn giao thông", section="V.1", due_on=TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("title", [5, 4, 3, 2, 1]),
        ("-title", [1, 2, 3, 4, 5]),
        ("number", [1, 2, 3, 4, 5]),
        ("section", [3, 2, 1, 5, 4]),
        ("due", [1, 3, 5, 2, 4]),
        ("agency", [3, 1, 2, 5, 4]),
        ("nonsense", [1, 2, 3, 4, 5]),
    ],
)
def test_the_list_is_sorted_as_people_here_sort(
    alice: Browser, listed: None, cast: Cast, sort: str, numbers: list[int]
) -> None:
    page = alice.get(f"/w/north/board?view=list&sort={sort}").text
    found = [int(number) for number in re.findall(r'<tr id="card-(\d+)"', page)]
    if sort == "agency":
        assert set(found[:4]) == {1, 2, 3, 5}
        assert found[4] == 4
    else:
        assert found == numbers


def test_the_sorted_column_says_so_and_turns_round(alice: Browser, listed: None) -> None:
    page = alice.get("/w/north/board?view=list&sort=title").text
    assert 'aria-sort="ascending"' in page
    assert "sort=-title" in page


def test_the_calendar_puts_a_card_on_its_last_day(alice: Browser, a_card: CardMaker) -> None:
    a_card("Trước ngày mười lăm", due_on=TODAY.replace(day=15), due_exclusive=True)
    a_card("Không hạn")
    page = alice.get("/w/north/board?view=calendar").text
    assert _titles(page) == ["Trước ngày mười lăm"]
    square = page[page.index("Trước ngày mười lăm") - 900 : page.index("Trước ngày mười lăm")]
    assert '<span class="d-only">14</span>' in square
    assert "1 việc chưa có hạn" in page


@pytest.mark.parametrize("month", ["1999-01", "2026-13", "x", "", "2101-01", "2026-1"])
def test_a_month_that_is_none_is_the_present_one(alice: Browser, listed: None, month: str) -> None:
    page = alice.get(f"/w/north/board?view=calendar&month={month}").text
    assert f"Tháng {TODAY:%m/%Y}" in page


def test_another_month_is_one_link_away_and_keeps_the_filter(alice: Browser, listed: None) -> None:
    page = alice.get("/w/north/board?view=calendar&quick=late&month=2020-01").text
    assert _titles(page) == ["Đường phố an toàn"]
    assert "quick=late&amp;month=2019-12" in page
    assert "quick=late&amp;month=2020-02" in page


def test_the_year_shows_each_agencys_cards_by_date(alice: Browser, listed: None, cast: Cast) -> None:
    page = alice.get("/w/north/board?view=year").text
    sections = re.findall(r"<section><h2>.*?</section>", page, re.S)
    shown = sorted(title for section in sections for title in _titles(section))
    assert len(sections) == 2
    assert shown == sorted(["An toàn giao thông", "Ấm áp mùa đông"])
    assert "2 việc chưa có hạn" in page


def test_a_year_without_cards_says_so(alice: Browser, listed: None) -> None:
    assert "Năm này không có việc nào có hạn." in alice.get("/w/north/board?view=year&month=2031-01").text


def test_agency_people_see_their_own_in_every_view(mai: Browser, listed: None) -> None:
    for view in ("list", "calendar", "year"):
        assert _titles(mai.get(f"/w/north/board?view={view}").text) == ["Ấm áp mùa đông"], view
