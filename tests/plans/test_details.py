"""The details of a row: agencies, assign or request, how it comes back, and what is not sure until somebody looked."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, proposed, refused_to_strangers, row_of, save
from tests.plans.walking import plan_under_review


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


@pytest.fixture
def row(alice: Browser, address: str, behind_the_wall: Snapshot) -> dict[str, Any]:
    """The second row with its details open: Công an phường, no date."""
    return row_of(alice.get(f"{address}?open={proposed(behind_the_wall)[1].id}").text, 2)


def _stored(behind_the_wall: Snapshot, columns: str) -> tuple[object, ...]:
    return behind_the_wall.query(f"select {columns} from app.proposed_card where position = 1")[0]


def test_without_scripts_the_details_open_by_an_address(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    key = proposed(behind_the_wall)[1].id
    page = alice.get(f"{address}?open={key}").text
    assert page.count('class="ed"') == 1
    assert 'aria-expanded="true"' in page
    closed = alice.get(f"{address}/cards/{key}?closed=1", HX_Request="true").text
    assert 'class="ed"' not in closed
    assert alice.get(f"{address}/cards/{key}").status_code == 303
    assert alice.get(f"{address}?open=x").status_code == 404


def test_a_new_agency_is_typed(alice: Browser, row: dict[str, Any], behind_the_wall: Snapshot) -> None:
    assert save(alice, row, new_agency="Tổ hòa giải số 3")[0] == 303
    assert _stored(behind_the_wall, "agency_name, agency_id") == ("Tổ hòa giải số 3", None)


def test_a_typed_name_of_an_agency_the_ward_has_is_that_agency(
    alice: Browser, cast: Cast, row: dict[str, Any], behind_the_wall: Snapshot
) -> None:
    save(alice, row, new_agency="các trường học trên địa bàn phường")
    assert _stored(behind_the_wall, "agency_id") == (cast.schools,)


def test_an_agency_that_is_gone_or_a_name_too_long_is_refused(alice: Browser, row: dict[str, Any]) -> None:
    assert save(alice, row, agency="01900000-0000-7000-8000-000000000000")[0] == 422
    status, reply = save(alice, row, htmx=True, new_agency="x" * 151)
    assert status == 422
    assert "Tên cơ quan quá dài" in reply


def test_a_duty_is_requested_instead_of_assigned(
    alice: Browser, address: str, row: dict[str, Any], behind_the_wall: Snapshot
) -> None:
    assert save(alice, row, mode="request")[0] == 303
    assert _stored(behind_the_wall, "mode") == ("request",)
    assert save(alice, row, mode="command")[0] in {409, 422}


@pytest.mark.parametrize(("note", "freq"), [("hằng quý", "quarterly"), ("khi có yêu cầu của quận", None)])
def test_how_it_comes_back_is_noted(
    alice: Browser, address: str, row: dict[str, Any], behind_the_wall: Snapshot, note: str, freq: str | None
) -> None:
    assert save(alice, row, recurrence=note)[0] == 303
    (kept,) = _stored(behind_the_wall, "recurrence")
    assert kept["raw"] == note  # type: ignore[index]
    assert freq is None or kept["freq"] == freq  # type: ignore[index]
    page = alice.get(address).text
    assert f"Lặp lại: “{note}”" in page
    again = {**row, "recurrence_was": note}
    assert save(alice, again, recurrence="")[0] == 303
    assert _stored(behind_the_wall, "recurrence") == (None,)


def test_supporting_agencies_are_chosen_and_become_those_of_the_card(
    alice: Browser, cast: Cast, address: str, row: dict[str, Any], behind_the_wall: Snapshot
) -> None:
    name = "Các trường học trên địa bàn phường"
    assert save(alice, row, supporting=name)[0] == 303
    assert _stored(behind_the_wall, "supporting") == ([name],)
    assert f"Phối hợp: {name}" in alice.get(address).text
    alice.post(f"{address}/confirmation")
    assert behind_the_wall.query("select agency_id from app.support") == [(cast.schools,)]


def test_a_group_that_will_not_be_added_is_shown_as_a_group_and_not_ticked(
    alice: Browser, address: str, row: dict[str, Any], behind_the_wall: Snapshot
) -> None:
    assert save(alice, row, supporting="Các câu lạc bộ thiếu nhi")[0] == 303
    page = alice.get(f"{address}?open={proposed(behind_the_wall)[1].id}").text
    assert "Các câu lạc bộ thiếu nhi (nhóm chung, không thêm vào danh sách cơ quan)" in page
    assert "Các câu lạc bộ thiếu nhi (mới)" not in page
    assert 'value="Các câu lạc bộ thiếu nhi" checked' not in page


def test_two_people_choosing_helpers_at_once_meet(
    alice: Browser, lan: Browser, row: dict[str, Any], behind_the_wall: Snapshot
) -> None:
    assert save(lan, row, supporting="Trạm Y tế")[0] == 303
    status, reply = save(alice, row, htmx=True, supporting="Đoàn Thanh niên")
    assert status == 409
    assert "Lan Lãnh Đạo vừa sửa việc này" in reply


def test_what_the_reader_is_unsure_of_is_listed_first_with_the_fields(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.query(
        """update app.proposed_card set unsure = '["due", "agency"]' where position = 1 returning id"""
    )
    page = alice.get(address).text
    assert re.search(r'Nên xem trước 1 việc: <a href="#c2">2</a>', page)
    assert "Xem lại: hạn, cơ quan" in page
    only = alice.get(f"{address}?only=unsure").text
    assert re.findall(r'<form class="xc[^>]*id="c(\d+)"', only) == ["2"]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"due": "1/6"}, ["agency"]),
        ({"new_agency": "Tổ hòa giải"}, ["due"]),
        ({"title": "Tên khác"}, ["agency", "due"]),
        ({"checked": "yes"}, []),
        ({}, ["agency", "due"]),
    ],
)
def test_a_mark_goes_once_a_person_changed_or_confirmed_the_field(
    alice: Browser,
    row: dict[str, Any],
    behind_the_wall: Snapshot,
    changes: dict[str, Any],
    left: list[str],
) -> None:
    behind_the_wall.query(
        """update app.proposed_card set unsure = '["agency", "due"]' where position = 1 returning id"""
    )
    assert save(alice, row, **changes)[0] == 303
    assert _stored(behind_the_wall, "unsure") == (left,)


def test_how_sure_the_reader_was_is_kept(address: str, behind_the_wall: Snapshot) -> None:
    (confidence,) = _stored(behind_the_wall, "confidence")
    assert set(confidence) == {"text", "agency", "due"}  # type: ignore[call-overload]
    assert all(0 <= value <= 1 for value in confidence.values())  # type: ignore[attr-defined]


def test_the_details_are_for_those_who_manage_plans_of_this_ward(
    bob: Browser, charlie: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    here = f"{address}/cards/{proposed(behind_the_wall)[1].id}"
    assert bob.get(here).status_code == 403
    assert charlie.get(here).status_code == 404
    assert charlie.get(here.replace("/north/", "/south/")).status_code == 404
    refused_to_strangers(here, bob, charlie, checked="yes")
