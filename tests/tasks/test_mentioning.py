"""`@` and a name: kept as an id, shown by name, waiting on the mentioned's own page; nobody sees more because of it."""

import pytest
from flask import Flask

from portal.tasks.mention_queries import open_mentions
from portal.tenants.boundary import inside_ward
from tests.cards import MARCH, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot


def _write(who: Browser, number: int, text: str, *, htmx: bool = False) -> str:
    answer = who.post(f"/w/north/cards/{number}/comments", htmx=htmx, text=text)
    assert answer.status_code in {200, 303}, answer.text
    return answer.text


def _stored(behind_the_wall: Snapshot) -> str:
    [(text,)] = behind_the_wall.query("select text from app.comment")
    return str(text)


@pytest.mark.parametrize("typed", ["@Bob Công An", "@bob công an", "@BOB CONG AN", "@bob cong an"])
def test_a_typed_name_is_stored_as_an_id_and_shown_by_name(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, typed: str
) -> None:
    number = a_card()
    _write(alice, number, f"Nhờ {typed}, xem giúp")
    stored = _stored(behind_the_wall)
    assert "Bob" not in stored
    assert stored.startswith("Nhờ @[c:")
    assert stored.endswith("], xem giúp")
    assert '<span class="at">@Bob Công An</span>, xem giúp' in alice.get(f"/w/north/cards/{number}").text


def test_the_mentioned_find_it_among_their_own_work_until_they_answer(
    alice: Browser, bob: Browser, a_card: CardMaker
) -> None:
    number = a_card("Tuần tra cổng trường")
    _write(alice, number, "@Công an phường khi nào xong?")
    assert "Nhắc đến tôi" in bob.get("/w/north/mine").text
    assert "khi nào xong" not in bob.get("/w/north/mine").text
    _write(bob, number, "Thứ Năm")
    assert "Nhắc đến tôi" not in bob.get("/w/north/mine").text


def test_seen_takes_it_off_and_only_whom_it_concerns_may(
    alice: Browser, bob: Browser, mai: Browser, charlie: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    _write(alice, a_card(), "@Bob Công An")
    [(mention,)] = behind_the_wall.query("select id from app.mention")
    for stranger, ward in ((mai, "north"), (charlie, "north"), (charlie, "south")):
        assert stranger.post(f"/w/{ward}/mentions/{mention}/answer").status_code == 404
    assert bob.post(f"/w/north/mentions/{mention}/answer").status_code == 303
    assert "Nhắc đến tôi" not in bob.get("/w/north/mine").text


def test_whoever_does_not_see_the_card_is_not_mentioned_and_the_writer_is_told(
    alice: Browser, mai: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    said = _write(alice, number, "@Mai Nhà Trường và @Bob Công An", htmx=True)
    assert "Mai Nhà Trường không xem được việc này" in said
    assert behind_the_wall.query("select count(*) from app.mention") == [(1,)]
    assert _stored(behind_the_wall).startswith("@Mai Nhà Trường và @[c:")
    assert mai.get(f"/w/north/cards/{number}").status_code == 403
    assert "Nhắc đến tôi" not in mai.get("/w/north/mine").text


def test_a_mention_disappears_from_the_page_of_who_may_no_longer_see_the_card(
    alice: Browser, mai: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot
) -> None:
    number = a_card(supporting=(cast.schools,))
    _write(alice, number, "@Mai Nhà Trường phối hợp nhé")
    assert "Nhắc đến tôi" in mai.get("/w/north/mine").text
    behind_the_wall.execute("delete from app.support")
    assert "Nhắc đến tôi" not in mai.get("/w/north/mine").text


def test_the_picker_says_who_does_not_see_the_card(
    alice: Browser, mai: Browser, charlie: Browser, a_card: CardMaker
) -> None:
    here = f"/w/north/cards/{a_card()}/mentionable"
    page = alice.get(here).text
    assert page.index("Bob Công An") < page.index("Mai Nhà Trường")
    assert "không xem được việc này" in page
    assert "Charlie" not in page
    assert mai.get(here).status_code == 403
    assert charlie.get(here).status_code == 404


def test_what_reminders_may_know_is_ids_only(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    _write(alice, a_card(), "@Công an phường xem giúp")
    with app.app_context(), inside_ward(cast.north):
        [one] = open_mentions(MARCH)
        assert (one.agency_id, one.contact_id) == (cast.police, None)
        assert not any(isinstance(value, str) for value in vars(one).values())


def test_an_address_and_an_unknown_name_are_just_words(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    _write(alice, a_card(), "Gửi bob@north.example và @ai đó")
    assert _stored(behind_the_wall) == "Gửi bob@north.example và @ai đó"
    assert behind_the_wall.query("select 1 from app.mention") == []
