"""An agency says that it has seen a card and takes it."""

from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away


def test_the_card_is_taken_and_stays_where_it_stands(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    assert "Chưa trả lời" in bob.get("/w/north/board").text
    assert bob.post(f"/w/north/cards/{number}/acceptance").status_code == 303
    card = look(number)
    assert (card["state"], card["accepted_at"] is None) == ("todo", False)
    assert kinds(number)[-1] == "accepted"
    assert "Chưa trả lời" not in bob.get("/w/north/board").text


def test_a_second_tap_changes_nothing(bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/acceptance")
    before = look(number)
    assert "Đã ghi trước đó" in bob.post(f"/w/north/cards/{number}/acceptance", htmx=True).text
    assert look(number) == before
    assert kinds(number).count("accepted") == 1


def test_strangers_are_turned_away(
    mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    turned_away("acceptance", number, mai=mai, charlie=charlie, nobody=nobody)
    assert look(number)["accepted_at"] is None


def test_a_card_nobody_was_given_is_not_there_for_agencies(
    alice: Browser, bob: Browser, a_card: CardMaker, cast: object
) -> None:
    number = a_card("Việc chưa giao", agency_id=None)
    assert bob.get(f"/w/north/cards/{number}").status_code == 403
    assert "Việc chưa giao" not in bob.get("/w/north/board").text
    assert "Việc chưa giao" in alice.get("/w/north/board").text
