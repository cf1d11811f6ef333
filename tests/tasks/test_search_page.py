"""Search from every page: cards, the plan's words, comments and agencies, the found words marked; never what is not
the seeker's to see."""

import re

import pytest
from flask import Flask

from portal.tasks.highlighting import excerpt, marked
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.statements import counted_statements


def _ask(who: Browser, words: str, ward: str = "north") -> str:
    return str(who.client.get(f"/w/{ward}/search", query_string={"q": words}).text)


def _found(page: str) -> set[int]:
    return {int(n) for n in re.findall(r'id="card-(\d+)"', page)}


@pytest.fixture
def cards(alice: Browser, bob: Browser, a_card: CardMaker, cast: Cast) -> None:
    a_card("Tuần tra cổng trường", text="Mở đợt cao điểm trước Tết Trung thu, kiểm tra các tổ dân phố.")
    a_card("Dạy bơi hè", agency_id=cast.schools)
    bob.post("/w/north/cards/1/comments", text="Đã gặp hiệu trưởng, hẹn thứ Sáu rà soát lại")
    alice.post("/w/north/cards/2/comments", text="Bể bơi thuê của nhà văn hóa")


@pytest.mark.parametrize(
    ("words", "numbers", "shown"),
    [
        ("tuan tra", {1}, "<mark>Tuần</mark> <mark>tra</mark> cổng trường"),
        ("dân phố", {1}, "các tổ <mark>dân</mark> <mark>phố</mark>."),
        ("hieu truong", {1}, "<mark>hiệu</mark> <mark>trưởng</mark>"),
        ("NHÀ VĂN HOÁ", {2}, "<mark>nhà</mark> <mark>văn</mark> <mark>hóa</mark>"),
        ("boi", {2}, "Dạy <mark>bơi</mark> hè"),
        ("hieu bơi", set(), "Không tìm thấy"),
        ("2", {2}, ""),
    ],
)
def test_what_is_found_and_marked(
    alice: Browser, cards: None, words: str, numbers: set[int], shown: str
) -> None:
    page = _ask(alice, words)
    assert _found(page) == numbers
    assert shown in page


def test_comments_say_who_wrote_them(alice: Browser, cards: None) -> None:
    assert "<b>Bob Công An</b>: Đã gặp <mark>hiệu</mark>" in _ask(alice, "hieu")


def test_an_agency_is_found_by_its_name_and_leads_to_its_page(
    alice: Browser, mai: Browser, cards: None, cast: Cast
) -> None:
    assert f"/agencies/{cast.police}" in _ask(alice, "cong an")
    assert f"/agencies/{cast.police}" not in _ask(mai, "cong an")


def test_what_others_have_is_not_found(bob: Browser, mai: Browser, charlie: Browser, cards: None) -> None:
    assert _found(_ask(mai, "hieu truong")) == set()
    assert _found(_ask(bob, "van hoa")) == set()
    assert _found(_ask(charlie, "tuan tra", ward="south")) == set()
    assert charlie.get("/w/north/search?q=tuan").status_code == 404


def test_nothing_asked_finds_nothing_and_says_how(alice: Browser, cards: None) -> None:
    page = _ask(alice, "  ")
    assert _found(page) == set()
    assert "Gõ có dấu hay không dấu đều được." in page


def test_what_is_typed_stays_text(alice: Browser, a_card: CardMaker) -> None:
    a_card("Lớp <b>kỹ năng</b> & an toàn")
    page = _ask(alice, "<b>")
    assert "Lớp <mark>&lt;b&gt;</mark>kỹ năng&lt;/b&gt; &amp; an toàn" in page


@pytest.mark.parametrize(
    "page", ["board", "mine", "people", "outbox", "plans/new", "cards/1", "search", "week"]
)
def test_it_is_there_on_every_page(alice: Browser, cards: None, page: str) -> None:
    assert 'action="/w/north/search"' in alice.get(f"/w/north/{page}").text


def test_it_asks_no_more_of_many_than_of_few(
    app: Flask, alice: Browser, bob: Browser, a_card: CardMaker
) -> None:
    def asked() -> int:
        with counted_statements(app) as seen:
            _ask(alice, "viec")
        return len(seen)

    for n in range(2):
        bob.post(f"/w/north/cards/{a_card(f'Việc {n}')}/comments", text="việc này")
    few = asked()
    for n in range(60):
        a_card(f"Việc {n}")
    assert asked() <= few <= 12


def test_an_excerpt_is_cut_between_words() -> None:
    text = "mở đầu " * 40 + "ở giữa có Hòa Bình đây " + "kết thúc " * 60
    shown = excerpt(text, "hoa binh")
    assert "<mark>Hòa</mark> <mark>Bình</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 450
    assert excerpt(text, "vang mat") == ""
    assert marked("thẻ bảo hiểm cho trẻ em", "em") == "thẻ bảo hiểm cho trẻ <mark>em</mark>"
    assert marked("bảo hiểm", "em") == "bảo hi<mark>ểm</mark>"
    assert marked("Ất Ơ", "o") == "Ất <mark>Ơ</mark>"
