"""A file that names children: only named people open it or learn its name, each look is kept, and it goes nowhere."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away
from tests.tasks.pictures import PDF, photo

NAME = "zebra danh sach"
Contact = Callable[[str], str]


@pytest.fixture
def contact(behind_the_wall: Snapshot, cast: Cast) -> Contact:
    """The id of somebody of North."""

    def of(name: str) -> str:
        return str(
            behind_the_wall.query(
                "select id::text from app.contact where ward_id = %s and name like %s",
                (cast.north, f"{name}%"),
            )[0][0]
        )

    return of


@pytest.fixture
def number(bob: Browser, a_card: CardMaker, cast: Cast) -> int:
    """A card of the police that the schools support, with a locked file that Bob sent."""
    number = a_card(supporting=(cast.schools,))
    sent = (io.BytesIO(PDF), f"{NAME}.pdf")
    answer = bob.post(f"/w/north/cards/{number}/evidence", files=sent, names_children="1")
    assert answer.status_code == 303
    return number


@pytest.fixture
def address(number: int, behind_the_wall: Snapshot) -> str:
    identity = behind_the_wall.query("select id::text from app.evidence")[0][0]
    return f"/w/north/cards/{number}/evidence/{identity}"


def test_who_sent_it_and_the_leader_open_it_and_each_look_is_kept(
    bob: Browser, lan: Browser, number: int, address: str, look: Look, kinds: Kinds
) -> None:
    before = look(number)
    assert bob.get(address).data == lan.get(address).data == PDF
    assert look(number) == before
    assert kinds(number)[-2:] == ["evidence_added", "evidence_locked"]
    page = bob.get(f"/w/north/cards/{number}").text
    assert NAME in page
    assert "Có tên trẻ em: 2 người xem" in page
    assert page.count("mở một tệp có tên trẻ em") == 2
    assert "Lan Lãnh Đạo" in page


@pytest.mark.parametrize("person", ["alice", "mai"])
def test_others_of_the_ward_are_told_who_may_open_it_and_not_what_it_is_called(
    number: int, address: str, person: str, request: pytest.FixtureRequest
) -> None:
    who: Browser = request.getfixturevalue(person)
    answer = who.get(address)
    assert answer.status_code == 403
    for name in ("Bob Công An", "Lan Lãnh Đạo"):
        assert name in answer.text
    page = who.get(f"/w/north/cards/{number}").text
    assert "Tệp có tên trẻ em" in page
    for text in (answer.text, page, who.get(f"{address}/preview").text, who.get(f"{address}/viewers").text):
        assert "zebra" not in text


def test_strangers_find_nothing(charlie: Browser, dung: Browser, nobody: Browser, address: str) -> None:
    for page in ("", "/viewers", "/preview"):
        got = [who.get(f"{address}{page}").status_code for who in (charlie, dung, nobody)]
        assert got == [404, 404, 303]


def test_its_name_is_on_no_page_list_or_export_of_the_ward(
    app: Flask, alice: Browser, mai: Browser, number: int, address: str
) -> None:
    identity = address.rsplit("/", 1)[1]
    opened = 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/w/<ward>") or "GET" not in (rule.methods or set()):
            continue
        page = rule.rule.replace("<ward>", "north").replace("<int:number>", str(number))
        page = re.sub(r"<int:\w+>", "1", re.sub(r"<uuid:\w+>", identity, page))
        for who in (alice, mai):
            answer = who.get(page)
            opened += answer.status_code == 200
            assert b"zebra" not in answer.data, page
    assert opened > 10
    assert b"zebra" not in alice.get("/w/north/board.xlsx").data
    assert "zebra" not in alice.get("/w/north/search?q=danh+sach").text


def test_a_photo_that_names_children_has_no_preview(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    sent = (io.BytesIO(photo()), "a.jpg")
    bob.post(f"/w/north/cards/{number}/evidence", files=sent, names_children="1")
    identity = behind_the_wall.query("select id::text from app.evidence")[0][0]
    assert bob.get(f"/w/north/cards/{number}/evidence/{identity}/preview").status_code == 404
    assert "/preview" not in bob.get(f"/w/north/cards/{number}").text


def test_viewers_are_added_and_taken_off_and_that_is_kept(
    bob: Browser, mai: Browser, lan: Browser, number: int, address: str, contact: Contact, kinds: Kinds
) -> None:
    page = bob.get(f"{address}/viewers").text
    for name in ("Bob Công An", "Lan Lãnh Đạo", "Alice Điều Phối", "Mai Nhà Trường"):
        assert name in page
    assert "Vy Người Xem" not in page
    assert bob.post(f"{address}/viewers", viewer=[contact("Bob"), contact("Mai")]).status_code == 303
    assert mai.get(address).data == PDF
    assert lan.get(address).status_code == 403
    assert kinds(number)[-1] == "viewers_changed"
    assert bob.post(f"{address}/viewers", viewer=[contact("Lan")]).status_code == 303
    assert (mai.get(address).status_code, bob.get(address).status_code) == (403, 403)


def test_the_leader_keeps_the_list_although_not_a_viewer(
    bob: Browser, lan: Browser, address: str, contact: Contact
) -> None:
    bob.post(f"{address}/viewers", viewer=[contact("Bob")])
    page = lan.get(f"{address}/viewers")
    assert page.status_code == 200
    assert "zebra" not in page.text
    assert lan.post(f"{address}/viewers", viewer=[contact("Lan")]).status_code == 303


def test_nobody_or_a_stranger_cannot_be_named(
    bob: Browser, number: int, address: str, contact: Contact, kinds: Kinds
) -> None:
    before = kinds(number)
    for viewers in ([], ["x"], [contact("Vy")], [contact("Bob"), "00000000-0000-7000-8000-000000000007"]):
        answer = bob.post(f"{address}/viewers", viewer=viewers)
        assert answer.status_code == 422
        assert "Chọn" in answer.text or "Chỉ chọn được" in answer.text
    bob.post(f"{address}/viewers", viewer=[contact("Bob"), contact("Lan")])
    assert kinds(number) == before


def test_others_change_neither_viewers_nor_lock(
    alice: Browser, mai: Browser, bob: Browser, charlie: Browser, address: str, contact: Contact
) -> None:
    for who, status in ((alice, 403), (mai, 403), (charlie, 404)):
        assert who.post(f"{address}/viewers", viewer=[contact("Mai")]).status_code == status
        assert who.post(f"{address}/unlocking", reason="x").status_code == status
        assert who.post(f"{address}/removal").status_code == status
    assert bob.post(f"{address}/unlocking", reason="x").status_code == 403


def test_the_leader_unlocks_with_a_reason(
    lan: Browser, mai: Browser, number: int, address: str, kinds: Kinds
) -> None:
    assert lan.post(f"{address}/unlocking", reason=" ").status_code == 422
    assert lan.post(f"{address}/unlocking", reason="Chỉ có số liệu").status_code == 303
    assert mai.get(address).data == PDF
    assert kinds(number)[-1] == "evidence_unlocked"
    assert "Chỉ có số liệu" in lan.get(f"/w/north/cards/{number}").text


def test_a_file_is_locked_afterwards(
    bob: Browser, mai: Browser, alice: Browser, a_card: CardMaker, cast: Cast, behind_the_wall: Snapshot
) -> None:
    number = a_card(supporting=(cast.schools,))
    bob.post(f"/w/north/cards/{number}/evidence", files=(io.BytesIO(PDF), "a.pdf"))
    identity = behind_the_wall.query("select id::text from app.evidence")[0][0]
    address = f"/w/north/cards/{number}/evidence/{identity}"
    assert mai.post(f"{address}/lock").status_code == 303
    assert mai.get(address).status_code == bob.get(address).status_code == 200
    assert alice.get(address).status_code == 403
    assert "Đã ghi trước đó" in mai.post(f"{address}/lock", htmx=True).text


def test_strangers_lock_nothing(
    mai: Browser,
    charlie: Browser,
    nobody: Browser,
    bob: Browser,
    a_card: CardMaker,
    behind_the_wall: Snapshot,
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/evidence", files=(io.BytesIO(PDF), "a.pdf"))
    identity = behind_the_wall.query("select id::text from app.evidence")[0][0]
    turned_away(f"evidence/{identity}/lock", number, mai=mai, charlie=charlie, nobody=nobody)


def test_what_the_city_reads_only_counts_it(app: Flask, number: int, behind_the_wall: Snapshot) -> None:
    granted = behind_the_wall.query(
        "select grantee, table_name from information_schema.role_table_grants where table_schema = 'app' "
        "and table_name in ('evidence', 'evidence_viewer', 'evidence_view', 'ward_key')"
    )
    assert {str(who) for who, _table in granted} <= {"portal_owner", "portal_app", "portal_backup"}
