"""A comment is changed or taken away by who wrote it, within a quarter of an hour; the old words are kept nowhere."""

import pytest

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look


@pytest.fixture
def written(bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot) -> str:
    """The address of a comment Bob just wrote."""
    number = a_card()
    bob.post(f"/w/north/cards/{number}/comments", text="Nhầm chỗ @Alice Điều Phối")
    [(comment,)] = behind_the_wall.query("select id from app.comment")
    return f"/w/north/cards/{number}/comments/{comment}"


def _everywhere(behind_the_wall: Snapshot, words: str) -> list[str]:
    tables = behind_the_wall.query("select tablename from pg_tables where schemaname = 'app'")
    return [
        name
        for (name,) in tables
        if behind_the_wall.query(
            f"select 1 from app.{name} as t where t::text like %s limit 1", (f"%{words}%",)
        )
    ]


def test_new_words_stand_in_place_of_the_old_and_the_history_says_so(
    bob: Browser, alice: Browser, written: str, behind_the_wall: Snapshot, kinds: Kinds
) -> None:
    assert bob.post(written, text="Hẹn thứ Năm").status_code == 303
    page = alice.get(written.split("/comments")[0]).text
    assert "Hẹn thứ Năm" in page
    assert "(đã sửa)" in page
    assert "sửa một trao đổi" in page
    assert kinds(1)[-1] == "comment_edited"
    assert _everywhere(behind_the_wall, "Nhầm chỗ") == []
    assert behind_the_wall.query("select 1 from app.mention") == []


def test_a_removed_comment_leaves_no_word_and_is_not_counted(
    bob: Browser, alice: Browser, written: str, behind_the_wall: Snapshot, look: Look
) -> None:
    bob.post(f"/w/north/cards/{look(1)['number']}/comments", text="Còn lại")
    assert bob.post(f"{written}/removal").status_code == 303
    page = alice.get(written.split("/comments")[0]).text
    assert "Đã xóa trao đổi này" in page
    assert "xóa một trao đổi" in page
    assert look(1)["comment_count"] == 1
    assert _everywhere(behind_the_wall, "Nhầm chỗ") == []


@pytest.mark.parametrize("path", ["", "/removal"])
def test_nobody_else_may_not_even_the_leader(
    lan: Browser, mai: Browser, charlie: Browser, written: str, path: str, behind_the_wall: Snapshot
) -> None:
    for who, status in ((lan, 403), (mai, 403), (charlie, 404)):
        assert who.post(written + path, text="khác").status_code == status
    assert lan.post(f"{written[:-36]}00000000-0000-7000-8000-000000000000", text="x").status_code == 404
    assert _everywhere(behind_the_wall, "Nhầm chỗ") == ["comment"]


@pytest.mark.parametrize("path", ["", "/removal"])
def test_after_a_quarter_of_an_hour_it_stands(
    bob: Browser, written: str, path: str, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.execute("update app.comment set written_at = written_at - interval '16 minutes'")
    answer = bob.post(written + path, text="khác")
    assert answer.status_code == 409
    assert "15 phút" in answer.text
    assert "Sửa trao đổi" not in bob.get(written.split("/comments")[0]).text


def test_only_what_is_new_is_drawn(bob: Browser, written: str) -> None:
    card = written.split("/comments")[0]
    page = len(bob.get(card).text)
    for address in (f"{card}/comments", written):
        answer = bob.post(address, htmx=True, text="Đã liên hệ trường, hẹn thứ Năm.")
        assert answer.status_code == 200
        assert "Đã liên hệ trường" in answer.text
        assert len(answer.text) < page / 3
