"""A card moves from state to state."""

from tests.cards import CardMaker
from tests.cast import Browser


def test_the_police_officer_starts_submits_and_the_leader_approves(
    bob: Browser, lan: Browser, a_card: CardMaker
) -> None:
    number = a_card()
    address = f"/w/north/cards/{number}"
    assert bob.post(f"{address}/state", state="doing").status_code == 303
    assert bob.post(f"{address}/state", state="review", result="Đã tuần tra 12 buổi").status_code == 303
    assert lan.post(f"{address}/state", state="done").status_code == 303
    page = lan.get(address).text
    assert "Hoàn thành" in page
    assert "Đã tuần tra 12 buổi" in page


def test_an_agency_cannot_approve_its_own_work(bob: Browser, a_card: CardMaker) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    assert bob.post(f"/w/north/cards/{number}/state", state="done").status_code == 403


def test_another_agency_is_refused(mai: Browser, a_card: CardMaker) -> None:
    number = a_card()
    assert mai.get(f"/w/north/cards/{number}").status_code == 403
    assert mai.post(f"/w/north/cards/{number}/state", state="doing").status_code == 403


def test_charlie_of_another_ward_cannot_find_it(charlie: Browser, a_card: CardMaker) -> None:
    number = a_card()
    assert charlie.get(f"/w/north/cards/{number}").status_code == 404
    assert charlie.post(f"/w/north/cards/{number}/state", state="doing").status_code == 404
    assert charlie.get(f"/w/south/cards/{number}").status_code == 404
