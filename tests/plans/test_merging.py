"""A card is merged with its neighbour of the same agency, and taken apart again with one press."""

import pytest
from flask import Flask

from tests.cast import Browser
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, everything, last_change, proposed, refused_to_strangers
from tests.plans.walking import plan_under_review


@pytest.fixture
def address(alice: Browser, app: Flask) -> str:
    """A small plan under review."""
    return plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")


def test_the_words_of_both_stand_in_one_card_and_numbers_close_up(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    first, second, *others = proposed(behind_the_wall)
    answer = alice.post(f"{address}/cards/{second.id}/union", into=first.id)
    assert answer.status_code == 303
    merged, *rest = proposed(behind_the_wall)
    assert (merged.id, merged.title) == (first.id, first.title)
    assert merged.text == f"{first.text} {second.text}"
    assert rest == others
    positions = behind_the_wall.query("select position from app.proposed_card order by 1")
    assert [position for (position,) in positions] == list(range(len(rest) + 1))
    assert "Đã gộp việc 2 vào việc 1" in alice.get(address).text


def test_merging_downwards_keeps_the_order_of_the_document(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    first, second, *_others = proposed(behind_the_wall)
    alice.post(f"{address}/cards/{first.id}/union", into=second.id)
    merged = proposed(behind_the_wall)[0]
    assert merged.title == second.title
    assert merged.text.startswith(first.text)
    # The card that stays had no date; the other's date is not lost.
    assert (
        str(behind_the_wall.query("select due_on from app.proposed_card where position = 0")[0][0])
        == "2026-05-15"
    )


def test_every_stretch_of_a_merged_card_is_marked_in_the_document(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    first, second, *_others = proposed(behind_the_wall)
    alice.post(f"{address}/cards/{second.id}/union", into=first.id)
    page = alice.get(address).text
    assert f'<span class="sp">{first.text}</span>' in page
    assert f'<span class="sp">{second.text}</span>' in page
    assert "0 đoạn bị bỏ sót" in page


def test_taking_it_back_leaves_everything_as_it_was(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    before = everything(behind_the_wall)
    first, second, *_others = proposed(behind_the_wall)
    alice.post(f"{address}/cards/{second.id}/union", into=first.id)
    alice.post(f"{address}/undo", change=last_change(behind_the_wall))
    assert everything(behind_the_wall) == before
    assert behind_the_wall.query("select count(*) from app.plan_change") == [(0,)]


def test_htmx_gets_both_panes_anew(alice: Browser, address: str, behind_the_wall: Snapshot) -> None:
    first, second, *_others = proposed(behind_the_wall)
    reply = alice.post(f"{address}/cards/{second.id}/union", htmx=True, into=first.id)
    assert reply.headers["HX-Retarget"] == "#review"
    assert "<html" not in reply.text
    assert "Hoàn tác" in reply.text


def test_the_page_offers_neighbours_of_the_same_agency_only(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    _first, second, school = proposed(behind_the_wall)
    opened = alice.get(f"{address}/cards/{second.id}", HX_Request="true").text
    assert "Gộp vào việc 1" in opened
    assert "Gộp vào việc 3" not in opened
    assert "Gộp vào" not in alice.get(f"{address}/cards/{school.id}", HX_Request="true").text


def test_cards_that_are_no_neighbours_are_not_merged(
    alice: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    first, second, school = proposed(behind_the_wall)
    before = everything(behind_the_wall)
    assert alice.post(f"{address}/cards/{school.id}/union", into=first.id).status_code == 409
    assert alice.post(f"{address}/cards/{first.id}/union", into=first.id).status_code == 409
    assert alice.post(f"{address}/cards/{first.id}/union", into="x").status_code == 404
    alice.post(f"{address}/cards/{second.id}", dropped="yes")
    assert alice.post(f"{address}/cards/{second.id}/union", into=first.id).status_code == 409
    assert len(everything(behind_the_wall)) == len(before)


def test_merging_is_for_those_who_manage_plans_of_this_ward(
    alice: Browser, bob: Browser, charlie: Browser, address: str, behind_the_wall: Snapshot
) -> None:
    first, second, *_others = proposed(behind_the_wall)
    refused_to_strangers(f"{address}/cards/{second.id}/union", bob, charlie, into=first.id)
    assert len(proposed(behind_the_wall)) == 3
