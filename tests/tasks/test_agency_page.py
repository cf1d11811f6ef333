"""An agency's page: its cards, its numbers, its people, how it answers; for those who may see it."""

import re
import uuid

from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot


def _fill(a_card: CardMaker, cast: Cast, wall: Snapshot) -> None:
    a_card("Nộp muộn", due_on=DUE_PAST)
    a_card("Nộp sớm", due_on=DUE_FAR)
    a_card("Chưa nhận", due_on=DUE_FAR)
    a_card("Của trường", agency_id=cast.schools)
    for number, state in ((1, "review"), (2, "done")):
        wall.execute(
            f"update app.card set state = '{state}', submitted_at = now(), "
            f"accepted_at = assigned_at + interval '36 hours' where number = {number}"
        )


def test_it_shows_cards_numbers_people_and_answers(
    alice: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot
) -> None:
    _fill(a_card, cast, behind_the_wall)
    page = alice.get(f"/w/north/agencies/{cast.police}").text
    assert set(re.findall(r"(Nộp muộn|Nộp sớm|Chưa nhận|Của trường)<", page)) == {
        "Nộp muộn",
        "Nộp sớm",
        "Chưa nhận",
    }
    assert re.findall(r'<b class="num">(\d+)<', page) == ["1", "0", "1", "1"]
    assert "Bob Công An" in page
    assert re.findall(r'<dd><span class="num">([^<]+)<', page) == ["2/3", "1/2", "0"]
    assert "thường 1,5 ngày" in page


def test_an_agency_without_cards_says_so(alice: Browser, cast: Cast) -> None:
    page = alice.get(f"/w/north/agencies/{cast.schools}").text
    assert "Chưa có việc nào giao cơ quan này." in page


def test_its_people_open_it_others_do_not(
    bob: Browser, mai: Browser, charlie: Browser, cast: Cast, a_card: CardMaker
) -> None:
    a_card()
    address = f"/w/north/agencies/{cast.police}"
    assert bob.get(address).status_code == 200
    assert mai.get(address).status_code == 403
    assert charlie.get(address).status_code == 404
    assert charlie.get(f"/w/south/agencies/{cast.police}").status_code == 404
    assert bob.get(f"/w/north/agencies/{uuid.UUID(int=7)}").status_code == 404
