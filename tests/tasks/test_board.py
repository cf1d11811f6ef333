"""The board in its three views, filtered by its address; every count on it is that of the cards."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot

TODAY = local_day(utc_now())


@pytest.fixture
def cards(a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot) -> None:
    a_card("Quá hạn", due_on=DUE_PAST)
    a_card("Sắp hạn", due_on=TODAY + timedelta(days=2))
    a_card("Còn xa", due_on=DUE_FAR, agency_id=cast.schools)
    a_card("Không hạn", agency_id=cast.schools, supporting=(cast.police,))
    a_card("Chờ duyệt", due_on=DUE_FAR)
    a_card("Đã xong", due_on=DUE_FAR)
    a_card("Đã hủy", due_on=DUE_PAST)
    for number, change in {
        3: "state = 'doing', accepted_at = now()",
        5: "state = 'review', accepted_at = now(), submitted_at = now()",
        6: "state = 'done', accepted_at = now(), submitted_at = now(), closed_at = now()",
        7: "state = 'cancelled', closed_at = now()",
    }.items():
        behind_the_wall.execute(f"update app.card set {change} where number = {number}")


def _titles(page: str) -> set[str]:
    return set(re.findall(r'/cards/\d+">([^<]+)</a>', page))


ALL = {"Quá hạn", "Sắp hạn", "Còn xa", "Không hạn", "Chờ duyệt", "Đã xong"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ALL),
        ("?quick=late", {"Quá hạn"}),
        ("?quick=soon", {"Sắp hạn"}),
        ("?quick=undated", {"Không hạn"}),
        ("?quick=unaccepted", {"Quá hạn", "Sắp hạn", "Không hạn"}),
        ("?quick=nonsense", ALL),
        ("?agency=nonsense", ALL),
        ("?plan=00000000-0000-7000-8000-000000000007", set()),
        ("?view=list", ALL | {"Đã hủy"}),
        ("?view=lanes", ALL),
        ("?view=list&quick=late&q=qua", {"Quá hạn"}),
    ],
)
def test_the_address_says_what_is_shown(alice: Browser, cards: None, query: str, titles: set[str]) -> None:
    assert _titles(alice.get(f"/w/north/board{query}").text) == titles


def test_one_agencys_cards(alice: Browser, cards: None, cast: Cast) -> None:
    for view in ("columns", "lanes", "list"):
        page = alice.get(f"/w/north/board?view={view}&agency={cast.schools}").text
        assert _titles(page) == {"Còn xa", "Không hạn"}, view


def test_a_filter_is_kept_in_the_links_to_the_other_views(alice: Browser, cards: None, cast: Cast) -> None:
    page = alice.get(f"/w/north/board?agency={cast.schools}&quick=undated").text
    assert f"view=lanes&amp;agency={cast.schools}&amp;quick=undated" in page


def test_agency_people_see_what_they_lead_or_support_and_mine_narrows_nothing(
    bob: Browser, mai: Browser, cards: None
) -> None:
    assert _titles(bob.get("/w/north/board").text) == ALL - {"Còn xa"}
    assert _titles(mai.get("/w/north/board").text) == {"Còn xa", "Không hạn"}
    assert _titles(mai.get("/w/north/board?mine=1").text) == {"Còn xa", "Không hạn"}


def _counts(page: str) -> dict[str, int]:
    return {name: int(n) for name, n in re.findall(r'data-count="(\w+)">(\d+)<', page)}


def test_the_counts_are_those_of_the_cards_and_cancelled_ones_count_nowhere(
    alice: Browser, cards: None
) -> None:
    page = alice.get("/w/north/board").text
    counts = _counts(page)
    assert {state: counts[state] for state in ("todo", "doing", "review", "done")} == {
        "todo": 3,
        "doing": 1,
        "review": 1,
        "done": 1,
    }
    assert "6 việc" in page


def test_after_a_move_the_counts_sent_are_those_of_a_fresh_board(
    alice: Browser, bob: Browser, cards: None
) -> None:
    for who in (alice, bob):
        moved = who.post("/w/north/cards/1/state?from=board", htmx=True, state="doing")
        sent = re.findall(r'data-total="(\w+)"[^>]*>(\d+)<', moved.text)
        board = _counts(who.get("/w/north/board").text)
        assert sent
        for name, n in sent:
            if name in board:
                assert int(n) == board[name], name
        alice.post("/w/north/cards/1/state", state="todo")


def test_dates_of_a_column_are_said_as_people_say_them(alice: Browser, cards: None) -> None:
    page = alice.get("/w/north/board").text
    assert "Còn 2 ngày" in page
    assert f"Quá hạn {(TODAY - date(2020, 1, 1)).days} ngày" in page


def test_an_empty_board_shows_the_first_step_to_who_can_take_it(alice: Browser, bob: Browser) -> None:
    assert "Bắt đầu: tải lên kế hoạch" in alice.get("/w/north/board").text
    assert "Bắt đầu" not in bob.get("/w/north/board").text


def test_a_viewer_is_offered_no_button(app: object, cards: None, cast: Cast, alice: Browser) -> None:
    vy = Browser(alice.client.application).sign_in("vy@north.example")
    for address in ("/w/north/board", "/w/north/cards/1", "/w/north/mine"):
        page = vy.get(address).text
        assert 'formaction="' not in page
        assert "/state" not in page
        assert "/comments" not in page


def test_a_card_drawn_once_is_drawn_anew_when_it_changed(alice: Browser, a_card: CardMaker) -> None:
    number = a_card("Tên cũ")
    assert "Tên cũ" in alice.get("/w/north/board").text
    alice.post(f"/w/north/cards/{number}/title", title="Tên mới")
    page = alice.get("/w/north/board").text
    assert "Tên mới" in page
    assert "Tên cũ" not in page


def test_a_card_drawn_for_one_is_not_shown_with_the_buttons_of_another(
    alice: Browser, bob: Browser, a_card: CardMaker
) -> None:
    a_card()
    assert "Bắt đầu làm" in bob.get("/w/north/board").text
    assert "Bắt đầu làm" not in alice.get("/w/north/board").text


def test_late_cards_stand_first_in_their_column_then_those_due_soon_then_the_plans_order(
    alice: Browser, a_card: CardMaker
) -> None:
    a_card("Còn xa", due_on=DUE_FAR)
    a_card("Không hạn")
    a_card("Sắp hạn", due_on=TODAY + timedelta(days=2))
    a_card("Muộn một ngày", due_on=TODAY - timedelta(days=1))
    a_card("Hạn hôm nay", due_on=TODAY)
    a_card("Muộn năm ngày", due_on=TODAY - timedelta(days=5))
    order = re.findall(r'/cards/(\d+)">[^<]+</a></h3>', alice.get("/w/north/board").text)
    assert order == ["6", "4", "5", "3", "1", "2"]


@pytest.mark.parametrize("state", ["paused", "refused"])
def test_nobody_is_offered_to_remind_of_what_waits_for_others(
    alice: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot, state: str
) -> None:
    number = a_card(due_on=DUE_PAST)
    places = ["board", f"cards/{number}", "home", f"agencies/{cast.police}"]
    offers = [("reminder" in alice.get(f"/w/north/{place}").text.split("<main", 1)[1]) for place in places]
    behind_the_wall.execute(f"update app.card set state = '{state}', version = version + 1")
    assert offers == [True] * len(places)
    for place in places:
        assert "reminder" not in alice.get(f"/w/north/{place}").text.split("<main", 1)[1], place


def test_a_full_column_says_how_many_are_left_out(alice: Browser, a_card: CardMaker) -> None:
    for n in range(53):
        a_card(f"Việc {n}")
    page = alice.get("/w/north/board").text
    assert "Xem thêm 3 việc" in page
    assert _counts(page)["todo"] == 53
    assert len(_titles(alice.get("/w/north/board?view=list").text)) == 53


def test_who_only_looks_on_is_offered_nothing_they_would_be_refused(
    app: Flask, alice: Browser, cards: None
) -> None:
    vy = Browser(app).sign_in("vy@north.example")
    seen, steered = vy.get("/w/north/board").text, alice.get("/w/north/board").text
    offers = (
        "data-moves",
        "Xem và nhắc",
        "chuyển cột",
        "Thêm việc",
        'form="act"',
        "/home",
        "Chọn nhiều việc",
    )
    assert [offer for offer in offers if offer in seen] == []
    assert [offer for offer in offers if offer not in steered] == []
    assert 'href="/w/north/mine"' not in seen
    page = vy.get("/w/north/cards/1").text
    assert re.findall(r'<form[^>]*action="/w/north/cards/1[^"]*"', page) == []
