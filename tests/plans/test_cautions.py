"""What is odd about a document is said on the review, before anything is made: wrong year, other ward, known number."""

import pytest
from flask import Flask

from portal.db import utc_now
from portal.wording import local_day
from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import PLAN
from tests.plans.walking import plan_under_review, upload

YEAR = local_day(utc_now()).year


def _with_head(issuer: str, number: str = "", year: int = YEAR) -> bytes:
    head = (
        f"{issuer}\n\nSố: {number}/KH-UBND\n\nThử, ngày 5 tháng 2 năm {year}\n\n"
        if number
        else f"{issuer}\n\n"
    )
    return (head + PLAN.format(year=year)).encode()


def _page(alice: Browser, app: Flask, data: bytes, name: str = "a.txt") -> str:
    return alice.get(plan_under_review(alice, app, data, name)).text


@pytest.mark.parametrize("years", [2, 3, -2])
def test_a_plan_of_a_wrong_year_is_told(alice: Browser, app: Flask, years: int) -> None:
    page = _page(alice, app, PLAN.format(year=YEAR + years).encode())
    assert f"Đây là kế hoạch năm {YEAR + years}, nay là năm {YEAR}." in page


@pytest.mark.parametrize("years", [0, 1, -1])
def test_a_plan_of_this_the_last_or_the_next_year_is_not_odd(alice: Browser, app: Flask, years: int) -> None:
    assert "Đây là kế hoạch năm" not in _page(alice, app, PLAN.format(year=YEAR + years).encode())


def test_another_wards_plan_is_told_and_the_wards_own_is_not(alice: Browser, app: Flask) -> None:
    other = _page(alice, app, _with_head("ỦY BAN NHÂN DÂN PHƯỜNG NÚI XANH"))
    assert "Văn bản này của UBND phường Núi Xanh, không phải của UBND phường Bắc." in other
    own = _page(alice, app, _with_head("ỦY BAN NHÂN DÂN PHƯỜNG BẮC"), "b.txt")
    assert "không phải của" not in own


def test_the_sample_is_of_an_invented_ward_and_not_odd(alice: Browser, app: Flask) -> None:
    assert "không phải của" not in alice.get(plan_under_review(alice, app)).text


def test_a_plan_of_the_same_number_and_day_is_told_with_the_way_to_it(alice: Browser, app: Flask) -> None:
    data = _with_head("ỦY BAN NHÂN DÂN PHƯỜNG BẮC", "35")
    first = plan_under_review(alice, app, data, "a.txt")
    page = _page(alice, app, data + b"\n\n- Them mot cau.", "b.txt")
    assert "Phường đã có kế hoạch số 35/KH-UBND, đang chờ kiểm tra, chưa giao việc." in page
    assert f'href="{first}"' in page


def test_the_same_number_typed_by_hand_is_told_at_once(alice: Browser, app: Flask) -> None:
    plan_under_review(alice, app, _with_head("ỦY BAN NHÂN DÂN PHƯỜNG BẮC", "35"), "a.txt")
    second = plan_under_review(alice, app, _with_head("ỦY BAN NHÂN DÂN PHƯỜNG BẮC"), "b.txt")
    assert "Phường đã có kế hoạch số" not in alice.get(second).text
    reply = alice.post(f"{second}/head", htmx=True, number="35/KH-UBND", day=f"5/2/{YEAR}")
    assert reply.status_code == 200
    page = alice.get(second).text
    assert ("Phường đã có kế hoạch số 35" in page) == ("Phường đã có kế hoạch số 35" in reply.text)


def test_the_same_file_again_is_told_and_nothing_made(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    first = plan_under_review(alice, app, PLAN.format(year=YEAR).encode(), "a.txt")
    assert upload(alice, PLAN.format(year=YEAR).encode(), "b.txt").headers["Location"] == first
    assert "đã được tải lên trước đó" in alice.get(first).text
    assert behind_the_wall.query("select count(*) from app.plan") == [(1,)]


def test_nothing_of_another_wards_plans_is_told(alice: Browser, charlie: Browser, app: Flask) -> None:
    data = _with_head("ỦY BAN NHÂN DÂN PHƯỜNG BẮC", "35")
    upload(charlie, data, "a.txt", ward="south")
    assert "Phường đã có kế hoạch số" not in _page(alice, app, data + b"\n\n- Them mot cau.")
