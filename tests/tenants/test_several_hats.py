"""In small wards one person wears several hats, and some work for several wards: each hat counts where it is worn."""

from flask import Flask

from portal.tenants.access import Role
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tenants.conftest import GiveHat

BOB = "bob@north.example"


def test_two_agencies_in_one_ward_are_both_seen_and_worked(
    bob: Browser, cast: Cast, a_card: CardMaker, give_hat: GiveHat
) -> None:
    police, schools = a_card("Của Công an"), a_card("Của trường", agency_id=cast.schools)
    assert bob.get(f"/w/north/cards/{schools}").status_code == 403
    give_hat(BOB, Role.AGENCY_MEMBER, cast.schools)
    board = bob.get("/w/north/board").text
    assert "Của Công an" in board
    assert "Của trường" in board
    for number in (police, schools):
        assert bob.post(f"/w/north/cards/{number}/state", state="doing").status_code == 303


def test_a_hat_counts_at_once_and_no_longer_than_it_is_worn(
    bob: Browser, a_card: CardMaker, give_hat: GiveHat, behind_the_wall: Snapshot, cast: Cast
) -> None:
    a_card("Việc chưa giao", agency_id=None)
    assert "Việc chưa giao" not in bob.get("/w/north/board").text
    give_hat(BOB, Role.COORDINATOR)
    assert "Việc chưa giao" in bob.get("/w/north/board").text
    behind_the_wall.execute(
        "delete from app.membership where role = 'coordinator' and person_id in "
        f"(select id from app.person where email = '{BOB}')"
    )
    assert "Việc chưa giao" not in bob.get("/w/north/board").text


def test_a_hat_of_one_ward_is_worth_nothing_in_another(
    bob: Browser, cast: Cast, a_card: CardMaker, give_hat: GiveHat
) -> None:
    give_hat(BOB, Role.VIEWER, south=True)
    number = a_card(south=True)
    assert bob.get(f"/w/south/cards/{number}").status_code == 200
    assert bob.post(f"/w/south/cards/{number}/state", state="doing").status_code == 403
    assert bob.post(f"/w/south/cards/{number}/comments", text="x").status_code == 403
    assert bob.get("/w/south/people").status_code == 403


def test_somebody_of_two_wards_chooses_and_switches(bob: Browser, give_hat: GiveHat) -> None:
    assert bob.get("/").status_code == 303
    give_hat(BOB, Role.COORDINATOR, south=True)
    choice = bob.get("/")
    assert choice.status_code == 200
    assert 'href="/w/north/"' in choice.text
    assert 'href="/w/south/"' in choice.text
    assert 'href="/w/south/"' in bob.get("/w/north/board").text
    assert 'href="/w/north/"' in bob.get("/w/south/board").text


def test_each_ward_knows_a_person_by_its_own_name_for_them(bob: Browser, give_hat: GiveHat) -> None:
    give_hat(BOB, Role.COORDINATOR, south=True)
    assert "Bob Công An" in bob.get("/w/north/board").text
    page = bob.get("/w/south/board").text
    assert "Người Nhiều Vai" in page
    assert "Bob Công An" not in page


def test_requests_in_two_wards_one_after_the_other_never_mix(
    app: Flask, bob: Browser, a_card: CardMaker, give_hat: GiveHat
) -> None:
    give_hat(BOB, Role.COORDINATOR, south=True)
    a_card("Việc miền Bắc")
    a_card("Việc miền Nam", south=True)
    for _ in range(3):
        north, south = bob.get("/w/north/board").text, bob.get("/w/south/board").text
        assert ("Việc miền Bắc" in north, "Việc miền Nam" in north) == (True, False)
        assert ("Việc miền Bắc" in south, "Việc miền Nam" in south) == (False, True)


def test_somebody_who_left_a_ward_does_not_find_it_any_more(bob: Browser, behind_the_wall: Snapshot) -> None:
    behind_the_wall.execute(f"update app.contact set \"left\" = true where email = '{BOB}'")
    assert bob.get("/w/north/board").status_code == 404
    home = bob.get("/")
    assert home.status_code == 200
    assert "chưa thuộc phường nào" in home.text


def test_the_city_and_the_operator_land_at_their_places(dung: Browser, olga: Browser) -> None:
    assert dung.get("/").headers["Location"] == "/o/city/"
    assert olga.get("/").headers["Location"] == "/operator/wards"


def test_the_operator_sees_no_wards_cards_and_no_counts(olga: Browser, a_card: CardMaker) -> None:
    a_card()
    for address in ("/w/north/board", "/w/north/cards/1", "/w/north/people", "/o/city/"):
        assert olga.get(address).status_code == 404, address


def test_an_operator_with_a_hat_in_a_ward_is_there_what_the_hat_says(
    olga: Browser, a_card: CardMaker, give_hat: GiveHat
) -> None:
    give_hat("olga@platform.example", Role.VIEWER)
    number = a_card()
    assert olga.get(f"/w/north/cards/{number}").status_code == 200
    assert olga.post(f"/w/north/cards/{number}/state", state="doing").status_code == 403
    assert olga.get("/operator/wards").status_code == 200
