"""From the unit down to a kind of agency: the figures of the published rows, filters in the address, nobody else's."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask

from portal.tasks.state import State
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.rollups.boards import NOW, TODAY, four, give, move, publish
from tests.rollups.test_overview import _open_wards, _row, _text
from tests.statements import counted_statements

YESTERDAY = TODAY - timedelta(days=1)
WARD = "/o/city/wards/north"


@pytest.fixture
def board(app: Flask, cast: Cast) -> None:
    """Two of three police cards done, one late by now; a card for the schools; South has one card."""
    first, second, _late = give(app, cast.north, cast.police, None, TODAY, YESTERDAY)
    move(app, cast.north, first, State.REVIEW, State.DONE)
    move(app, cast.north, second, State.REVIEW, State.DONE)
    give(app, cast.north, cast.schools, None)
    give(app, cast.south, cast.south_police, None)
    publish(app, cast.north, cast.south)


@pytest.mark.usefixtures("board")
def test_the_unit_goes_down_to_a_ward_and_to_a_kind_of_agency(
    cast: Cast, dung: Browser, behind_the_wall: Snapshot
) -> None:
    city = dung.get("/o/city/").text
    assert f'href="{WARD}"' in city
    assert f'href="{WARD}/congan"' in city
    page = dung.get(WARD).text
    assert four(behind_the_wall, cast.north) == (2, 0, 1, 1)
    assert "50% 2/4" in _text(page)
    assert "Công an 67% 2/3 2 0 0 1 0 0%" in _text(page).replace("Công an phường", "Công an"), _text(page)
    kind = _text(dung.get(f"{WARD}/congan").text)
    assert "67% 2/3" in kind
    assert "P. Bắc đang xem 67% 2/3" in kind
    assert "P. Nam 0% 0/1" in kind


@pytest.mark.usefixtures("board")
def test_wards_are_compared_figure_by_figure_with_the_unit(dung: Browser) -> None:
    page = _text(dung.get("/o/city/comparison?with=north&with=south").text)
    assert "Tổng số việc 4 1 5" in page
    assert "Hoàn thành 50% 0% 40%" in page
    assert "Chọn xã, phường" in _text(dung.get("/o/city/comparison").text)


@pytest.mark.usefixtures("board")
def test_filters_stand_in_the_address_and_hold_on_the_way_down(dung: Browser) -> None:
    page = dung.get("/o/city/?year=2026&order=name").text
    assert 'href="/o/city/wards/north?year=2026"' in page
    assert "2/4" not in _row(dung.get("/o/city/?year=2025").text, "P. Bắc")
    assert "Không tìm thấy" in dung.get("/o/city/?q=zzz").text
    found = dung.get("/o/city/?q=bac").text
    assert "tên có “bac”; in ngày" in _text(found), "a printed page says what it was filtered by"
    assert "P. Bắc" in found
    assert "P. Nam" not in found
    no_plan = uuid.UUID(int=0)
    assert "2/4" in _text(dung.get(f"{WARD}?plan={no_plan}").text)


def test_a_closed_period_is_shown_as_it_was_frozen_with_what_changed_since(
    app: Flask, cast: Cast, dung: Browser
) -> None:
    march = NOW.replace(month=3, day=10)
    first, _second = give(app, cast.north, cast.police, None, None, now=march)
    move(app, cast.north, first, State.REVIEW, State.DONE, now=march)
    publish(app, cast.north, cast.south, now=march)
    publish(app, cast.north, cast.south)
    move(app, cast.north, first, State.REVIEW)
    publish(app, cast.north)
    page = dung.get("/o/city/?period=2026-quarter-1").text
    assert "Quý I/2026 đã chốt: số liệu như cuối ngày 14/03/2026." in _text(page)
    assert "50%" in _row(page, "P. Bắc")
    ward = _text(dung.get(f"{WARD}?period=2026-quarter-1").text)
    assert "Thay đổi sau khi chốt" in ward
    assert "hoàn thành đúng hạn 1 → 0" in ward


@pytest.mark.usefixtures("board")
def test_what_is_not_below_the_unit_or_cannot_be_is_missing(dung: Browser, alice: Browser) -> None:
    missing = dung.get("/o/city/khong-co")
    for address in (
        "/o/city/wards/dong",
        f"{WARD}/tramyte",
        f"{WARD}?plan=x",
        f"{WARD}?plan={uuid.uuid4()}",
        "/o/city/comparison?with=north&with=dong",
        "/o/city/?period=2026-year",
        "/o/city/?period=zzz",
        "/o/city/?year=x",
        "/o/city/?office=city",
    ):
        answer = dung.get(address)
        assert (answer.status_code, answer.data) == (404, missing.data), address
    for address in (WARD, f"{WARD}/congan", "/o/city/comparison?with=north"):
        assert alice.get(address).status_code == 404


def test_hundreds_of_wards_come_page_by_page_at_the_same_price(
    app: Flask, cast: Cast, dung: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.rollups.choosing.PER_PAGE", 4)
    monkeypatch.setattr("portal.rollups.overview.PER_PAGE", 4)
    _open_wards(app, cast.unit, range(3))
    addresses = ("/o/city/", WARD, "/o/city/wards/them-0/congan", "/o/city/comparison?with=north&with=south")
    for address in addresses:
        dung.get(address)
        with counted_statements(app) as asked:
            assert dung.get(address).status_code == 200
        assert len(asked) <= 12, (address, asked)
    first, last = dung.get("/o/city/").text, dung.get("/o/city/?page=2").text
    assert "Trang 1/2" in _text(first)
    wards = [set(re.findall(r'href="(/o/city/wards/[\w-]+)"', page)) for page in (first, last)]
    assert (len(wards[0]), len(wards[1])) == (4, 1)
    assert not wards[0] & wards[1]
