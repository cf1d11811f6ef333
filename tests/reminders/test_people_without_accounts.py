"""People without an account: added by hand, written to, known to be there by a first answer, corrected, taken off."""

from datetime import timedelta
from email.message import EmailMessage

from portal.db import utc_now
from portal.wording import local_day
from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, links

BOX = {"name": "", "title": "", "email": "Cong-An@Phuong.example", "phone": ""}


def contacts_of(cast: Cast) -> str:
    return f"/w/north/agencies/{cast.police}/contacts"


def added(alice: Browser, cast: Cast, post: Post, **typed: str) -> str:
    """Alice adds somebody to the police; gives the address of their page. Bob hears nothing any more."""
    post.wall.execute("update app.contact set email = null, phone = null where name = 'Bob Công An'")
    assert alice.post(contacts_of(cast), **{**BOX, **typed}).status_code == 303
    [(contact_id,)] = post.wall.query("select id from app.contact where person_id is null")
    return f"/w/north/people/{contact_id}"


def linked(post: Post, due: CardMaker) -> tuple[str, EmailMessage]:
    """A letter that has just left, and its link."""
    today = local_day(utc_now())
    due(today)
    post.plan(utc_now(), day=today)
    post.drain(utc_now())
    [letter] = post.letters()
    [link] = links(letter)
    return link, letter


def test_a_box_of_an_agency_gets_reminders_and_its_first_tap_shows_that_it_is_there(
    post: Post, due: CardMaker, alice: Browser, nobody: Browser, cast: Cast
) -> None:
    page = added(alice, cast, post)
    assert "chưa xác nhận" in alice.get(page).text
    assert post.wall.query("select count(*) from app.account_mail") == [(0,)]
    link, letter = linked(post, due)
    assert letter["To"].addresses[0].addr_spec == "cong-an@phuong.example"
    nobody.get(link)
    assert "chưa xác nhận" in alice.get(page).text
    assert nobody.post(link, to="accepted").status_code == 303
    assert "đã xác nhận" in alice.get(page).text


def test_who_never_answers_gets_three_messages_until_somebody_asked(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    page = added(alice, cast, post)
    for days in range(4):
        due(TODAY + timedelta(days=days))
        now = MORNING + timedelta(days=days)
        post.plan(now)
        post.drain(now)
    assert len(post.journal()) == 3
    assert post.states()[-1] == ("cancelled", "unconfirmed")
    assert "Hỏi lại địa chỉ của" in alice.get("/w/north/mine").text
    assert alice.post(f"{page}/confirmation").status_code == 303
    assert "Hỏi lại địa chỉ của" not in alice.get("/w/north/mine").text


def test_another_address_ends_the_links_that_went_to_the_old_one(
    post: Post, due: CardMaker, alice: Browser, nobody: Browser, cast: Cast
) -> None:
    page = added(alice, cast, post, name="Hoa Trực Ban")
    link, _letter = linked(post, due)
    assert nobody.get(link).status_code == 200
    typed = {**BOX, "name": "Hoa Trực Ban"}
    alice.post(page, **typed)
    assert nobody.get(link).status_code == 200, "the same address"
    alice.post(page, **{**typed, "email": "truc-ban@phuong.example"})
    assert nobody.get(link).status_code == 404
    assert nobody.post(link, to="done").status_code == 404


def test_who_is_taken_off_hears_nothing_more_and_people_with_accounts_stay(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    page = added(alice, cast, post)
    [(bob,)] = post.wall.query("select id from app.contact where name = 'Bob Công An'")
    assert alice.post(f"/w/north/people/{bob}/departure").status_code == 422
    assert alice.post(f"{page}/departure").status_code == 303
    assert alice.get(page).status_code == 404
    due(TODAY)
    assert post.plan() == 0


def test_what_cannot_be_written_to_is_said_and_nothing_typed_is_lost(alice: Browser, cast: Cast) -> None:
    typed = {**BOX, "name": "Hoa Trực Ban", "email": ""}
    for wrong, why in (
        ({}, "Ghi e-mail hoặc số di động"),
        ({"email": "khong-phai"}, "Địa chỉ e-mail chưa đúng"),
        ({"phone": "02143 123"}, "Số di động chưa đúng"),
    ):
        answer = alice.post(contacts_of(cast), **{**typed, **wrong})
        assert answer.status_code == 422
        assert why in answer.text
        assert "Hoa Trực Ban" in answer.text
    for status in (303, 409):
        assert alice.post(contacts_of(cast), **{**typed, "phone": "+84 912 345 678"}).status_code == status
    assert "0912345678" in alice.get(contacts_of(cast)).text


def test_only_who_keeps_the_wards_people_and_only_in_their_ward(
    alice: Browser, bob: Browser, charlie: Browser, cast: Cast, post: Post
) -> None:
    page = added(alice, cast, post)
    assert bob.get(contacts_of(cast)).status_code == 403
    assert bob.post(page, **BOX).status_code == 403
    for address in (contacts_of(cast), page):
        assert charlie.get(address).status_code == 404
        assert charlie.get(address.replace("/north/", "/south/")).status_code == 404
    assert charlie.post(f"{page.replace('/north/', '/south/')}/departure").status_code == 404
    assert "cong-an@phuong.example" in alice.get(page).text
