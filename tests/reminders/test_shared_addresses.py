"""Several people name one address or one telephone: one message goes there, greeting the agency, each card once."""

from datetime import timedelta

from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, body, links
from tests.reminders.texting import Texts

SHARED = "mot-cua@phuong.example"


def share(post: Post, alice: Browser, cast: Cast) -> None:
    """Bob of the police, a colleague of his, and Mai of the schools read the same box."""
    typed = {"name": "Hoa Trực Ban", "title": "Trực ban", "email": SHARED, "phone": ""}
    assert alice.post(f"/w/north/agencies/{cast.police}/contacts", **typed).status_code == 303
    for name in ("Bob Công An", "Mai Nhà Trường"):
        post.wall.execute(f"update app.contact set email = '{SHARED}' where name = '{name}'")


def test_one_letter_names_the_agencies_and_each_card_once(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    share(post, alice, cast)
    for agency_id in (cast.police, cast.schools):
        due(TODAY, agency_id=agency_id)
    post.plan()
    post.drain()
    [letter] = post.letters()
    assert letter["Subject"].startswith("2 việc cần xử lý")
    assert len(links(letter)) == 2
    greeting = next(line for line in body(letter).splitlines() if "Kính gửi" in line)
    assert "anh/chị" not in greeting
    for words in ("Bob", "Mai", "Hoa Trực Ban"):
        assert words not in body(letter)
    assert ";" in greeting


def test_who_leaves_the_box_takes_only_their_own_work_along(
    post: Post, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    share(post, alice, cast)
    for agency_id in (cast.police, cast.schools):
        due(TODAY, agency_id=agency_id)
    post.plan()
    post.wall.execute("update app.contact set email = 'mai@north.example' where name = 'Mai Nhà Trường'")
    post.drain()
    [letter] = post.letters()
    assert len(links(letter)) == 1
    assert post.states() == [("accepted", "")]


def test_an_ended_box_says_so(post: Post, due: CardMaker, alice: Browser, cast: Cast) -> None:
    share(post, alice, cast)
    due(TODAY)
    post.plan()
    post.wall.execute("update app.contact set email = 'khac@north.example'")
    post.drain()
    assert post.states() == [("cancelled", "contact_changed")]


def test_one_telephone_of_two_people_rings_once(
    texts: Texts, due: CardMaker, alice: Browser, cast: Cast
) -> None:
    texts.late_for_bob(due)
    typed = {"name": "Hoa Trực Ban", "title": "", "email": "hoa@phuong.example", "phone": "+84 912 345 678"}
    assert alice.post(f"/w/north/agencies/{cast.police}/contacts", **typed).status_code == 303
    texts.send(MORNING + timedelta(minutes=1))
    assert len(texts.taken()) == 1
    assert texts.post.wall.query("select count(*) from app.delivery where channel = 'email'") == [(2,)]
