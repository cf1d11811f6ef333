"""The review: every row kept as somebody goes, two people at once lose nothing, wrong values are asked for again."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.db import utc_now
from portal.wording import local_day
from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import row_of, save
from tests.plans.walking import plan_under_review


def _stored(behind_the_wall: Snapshot, number: int, columns: str) -> tuple[object, ...]:
    return behind_the_wall.query(
        f"select {columns} from app.proposed_card where position = %s", (number - 1,)
    )[0]


def test_a_title_and_a_date_are_kept_as_typed(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    address = plan_under_review(alice, app)
    row = row_of(alice.get(address).text, 1)
    assert save(alice, row, title="Lập danh sách trẻ em", due="24/5")[0] == 303
    year = local_day(utc_now()).year
    assert _stored(behind_the_wall, 1, "title, due_on") == ("Lập danh sách trẻ em", date(year, 5, 24))


def test_htmx_gets_the_row_and_the_counts(alice: Browser, app: Flask) -> None:
    address = plan_under_review(alice, app)
    before = alice.get(address).text
    count = int(re.findall(r"(\d+) việc chưa có hạn", before)[0])
    status, reply = save(alice, row_of(before, 1), htmx=True, due="24/5")
    assert status == 200
    assert 'id="c1"' in reply
    assert f"{count - 1} việc chưa có hạn" in reply
    assert "<html" not in reply


@pytest.mark.parametrize("htmx", [True, False])
def test_a_date_nobody_understands_is_asked_for_again_and_stays_typed(
    alice: Browser, app: Flask, htmx: bool
) -> None:
    address = plan_under_review(alice, app)
    status, reply = save(alice, row_of(alice.get(address).text, 2), htmx=htmx, due="ngày rằm")
    assert status == 422
    assert "Chưa hiểu ngày “ngày rằm”" in reply
    assert 'value="ngày rằm"' in reply


@pytest.mark.parametrize("htmx", [True, False])
def test_the_second_of_two_editors_is_told_and_loses_nothing(
    alice: Browser, lan: Browser, app: Flask, behind_the_wall: Snapshot, htmx: bool
) -> None:
    address = plan_under_review(alice, app)
    seen = row_of(alice.get(address).text, 3)
    assert save(lan, seen, title="Bản của Lan")[0] == 303
    status, reply = save(alice, seen, htmx=htmx, title="Bản của Alice")
    assert status == 409
    assert "Lan Lãnh Đạo vừa sửa việc này: “Bản của Lan”" in reply
    assert ">Bản của Alice</textarea>" in reply
    assert _stored(behind_the_wall, 3, "title") == ("Bản của Lan",)
    again = row_of(reply, 3) | {"address": seen["address"]}
    assert save(alice, again, title="Bản của Alice")[0] == 303
    assert _stored(behind_the_wall, 3, "title") == ("Bản của Alice",)


def test_two_editors_of_different_fields_both_win(
    alice: Browser, lan: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    seen = row_of(alice.get(plan_under_review(alice, app)).text, 3)
    assert save(lan, seen, title="Bản của Lan")[0] == 303
    assert save(alice, seen, due="1/9/2026")[0] == 303
    assert _stored(behind_the_wall, 3, "title, due_on") == ("Bản của Lan", date(2026, 9, 1))


def test_a_card_goes_to_another_agency(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    page = alice.get(plan_under_review(alice, app)).text
    police = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>Công an phường</option>', page)
    assert police
    status, reply = save(alice, row_of(page, 1), htmx=True, agency=police[1])
    assert status == 200
    assert 'id="cards"' in reply
    assert _stored(behind_the_wall, 1, "agency_name, mode") == ("Công an phường", "assign")


def test_a_card_is_dropped_and_taken_back(alice: Browser, app: Flask) -> None:
    address = plan_under_review(alice, app)
    row = row_of(alice.get(address).text, 4)
    assert save(alice, row, dropped="yes")[0] == 303
    page = alice.get(address).text
    assert "Tạo 22 việc" in page
    assert "Lấy lại" in page
    assert alice.post(row["address"], dropped="no").status_code == 303
    assert "Tạo 23 việc" in alice.get(address).text


def test_a_suggested_date_is_shown_as_one_and_taken_with_one_press(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    page = alice.get(address).text
    assert _stored(behind_the_wall, 8, "due_on") == (None,)
    (day,) = _stored(behind_the_wall, 8, "suggested_on")
    assert f"Hạn gợi ý: {day:%d/%m/%Y}" in page
    assert save(alice, row_of(page, 8), accepted="yes")[0] == 303
    assert _stored(behind_the_wall, 8, "due_on") == (day,)


def test_all_suggested_dates_are_taken_at_once(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    address = plan_under_review(alice, app)
    offered = "due_on is null and suggested_on is not null"
    (waiting,) = behind_the_wall.query(f"select count(*) from app.proposed_card where {offered}")[0]
    assert f"Nhận {waiting} hạn gợi ý" in alice.get(address).text
    assert alice.post(f"{address}/dues", accepted="all").status_code == 303
    assert behind_the_wall.query(f"select count(*) from app.proposed_card where {offered}") == [(0,)]


def test_one_date_goes_to_every_card_without_one_and_to_no_other(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = plan_under_review(alice, app)
    dated = behind_the_wall.query("select position, due_on from app.proposed_card where due_on is not null")
    assert alice.post(f"{address}/dues", day="30/11/2026").status_code == 303
    after = dict(behind_the_wall.query("select position, due_on from app.proposed_card"))
    assert all(after.values())
    assert all(after[position] == due for position, due in dated)
    assert "Việc nào cũng có hạn" in alice.get(address).text


def test_a_common_date_nobody_understands_is_asked_for_again(alice: Browser, app: Flask) -> None:
    answer = alice.post(f"{plan_under_review(alice, app)}/dues", day="cuối năm")
    assert answer.status_code == 422
    assert 'value="cuối năm"' in answer.text


def test_the_blank_number_and_day_are_flagged_and_filled_in(alice: Browser, app: Flask) -> None:
    address = plan_under_review(alice, app)
    assert "Văn bản chưa ghi số và ngày" in alice.get(address).text
    assert alice.post(f"{address}/head", number="35/KH-UBND", day="15/2").status_code == 303
    page = alice.get(address).text
    assert "chưa ghi" not in page
    assert f"35/KH-UBND · 15/02/{local_day(utc_now()).year}" in alice.get("/w/north/plans").text


def test_only_what_needs_a_person_can_be_shown(alice: Browser, app: Flask) -> None:
    page = alice.get(f"{plan_under_review(alice, app)}?only=undated").text
    shown = re.findall(r'<form class="xc[^>]*id="c(\d+)"', page)
    assert 0 < len(shown) < 23


def test_every_skipped_stretch_is_listed_with_its_reason(alice: Browser, app: Flask) -> None:
    page = alice.get(plan_under_review(alice, app)).text
    assert "0 đoạn bị bỏ sót" in page
    assert "đoạn không thành việc" in page
    assert "Câu kết chung" in page


def test_a_confirmed_plan_is_edited_no_more(alice: Browser, app: Flask) -> None:
    address = plan_under_review(alice, app)
    row = row_of(alice.get(address).text, 1)
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert save(alice, row, title="Muộn rồi")[0] == 409
    assert alice.post(f"{address}/dues", day="1/1").status_code == 409
    assert alice.post(f"{address}/removal").status_code == 409


def test_the_review_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, app: Flask
) -> None:
    address = plan_under_review(alice, app)
    row = row_of(alice.get(address).text, 1)
    acts: dict[str, dict[str, Any]] = {
        f"{address}/dues": {"day": "1/1"},
        f"{address}/head": {},
        f"{address}/removal": {},
        row.pop("address"): row,
    }
    assert (bob.get(address).status_code, charlie.get(address).status_code) == (403, 404)
    elsewhere = address.replace("/north/", "/south/")
    assert charlie.get(elsewhere).status_code == 404
    for act, fields in acts.items():
        assert bob.post(act, **fields).status_code == 403
        assert charlie.post(act, **fields).status_code == 404
        assert charlie.post(act.replace("/north/", "/south/"), **fields).status_code == 404
