"""A card for "các trường học" is offered to the ward's schools, one card each; nobody is made to."""

import re

import pytest
from flask import Flask

from portal.plans.proposed_card import ProposedCard
from portal.plans.sharing import members
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, everything, last_change, proposed, refused_to_strangers, row_of
from tests.plans.walking import plan_under_review
from worker.wards import job

SCHOOLS = ("Trường Mầm non Sao Mai", "Trường Tiểu học Hoa Ban", "Trường THCS Núi Xanh")


@pytest.fixture
def schools(app: Flask, cast: Cast) -> None:
    """North has three schools of its own."""
    with inside_ward(cast.north), job(app):
        for name in SCHOOLS:
            add_agency(name)


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


def _open(alice: Browser, address: str, key: str) -> str:
    return alice.get(f"{address}/cards/{key}", HX_Request="true").text


def test_it_is_offered_with_the_names_and_not_forced(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    card = proposed(behind_the_wall)[-1]
    assert card.agency == "Các trường học trên địa bàn phường"
    page = _open(alice, address, card.id)
    assert "Chia cho 3 cơ quan" in page
    assert all(name in page for name in SCHOOLS)


def test_a_ward_with_one_agency_of_the_kind_is_offered_nothing(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    card = proposed(behind_the_wall)[-1]
    assert "Chia cho" not in _open(alice, address, card.id)
    assert alice.post(f"{address}/cards/{card.id}/shares").status_code == 422


def test_each_school_gets_a_card_of_the_same_words_and_date(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    card = proposed(behind_the_wall)[-1]
    assert alice.post(f"{address}/cards/{card.id}/shares").status_code == 303
    shared = [one for one in proposed(behind_the_wall) if one.text == card.text]
    assert [one.agency for one in shared] == list(SCHOOLS)
    assert behind_the_wall.query(
        "select count(distinct due_on), count(distinct sha256), count(distinct agency_id) "
        "from app.proposed_card where agency_name like 'Trường%%'"
    ) == [(1, 1, 3)]
    page = alice.get(address).text
    assert "Đã chia việc 3 cho 3 cơ quan" in page
    # Each one's number stands at the words, and the words stand once.
    paragraph = re.search(r'<p id="p\d+" class="hl[^>]*>(?:(?!</p>).)*diễn đàn.*?</p>', page, re.S)
    assert paragraph
    assert re.findall(r'href="#c(\d+)"', paragraph[0]) == ["3", "4", "5"]
    assert paragraph[0].count("diễn đàn trẻ em") == 1


def test_confirming_makes_one_duty_with_a_part_for_each(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{address}/cards/{proposed(behind_the_wall)[-1].id}/shares")
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert "Đã tạo 5 việc" in alice.get("/w/north/board").text
    wholes = behind_the_wall.query(
        "select number, agency_id, assigned_at, shared_total from app.card where shared_total > 0"
    )
    assert wholes == [(3, None, None, 3)]
    parts = behind_the_wall.query(
        "select count(*), count(distinct part.agency_id), count(part.assigned_at), count(proposed_card.id) "
        "from app.card part join app.card whole on whole.id = part.parent_id "
        "and whole.title = part.title and whole.due_on = part.due_on and whole.text = part.text "
        "join app.proposed_card on proposed_card.card_number = part.number "
        "and proposed_card.agency_id = part.agency_id"
    )
    assert parts == [(3, 3, 3, 3)]
    page = alice.get("/w/north/cards/3").text
    assert "0/3 cơ quan xong" in page
    assert "chia cho" in page


def test_a_part_that_was_cut_or_left_alone_is_a_card_of_its_own(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{address}/cards/{proposed(behind_the_wall)[-1].id}/shares")
    first, second, _third = proposed(behind_the_wall)[-3:]
    for part in (first, second):
        row = row_of(alice.get(address).text, 1)
        alice.post(row["address"].replace(proposed(behind_the_wall)[0].id, part.id), dropped="yes")
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert behind_the_wall.query("select count(*), sum(shared_total), count(parent_id) from app.card") == [
        (3, 0, 0)
    ]


def test_a_new_year_begins_with_the_duty_still_shared(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{address}/cards/{proposed(behind_the_wall)[-1].id}/shares")
    alice.post(f"{address}/confirmation")
    again = alice.post(f"{address}/copy")
    assert again.status_code == 303, again.text
    assert alice.post(f"{again.location}/confirmation").status_code == 303
    assert behind_the_wall.query(
        "select shared_total, count(*) from app.card where shared_total > 0 group by shared_total"
    ) == [(3, 2)]


def test_taking_it_back_leaves_everything_as_it_was(
    alice: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    before = everything(behind_the_wall)
    alice.post(f"{address}/cards/{proposed(behind_the_wall)[-1].id}/shares")
    alice.post(f"{address}/undo", change=last_change(behind_the_wall))
    assert everything(behind_the_wall) == before


def test_a_single_school_is_no_collective() -> None:
    known = [Agency(name=name, kind=None) for name in SCHOOLS]
    known.append(Agency(name="Các trường học trên địa bàn", kind="truong"))
    for name, count in {"Các trường học": 3, "Trường Tiểu học Hoa Ban": 0, "Công an phường": 0}.items():
        assert len(members(ProposedCard(agency_name=name), known)) == count, name


def test_mass_organisations_stand_for_those_of_the_front() -> None:
    names = {
        "Đoàn Thanh niên phường": "doantn",
        "Hội Liên hiệp Phụ nữ phường": "hoipn",
        "Công an phường": "congan",
    }
    known = [Agency(name=name, kind=kind) for name, kind in names.items()]
    found = members(ProposedCard(agency_name="Các tổ chức đoàn thể phường"), known)
    assert [agency.kind for agency in found] == ["doantn", "hoipn"]


def test_sharing_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, schools: None, address: str, behind_the_wall: Snapshot
) -> None:
    refused_to_strangers(f"{address}/cards/{proposed(behind_the_wall)[-1].id}/shares", bob, charlie)
    assert len(proposed(behind_the_wall)) == 3
