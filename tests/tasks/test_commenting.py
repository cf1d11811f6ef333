"""People write on a card: the lead, the supporters, those who steer."""

import pytest

from portal.tasks.commenting import LONGEST
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away


def _texts(behind_the_wall: Snapshot) -> list[object]:
    return [row[0] for row in behind_the_wall.query("select text from app.comment order by id")]


def test_a_comment_is_on_the_card_and_counted(
    bob: Browser, alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    assert bob.post(f"/w/north/cards/{number}/comments", text="  Hẹn tổ 5 thứ Năm\n").status_code == 303
    page = alice.get(f"/w/north/cards/{number}").text
    assert "Hẹn tổ 5 thứ Năm" in page
    assert "Bob Công An" in page
    assert look(number)["comment_count"] == 1
    assert kinds(number)[-1] == "commented"


def test_a_second_tap_adds_nothing(
    bob: Browser, a_card: CardMaker, kinds: Kinds, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    for _ in range(2):
        bob.post(f"/w/north/cards/{number}/comments", text="Đã nhận")
    assert _texts(behind_the_wall) == ["Đã nhận"]
    assert kinds(number).count("commented") == 1


def test_the_same_words_of_somebody_else_or_later_are_something_new(
    bob: Browser, alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/comments", text="Đã nhận")
    alice.post(f"/w/north/cards/{number}/comments", text="Đã nhận")
    behind_the_wall.execute("update app.comment set written_at = written_at - interval '1 day'")
    alice.post(f"/w/north/cards/{number}/comments", text="Đã nhận")
    assert len(_texts(behind_the_wall)) == 3


def test_text_is_stored_composed_and_shown_as_text(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/comments", text="Ho\u0300a <b hx-get='/x'>đậm</b>")
    assert _texts(behind_the_wall) == ["Hòa <b hx-get='/x'>đậm</b>"]
    assert "&lt;b hx-get" in bob.get(f"/w/north/cards/{number}").text


@pytest.mark.parametrize(("text", "why"), [("   \n ", "Viết nội dung"), ("a" * (LONGEST + 1), "quá dài")])
def test_nothing_and_too_much_are_refused_and_the_words_kept(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot, text: str, why: str
) -> None:
    number = a_card()
    for htmx in (False, True):
        answer = bob.post(f"/w/north/cards/{number}/comments", htmx=htmx, text=text)
        assert answer.status_code == 422
        assert why in answer.text
        assert text.strip() in answer.text
    assert _texts(behind_the_wall) == []


def test_a_supporting_agency_may_write(mai: Browser, a_card: CardMaker, cast: Cast) -> None:
    number = a_card(supporting=(cast.schools,))
    assert mai.post(f"/w/north/cards/{number}/comments", text="Trường phối hợp được").status_code == 303


def test_strangers_are_turned_away(
    mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    turned_away("comments", a_card(), mai=mai, charlie=charlie, nobody=nobody, text="xin chào")
    assert _texts(behind_the_wall) == []


def test_words_of_a_card_reach_no_message_mark_or_rollup(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    bob.post(f"/w/north/cards/{a_card()}/comments", text="Hẹn bà ngoại cháu ở tổ 5")
    tables = behind_the_wall.query("select tablename from pg_tables where schemaname = 'app'")
    holding = [
        name
        for (name,) in tables
        if behind_the_wall.query(
            f"select 1 from app.{name} as t where t::text like %s limit 1", ("%Hẹn bà ngoại%",)
        )
    ]
    assert holding == ["comment"]
