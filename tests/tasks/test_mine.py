"""Somebody's own work: an agency's cards by what to do next, a leader's by what waits for a decision."""

import re
from datetime import timedelta

import pytest

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

TODAY = local_day(utc_now())


@pytest.fixture
def cards(a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot) -> None:
    a_card("Quá hạn", due_on=DUE_PAST)
    a_card("Tuần này", due_on=TODAY + timedelta(days=5))
    a_card("Sắp tới", due_on=DUE_FAR)
    a_card("Đã nộp", due_on=DUE_FAR)
    a_card("Đã xong", due_on=DUE_FAR)
    a_card("Từ chối", due_on=DUE_FAR)
    a_card("Xin hạn", due_on=DUE_FAR)
    a_card("Của trường", due_on=DUE_PAST, agency_id=cast.schools)
    a_card("Đã hủy", due_on=DUE_PAST)
    for number, change in {
        4: "state = 'review', accepted_at = now(), submitted_at = now()",
        5: "state = 'done', submitted_at = now(), closed_at = now()",
        6: "state = 'refused', reason = 'Không phải việc của Công an'",
        7: "asked_due_on = '2999-02-01', asked_why = 'Bận'",
        9: "state = 'cancelled', closed_at = now()",
    }.items():
        behind_the_wall.execute(f"update app.card set {change} where number = {number}")


def _piles(who: Browser) -> dict[str, set[str]]:
    page = who.get("/w/north/mine").text
    return {
        name: set(re.findall(r'/cards/\d+"[^>]*>(?:<span[^>]*>)*([^<]+)<', body))
        for name, body in re.findall(r'<section[^>]*aria-labelledby="([\w-]+)">(.*?)</section>', page, re.S)
    }


def test_an_agency_sees_late_week_later_and_what_is_with_the_leader(bob: Browser, cards: None) -> None:
    piles = _piles(bob)
    assert piles["qua-han"] == {"Quá hạn"}
    assert piles["tuan-nay"] == {"Tuần này"}
    assert {"Sắp tới", "Xin hạn"} <= piles["sap-toi"]
    assert piles["dang-cho"] == {"Đã nộp"}
    assert "Của trường" not in str(piles)
    assert "Đã hủy" not in str(piles)


def test_another_agency_sees_its_own(mai: Browser, cards: None) -> None:
    assert _piles(mai) == {"qua-han": {"Của trường"}}


@pytest.mark.parametrize("person", ["lan", "alice"])
def test_who_decides_sees_what_waits_for_them_and_what_is_late(
    cards: None, person: str, request: pytest.FixtureRequest
) -> None:
    piles = _piles(request.getfixturevalue(person))
    assert piles["cho-duyet"] == {"Đã nộp", "Từ chối", "Xin hạn"}
    assert piles["qua-han"] == {"Quá hạn", "Của trường"}
    assert "tuan-nay" not in piles


def test_a_viewer_has_nothing_to_do(alice: Browser, cards: None) -> None:
    vy = Browser(alice.client.application).sign_in("vy@north.example")
    assert _piles(vy) == {}
    assert "Không phải làm gì thêm." in vy.get("/w/north/mine").text


def test_somebody_from_elsewhere_does_not_find_the_page(charlie: Browser, dung: Browser, cards: None) -> None:
    assert charlie.get("/w/north/mine").status_code == 404
    assert dung.get("/w/north/mine").status_code == 404
