"""Confidential cards in every view beside the board: number, agency, state and date, and never a word of theirs."""

from datetime import timedelta

import pytest

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot

TODAY = local_day(utc_now())


@pytest.fixture
def confidential(a_card: CardMaker, bob: Browser, behind_the_wall: Snapshot) -> None:
    a_card("Đón con bên đò", text="Đón con bên đò Bình Minh", due_on=TODAY + timedelta(days=1))
    bob.post("/w/north/cards/1/comments", text="Đã sang bến Bạch Đằng")
    behind_the_wall.execute("update app.card set confidential = true, version = version + 1")


@pytest.mark.parametrize(
    "page",
    [
        "board",
        "board?view=list",
        "board?view=list&sort=title",
        "board?view=calendar",
        "board?view=year",
        "week",
        "search?q=binh+minh",
        "search?q=bach+dang",
        "search?q=1",
        "home",
    ],
)
def test_who_may_not_read_it_reads_no_word_of_it(alice: Browser, confidential: None, page: str) -> None:
    shown = alice.get(f"/w/north/{page}").text
    for words in ("bên đò", "Bình Minh", "Bạch Đằng"):
        assert words not in shown


@pytest.mark.parametrize("words", ["binh minh", "bach dang", "đón con"])
def test_it_is_found_by_those_who_may_read_it_only(
    alice: Browser, bob: Browser, lan: Browser, confidential: None, words: str
) -> None:
    for who, found in ((alice, False), (bob, True), (lan, True)):
        page = who.client.get("/w/north/search", query_string={"q": words}).text
        assert ('id="card-1"' in page) is found


def test_its_paper_is_for_those_who_may_read_it(alice: Browser, bob: Browser, confidential: None) -> None:
    assert alice.get("/w/north/cards/1/paper").status_code == 403
    assert "bên đò" in bob.get("/w/north/cards/1/paper").text
