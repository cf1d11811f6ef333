"""Faces are remembered between views, and never beyond what they are good for."""

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot

BOARD = "/w/north/board"


def test_a_card_that_changed_is_drawn_anew(alice: Browser, a_card: CardMaker) -> None:
    number = a_card("Tên cũ")
    assert "Tên cũ" in alice.get(BOARD).text
    alice.post(f"/w/north/cards/{number}/title", title="Tên mới")
    page = alice.get(BOARD).text
    assert "Tên mới" in page
    assert "Tên cũ" not in page


def test_an_agency_that_changed_its_name_is_drawn_anew(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    a_card()
    alice.get(BOARD)
    behind_the_wall.execute("update app.agency set short_name = 'Công an khu vực'")
    assert '<div class="ag"><span>Công an khu vực' in alice.get(BOARD).text


def test_people_with_other_rights_see_other_buttons_on_a_remembered_card(
    alice: Browser, bob: Browser, a_card: CardMaker
) -> None:
    number = a_card()
    begin = f'formaction="/w/north/cards/{number}/acceptance'
    assert begin not in alice.get(BOARD).text
    assert begin in bob.get(BOARD).text
    assert begin not in alice.get(BOARD).text


def test_a_change_that_was_refused_is_not_remembered(lan: Browser, a_card: CardMaker) -> None:
    number = a_card("Còn nguyên")
    lan.get(BOARD)
    assert lan.post(f"/w/north/cards/{number}/title", title="").status_code >= 400
    assert "Còn nguyên" in lan.get(BOARD).text
