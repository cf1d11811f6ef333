"""The leader's home: the four numbers, who is late, and every decision made where it stands, and taken back."""

import re

import pytest

from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

HOME = "/w/north/home"


@pytest.fixture
def cards(a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot) -> None:
    a_card("Chờ duyệt", due_on=DUE_FAR)
    a_card("Xin hạn", due_on=DUE_PAST)
    a_card("Từ chối", due_on=DUE_FAR)
    a_card("Chưa giao", agency_id=None, supporting=(cast.schools,), due_on=DUE_FAR)
    a_card("Không hạn")
    a_card("Xong muộn", due_on=DUE_PAST)
    a_card("Xong đúng", due_on=DUE_FAR)
    a_card("Đã hủy", due_on=DUE_PAST)
    for number, change in {
        1: "state = 'review', accepted_at = now(), submitted_at = now(), result = 'Đã làm xong'",
        2: "asked_due_on = '2999-02-01', asked_why = 'Chờ kinh phí'",
        3: "state = 'refused', reason = 'Không phải việc của Công an'",
        6: "state = 'done', submitted_at = now(), closed_at = now()",
        7: "state = 'done', submitted_at = now(), closed_at = now()",
        8: "state = 'cancelled', closed_at = now()",
    }.items():
        behind_the_wall.execute(f"update app.card set {change} where number = {number}")


def _piles(page: str) -> dict[str, list[str]]:
    return {
        name: re.findall(r'/cards/\d+">([^<]+)</a></h3>', body)
        for name, body in re.findall(r'aria-labelledby="([\w-]+)">(.*?)</section>', page, re.S)
    }


def test_who_steers_begins_there_and_everybody_else_elsewhere(
    lan: Browser, alice: Browser, bob: Browser, cards: None
) -> None:
    vy = Browser(bob.client.application).sign_in("vy@north.example")
    assert lan.get("/w/north/start").headers["Location"] == HOME
    assert alice.get("/w/north/start").headers["Location"] == HOME
    assert vy.get("/w/north/start").headers["Location"] == "/w/north/board"
    assert bob.get("/w/north/start").headers["Location"] == "/w/north/mine"


def test_each_card_waits_once_where_it_is_to_be_decided(lan: Browser, cards: None) -> None:
    page = lan.get(HOME).text
    piles = _piles(page)
    assert piles["cho-duyet"] == ["Chờ duyệt"]
    assert piles["xin-lui-han"] == ["Xin hạn"]
    assert piles["tu-choi"] == ["Từ chối"]
    assert piles["chua-giao"] == ["Chưa giao"]
    assert piles["chua-co-han"] == ["Không hạn"]
    assert "5 việc đang chờ" in page
    for words in ("Đã làm xong", "Chờ kinh phí", "Không phải việc của Công an"):
        assert words in page


def test_the_four_numbers_are_those_of_the_cards_and_lead_to_them(lan: Browser, cards: None) -> None:
    page = lan.get(HOME).text
    four = re.findall(r'quick=(\w+)&amp;sort=due"><b class="num">(\d+)<', page)
    assert four == [("done_on_time", "1"), ("done_late", "1"), ("open_in_time", "4"), ("open_overdue", "1")]
    for bucket, n in four:
        listed = lan.get(f"/w/north/board?view=list&quick={bucket}").text
        assert len(re.findall(r'<tr id="card-', listed)) == int(n), bucket


def test_who_is_late_stands_beside(lan: Browser, cards: None, cast: Cast) -> None:
    page = lan.get(HOME).text
    assert f'/agencies/{cast.police}"' in page
    assert "1 quá hạn" in page


@pytest.mark.parametrize(
    ("act", "fields", "column", "value"),
    [
        ("1/state", {"state": "done"}, "state", "done"),
        ("1/state", {"state": "returned", "reason": "Thiếu minh chứng"}, "state", "returned"),
        ("2/extension/decision", {"granted": "1"}, "due_on::text", "2999-02-01"),
        ("3/state", {"state": "todo"}, "state", "todo"),
        ("5/due", {"due_on": "24/05/2999"}, "due_on::text", "2999-05-24"),
    ],
)
def test_a_decision_is_made_in_its_place(
    lan: Browser,
    cards: None,
    behind_the_wall: Snapshot,
    act: str,
    fields: dict[str, str],
    column: str,
    value: str,
) -> None:
    answer = lan.post(f"/w/north/cards/{act}", back=HOME, **fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)
    number = int(act.split("/")[0])
    assert behind_the_wall.query(f"select {column} from app.card where number = {number}") == [(value,)]


def test_nobodys_card_is_given_in_its_place_and_keeps_who_supports_it(
    lan: Browser, cards: None, cast: Cast, behind_the_wall: Snapshot
) -> None:
    assert f'name="supporting" value="{cast.schools}"' in lan.get(HOME).text
    lan.post("/w/north/cards/4/assignment", back=HOME, agency=cast.police, supporting=cast.schools)
    assert behind_the_wall.query("select agency_id from app.card where number = 4") == [(cast.police,)]
    assert behind_the_wall.query("select agency_id from app.support") == [(cast.schools,)]


def test_an_approval_is_taken_back_from_the_next_page(
    lan: Browser, cards: None, behind_the_wall: Snapshot
) -> None:
    lan.post("/w/north/cards/1/state", back=HOME, state="done")
    page = lan.get(HOME).text
    found = re.search(
        r'action="([^"]+/undo)".*?name="event" value="([^"]+)".*?name="back" value="([^"]+)"', page
    )
    assert found
    address, event, back = found.groups()
    assert lan.post(address, event=event, back=back).headers["Location"] == HOME
    assert behind_the_wall.query("select state from app.card where number = 1") == [("review",)]
    assert 'name="event"' not in lan.get(HOME).text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_way_back_never_leaves_the_site(lan: Browser, cards: None, back: str) -> None:
    answer = lan.post("/w/north/cards/1/state", back=back, state="done")
    assert answer.headers["Location"] == "/w/north/cards/1"


def test_who_decides_nothing_is_turned_away(
    bob: Browser, mai: Browser, charlie: Browser, cards: None
) -> None:
    assert bob.get(HOME).status_code == 403
    assert mai.get(HOME).status_code == 403
    assert charlie.get(HOME).status_code == 404


def test_nothing_to_decide_says_so(lan: Browser, a_card: CardMaker) -> None:
    a_card(due_on=DUE_FAR)
    assert "Không có việc nào chờ quyết định." in lan.get(HOME).text
