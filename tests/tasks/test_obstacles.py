"""An agency says what stands in its way, and that nothing does any more."""

from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away


def test_an_obstacle_is_seen_on_the_card_and_the_board_until_it_is_gone(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/obstacle", why=" Chưa có kinh phí ")
    assert look(number)["blocked_why"] == "Chưa có kinh phí"
    assert "Chưa có kinh phí" in lan.get(f"/w/north/cards/{number}").text
    assert "Vướng mắc" in lan.get("/w/north/board").text
    bob.post(f"/w/north/cards/{number}/obstacle", why="")
    assert look(number)["blocked_why"] == ""
    assert kinds(number)[2:] == ["blocked", "unblocked"]


def test_a_second_tap_changes_nothing(bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds) -> None:
    number = a_card()
    for _ in range(2):
        bob.post(f"/w/north/cards/{number}/obstacle", why="Chưa có kinh phí")
    assert kinds(number).count("blocked") == 1


def test_strangers_are_turned_away(
    mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    turned_away("obstacle", number, mai=mai, charlie=charlie, nobody=nobody, why="x")
    assert look(number)["blocked_why"] == ""
