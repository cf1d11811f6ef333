"""A ward's people and agencies: added by those who steer, invited by e-mail, never across the wall."""

import pytest
from flask import Flask

from tests.cast import POLICE, Browser, Cast
from tests.city import Snapshot

PERSON = {"name": "Hoa Cán Bộ", "title": "Công chức", "email": "hoa@north.example", "phone": "0912000111"}


def _hats(behind_the_wall: Snapshot, email: str) -> list[tuple[object, ...]]:
    return behind_the_wall.query(
        "select membership.ward_id, role, agency_id from app.membership join app.person on person.id = person_id "
        "where email = %s order by role",
        (email,),
    )


def test_somebody_new_is_added_and_invited(alice: Browser, cast: Cast, behind_the_wall: Snapshot) -> None:
    answer = alice.post("/w/north/people", **PERSON, role="agency_member", agency=cast.police)
    assert answer.status_code == 303
    assert _hats(behind_the_wall, "hoa@north.example") == [(cast.north, "agency_member", cast.police)]
    assert behind_the_wall.query("select email, purpose, place, state from app.account_mail") == [
        ("hoa@north.example", "invitation", "UBND phường Bắc", "queued")
    ]
    page = alice.get("/w/north/people").text
    for words in ("Hoa Cán Bộ", "Công chức", "0912000111", "Cán bộ cơ quan"):
        assert words in page


def test_somebody_with_an_account_elsewhere_gets_a_hat_and_no_letter(
    alice: Browser, charlie: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    alice.post("/w/north/people", name="Charlie", email=" Charlie@SOUTH.example ", role="viewer", agency="")
    assert behind_the_wall.query("select count(*) from app.account_mail") == [(0,)]
    assert behind_the_wall.query("select count(*) from app.person where email = 'charlie@south.example'") == [
        (1,)
    ]
    assert charlie.get("/w/north/board").status_code == 200
    assert charlie.get("/w/north/people").status_code == 403


def test_the_same_hat_twice_is_refused_and_changes_nothing(
    alice: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    fields = {"name": "Tên Khác", "email": "bob@north.example", "role": "agency_lead", "agency": cast.police}
    answer = alice.post("/w/north/people", **fields, title="Chức mới")
    assert answer.status_code == 409
    assert "Người này đã có vai đó." in answer.text
    assert len(_hats(behind_the_wall, "bob@north.example")) == 1
    assert "Chức mới</span>" not in answer.text
    assert behind_the_wall.query("select title from app.contact where email = 'bob@north.example'") == [("",)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "Ghi họ tên."),
        ({"name": "a" * 121}, "Quá dài."),
        ({"email": ""}, "Ghi địa chỉ e-mail."),
        ({"email": "hoa"}, "Địa chỉ e-mail chưa đúng."),
        ({"email": "hoà@north.example"}, "Địa chỉ e-mail chưa đúng."),
        ({"email": "hoa@north"}, "Địa chỉ e-mail chưa đúng."),
        ({"role": "agency_member", "agency": ""}, "Chọn cơ quan cho người này."),
        ({"role": "agency_member", "agency": "nobody"}, "Cơ quan này không còn."),
    ],
)
def test_what_cannot_be_added_is_said_and_the_words_kept(
    alice: Browser, behind_the_wall: Snapshot, cast: Cast, change: dict[str, str], why: str
) -> None:
    answer = alice.post("/w/north/people", **(PERSON | {"role": "viewer", "agency": ""} | change))
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="0912000111"' in answer.text
    assert behind_the_wall.query("select count(*) from app.person where name = 'Hoa Cán Bộ'") == [(0,)]
    assert behind_the_wall.query("select count(*) from app.account_mail") == [(0,)]


@pytest.mark.parametrize("role", ["operator", "city_viewer", "", "owner"])
def test_a_ward_gives_out_only_its_own_hats(alice: Browser, behind_the_wall: Snapshot, role: str) -> None:
    assert alice.post("/w/north/people", **PERSON, role=role, agency="").status_code == 422
    assert _hats(behind_the_wall, "hoa@north.example") == []


def test_an_agency_of_another_ward_is_not_one_of_ours(
    alice: Browser, cast: Cast, behind_the_wall: Snapshot
) -> None:
    answer = alice.post("/w/north/people", **PERSON, role="agency_lead", agency=cast.south_police)
    assert answer.status_code == 422
    assert _hats(behind_the_wall, "hoa@north.example") == []


def test_an_agency_is_added_with_its_kind_recognised(
    alice: Browser, behind_the_wall: Snapshot, cast: Cast
) -> None:
    assert alice.post("/w/north/agencies", name="  Trạm   Y tế phường ").status_code == 303
    assert alice.post("/w/north/agencies", name="Tổ hợp tác Hoa Ban").status_code == 303
    assert alice.post("/w/north/agencies", name="Hội Liên hiệp Phụ nữ phường").status_code == 303
    rows = behind_the_wall.query(
        "select name, kind is not null, mode from app.agency where ward_id = %s and position > 2 order by position",
        (cast.north,),
    )
    assert rows == [
        ("Trạm Y tế phường", True, "assign"),
        ("Tổ hợp tác Hoa Ban", False, "assign"),
        ("Hội Liên hiệp Phụ nữ phường", True, "request"),
    ]


@pytest.mark.parametrize(("name", "status"), [("", 422), (POLICE, 409), (f"  {POLICE} ", 409)])
def test_an_agency_without_a_name_or_twice_is_refused(alice: Browser, name: str, status: int) -> None:
    assert alice.post("/w/north/agencies", name=name).status_code == status


def test_another_ward_may_have_an_agency_of_the_same_name(charlie: Browser) -> None:
    assert charlie.post("/w/south/agencies", name="Các trường học trên địa bàn phường").status_code == 303


def test_nobody_of_another_ward_is_on_the_page(alice: Browser, charlie: Browser) -> None:
    assert "Charlie" not in alice.get("/w/north/people").text
    assert "Alice" not in charlie.get("/w/south/people").text


@pytest.mark.parametrize("person", ["bob", "mai", "vy"])
def test_only_those_who_steer_see_and_change_people(app: Flask, cast: Cast, person: str) -> None:
    who = Browser(app).sign_in(f"{person}@north.example")
    assert who.get("/w/north/people").status_code == 403
    assert who.post("/w/north/people", **PERSON, role="viewer", agency="").status_code == 403
    assert who.post("/w/north/agencies", name="x").status_code == 403


def test_another_ward_does_not_find_the_page(charlie: Browser, olga: Browser, dung: Browser) -> None:
    for who in (charlie, olga, dung):
        assert who.get("/w/north/people").status_code == 404
        assert who.post("/w/north/people", **PERSON, role="viewer", agency="").status_code == 404
