"""Who carries a card: its lead agency, its supporters, and the moment it is handed over."""

import pytest

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.tasks.conftest import Kinds, Look, turned_away


def test_a_card_without_an_agency_is_handed_over(
    alice: Browser, bob: Browser, a_card: CardMaker, cast: Cast, look: Look, kinds: Kinds
) -> None:
    number = a_card(agency_id=None)
    assert alice.post(f"/w/north/cards/{number}/assignment", agency=cast.police).status_code == 303
    card = look(number)
    assert (card["agency_id"], card["assigned_at"] is None) == (cast.police, False)
    assert kinds(number) == ["created", "agency_changed", "assigned"]
    assert bob.get(f"/w/north/cards/{number}").status_code == 200


def test_another_lead_gets_a_fresh_card_and_old_reminders_are_superseded(
    alice: Browser, bob: Browser, mai: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/acceptance")
    alice.post(f"/w/north/cards/{number}/assignment", agency=cast.schools)
    card = look(number)
    assert (card["agency_id"], card["accepted_at"], card["due_version"]) == (cast.schools, None, 2)
    assert mai.get(f"/w/north/cards/{number}").status_code == 200
    assert bob.get(f"/w/north/cards/{number}").status_code == 403


def test_supporters_see_the_card_and_lose_it_again(
    alice: Browser, mai: Browser, a_card: CardMaker, cast: Cast, look: Look, kinds: Kinds
) -> None:
    number = a_card("Phối hợp tuần tra")
    assert mai.get(f"/w/north/cards/{number}").status_code == 403
    alice.post(f"/w/north/cards/{number}/assignment", agency=cast.police, supporting=cast.schools)
    assert mai.get(f"/w/north/cards/{number}").status_code == 200
    assert "Phối hợp tuần tra" in mai.get("/w/north/board").text
    assert kinds(number)[-1] == "supporters_changed"
    alice.post(f"/w/north/cards/{number}/assignment", agency=cast.police)
    assert mai.get(f"/w/north/cards/{number}").status_code == 403
    assert look(number)["due_version"] == 1


def test_the_lead_is_not_its_own_supporter(
    alice: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: object
) -> None:
    number = a_card()
    page = alice.post(
        f"/w/north/cards/{number}/assignment", htmx=True, agency=cast.police, supporting=cast.police
    )
    assert "Đã ghi trước đó" in page.text
    assert ">Phối hợp</dt>" not in page.text


def test_a_second_tap_changes_nothing(
    alice: Browser, a_card: CardMaker, cast: Cast, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    fields = {"agency": cast.schools, "supporting": cast.police}
    alice.post(f"/w/north/cards/{number}/assignment", **fields)
    before, happened = look(number), kinds(number)
    alice.post(f"/w/north/cards/{number}/assignment", **fields)
    assert (look(number), kinds(number)) == (before, happened)


@pytest.mark.parametrize("agency", ["", "nobody", "south"])
def test_an_agency_that_is_not_the_wards_is_refused(
    alice: Browser, a_card: CardMaker, cast: Cast, look: Look, agency: str
) -> None:
    number = a_card()
    chosen = cast.south_police if agency == "south" else agency
    answer = alice.post(f"/w/north/cards/{number}/assignment", agency=chosen)
    assert answer.status_code == 422
    assert "Chọn cơ quan chủ trì." in answer.text
    assert look(number)["agency_id"] == cast.police


def test_a_supporter_that_is_not_the_wards_is_left_out(
    alice: Browser, a_card: CardMaker, cast: Cast, kinds: Kinds
) -> None:
    number = a_card()
    alice.post(f"/w/north/cards/{number}/assignment", agency=cast.police, supporting=cast.south_police)
    assert "supporters_changed" not in kinds(number)


def test_a_supporter_writes_and_attaches_but_does_not_move(
    mai: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    number = a_card(supporting=(cast.schools,))
    for act, fields in [
        ("state", {"state": "doing"}),
        ("acceptance", {}),
        ("obstacle", {"why": "x"}),
        ("checks", {"text": "x"}),
    ]:
        assert mai.post(f"/w/north/cards/{number}/{act}", **fields).status_code == 403, act
    assert mai.post(f"/w/north/cards/{number}/comments", text="Trường cử hai cô").status_code == 303
    assert look(number)["state"] == "todo"


def test_strangers_and_the_agency_itself_are_turned_away(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, cast: Cast, look: Look
) -> None:
    number = a_card()
    turned_away("assignment", number, mai=mai, charlie=charlie, nobody=nobody, agency=cast.schools)
    assert bob.post(f"/w/north/cards/{number}/assignment", agency=cast.schools).status_code == 403
    assert look(number)["agency_id"] == cast.police
