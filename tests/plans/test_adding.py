"""A duty that the document does not hold, or that nobody could read in it, is added by hand inside the review."""

from datetime import date

import pytest
from flask import Flask

from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, last_change, proposed, refused_to_strangers
from tests.plans.walking import plan_under_review


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


def test_it_stands_at_the_end_without_a_source(
    alice: Browser, cast: Cast, address: str, behind_the_wall: Snapshot
) -> None:
    sent = alice.post(f"{address}/cards", title=" Rà soát sân chơi ", agency=str(cast.police), due="1/6")
    assert sent.status_code == 303
    stored = behind_the_wall.query(
        "select title, agency_name, due_on, spans, text from app.proposed_card where position = 3"
    )
    assert stored == [("Rà soát sân chơi", "Công an phường", date(2026, 6, 1), [], "")]
    page = alice.get(address).text
    assert "Thêm bằng tay" in page
    assert "0 đoạn bị bỏ sót" in page


def test_it_goes_onto_the_board_with_the_others(
    alice: Browser, cast: Cast, address: str, behind_the_wall: Snapshot
) -> None:
    alice.post(f"{address}/cards", title="Rà soát sân chơi", new_agency="Tổ hòa giải")
    assert alice.post(f"{address}/confirmation").status_code == 303
    assert behind_the_wall.query(
        "select agency.name, source_sha256 from app.card join app.agency on agency.id = card.agency_id "
        "where card.title = 'Rà soát sân chơi'"
    ) == [("Tổ hòa giải", "")]
    assert alice.get(f"{address}/document").status_code == 200


def test_its_row_is_saved_like_any_other(alice: Browser, address: str, behind_the_wall: Snapshot) -> None:
    alice.post(f"{address}/cards", title="Rà soát sân chơi")
    card = proposed(behind_the_wall)[-1]
    reply = alice.post(
        f"{address}/cards/{card.id}", htmx=True, title_was=card.title, title="Rà soát mọi sân chơi"
    )
    assert reply.status_code == 200
    assert proposed(behind_the_wall)[-1].title == "Rà soát mọi sân chơi"


def test_a_document_without_duties_offers_it_open(alice: Browser, app: Flask) -> None:
    empty = plan_under_review(alice, app, "Chỉ là một câu.".encode(), "b.txt")
    page = alice.get(empty).text
    assert "Không đọc thấy việc nào trong văn bản này" in page
    assert 'id="them-viec" open' in page
    alice.post(f"{empty}/cards", title="Rà soát sân chơi", new_agency="Công an phường")
    assert "Tạo 1 việc và giao 1 cơ quan" in alice.get(empty).text


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("fields", "why"),
    [({"title": " "}, "Ghi tên việc"), ({"title": "Rà soát sân chơi", "due": "rằm"}, "Chưa hiểu ngày")],
)
def test_what_cannot_be_used_is_asked_for_again(
    alice: Browser, address: str, behind_the_wall: Snapshot, htmx: bool, fields: dict[str, str], why: str
) -> None:
    answer = alice.post(f"{address}/cards", htmx=htmx, **fields)
    assert answer.status_code == 422
    assert why in answer.text
    assert f">{fields['title'].strip()}</textarea>" in answer.text
    assert len(proposed(behind_the_wall)) == 3


def test_it_can_be_taken_back(alice: Browser, address: str, behind_the_wall: Snapshot) -> None:
    before = proposed(behind_the_wall)
    alice.post(f"{address}/cards", title="Rà soát sân chơi")
    alice.post(f"{address}/undo", change=last_change(behind_the_wall))
    assert proposed(behind_the_wall) == before


def test_adding_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    refused_to_strangers(f"{address}/cards", bob, charlie, title="Lạ")
    assert len(proposed(behind_the_wall)) == 3
