"""A confidential card is read by its agencies and the leader; others of the ward see number, agency, state and date."""

import io
import json
import re
import uuid

import openpyxl
import pytest
from flask import Flask

from portal.reminders.card_words import shown_of
from portal.tasks.card_queries import card_or_404
from portal.tenants.boundary import inside_ward
from tests.cards import DUE_PAST, CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away
from tests.tasks.pictures import PDF

#: Each stands in another field of the card; nothing else on any page says it.
WORDS = (
    "zebra-ten",
    "zebra-loi",
    "zebra-muc",
    "zebra-ket",
    "zebra-viec",
    "zebra-noi",
    "zebra-vuong",
    "zebra-tep",
)
MARKED = "Việc bảo mật"


@pytest.fixture
def vy(app: Flask, cast: Cast) -> Browser:
    """Looks on in North."""
    return Browser(app).sign_in("vy@north.example")


@pytest.fixture
def secret(lan: Browser, bob: Browser, a_card: CardMaker, cast: Cast) -> int:
    """A card of the police, full of words, that the leader marked confidential."""
    number = a_card("Hỗ trợ zebra-ten", text="Lời zebra-loi", locator="zebra-muc", due_on=DUE_PAST)
    here = f"/w/north/cards/{number}"
    assert bob.post(f"{here}/checks", text="zebra-viec").status_code == 303
    assert bob.post(f"{here}/comments", text="zebra-noi").status_code == 303
    assert bob.post(f"{here}/obstacle", why="zebra-vuong").status_code == 303
    assert bob.post(f"{here}/evidence", files=(io.BytesIO(PDF), "zebra-tep.pdf")).status_code == 303
    assert bob.post(f"{here}/state", state="doing").status_code == 303
    assert bob.post(f"{here}/state", state="review", result="zebra-ket").status_code == 303
    assert lan.post(f"{here}/confidentiality", confidential="1").status_code == 303
    return number


def _addresses(app: Flask, number: int, ids: list[str]) -> list[str]:
    """Every page of the ward that can be opened with what this card is called by."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/w/<ward>") and "GET" in (rule.methods or set()):
            address = rule.rule.replace("<ward>", "north").replace("<int:number>", str(number))
            address = re.sub(r"<int:\w+>", "1", address)
            found += [re.sub(r"<uuid:\w+>", one, address) for one in ids]
    views = ("", "?view=lanes", "?view=list", "?q=zebra", "?quick=late", "?quick=unaccepted")
    more = (
        "/w/north/search?q=zebra",
        "/w/north/search?q=cong+an",
        f"/w/north/search?q={number}",
        "/w/north/board?view=calendar",
        "/w/north/board?view=year",
    )
    return sorted({*found, *more, *(f"/w/north/board{view}" for view in views)})


@pytest.mark.parametrize("person", ["vy", "alice", "mai"])
def test_no_page_of_the_ward_says_its_words_to_others(
    app: Flask, secret: int, behind_the_wall: Snapshot, person: str, request: pytest.FixtureRequest
) -> None:
    who: Browser = request.getfixturevalue(person)
    ids = [
        str(row[0])
        for row in behind_the_wall.query("select id from app.evidence union select id from app.card")
    ]
    opened = 0
    for address in _addresses(app, secret, ids):
        for htmx in ({}, {"HX-Request": "true"}):
            answer = who.get(address, **htmx)
            assert answer.status_code < 500, address
            opened += answer.status_code == 200
            page = answer.data.decode("utf-8", "replace")
            assert not [word for word in WORDS if word in page], address
    assert opened > 10


def test_its_agencies_and_the_leader_read_everything(
    bob: Browser, lan: Browser, mai: Browser, alice: Browser, secret: int, cast: Cast
) -> None:
    for who in (bob, lan):
        page = who.get(f"/w/north/cards/{secret}").text
        assert not [word for word in WORDS if word not in page]
        assert "zebra-ten" in who.get("/w/north/board?q=zebra").text
    lan.post(f"/w/north/cards/{secret}/assignment", agency=cast.police, supporting=cast.schools)
    assert "zebra-ten" in mai.get(f"/w/north/cards/{secret}").text


def test_others_see_number_agency_state_and_date(vy: Browser, secret: int) -> None:
    page = vy.get(f"/w/north/cards/{secret}").text
    for words in (f"Việc số {secret}", MARKED, "Công an", "Chờ duyệt", "01/01/2020"):
        assert words in page
    board = vy.get("/w/north/board").text
    assert f'id="card-{secret}"' in board
    assert MARKED in board


def test_searching_for_its_words_finds_nothing_and_for_its_number_the_card(
    vy: Browser, lan: Browser, secret: int
) -> None:
    assert f'id="card-{secret}"' not in vy.get("/w/north/board?q=zebra").text
    assert f'id="card-{secret}"' in vy.get(f"/w/north/board?q={secret}").text
    assert f'id="card-{secret}"' in lan.get("/w/north/board?q=zebra").text


def test_the_spreadsheet_takes_no_word_of_it_away(
    vy: Browser, alice: Browser, lan: Browser, secret: int
) -> None:
    def cells(who: Browser) -> str:
        sheet = openpyxl.load_workbook(io.BytesIO(who.get("/w/north/board.xlsx").data)).active
        assert sheet is not None
        return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)

    for who in (vy, alice):
        words = cells(who)
        assert "zebra" not in words
        assert MARKED in words
        assert "Công an" in words
    assert "zebra-ten" in cells(lan)


def test_a_spreadsheet_brought_back_changes_nothing_of_it(alice: Browser, secret: int, look: Look) -> None:
    book = alice.get("/w/north/board.xlsx").data
    before = look(secret)
    workbook = openpyxl.load_workbook(io.BytesIO(book))
    sheet = workbook.active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == MARKED:
                cell.value = "Tên khác"
    out = io.BytesIO()
    workbook.save(out)
    out.seek(0)
    page = alice.post("/w/north/board.xlsx", file=(out, "bang.xlsx"))
    assert page.status_code == 200
    assert "Tên khác" not in page.text
    change = json.dumps({"number": secret, "field": "title", "value": "Khác", "seen": "x"})
    assert alice.post("/w/north/board/changes", take=change).status_code == 403
    assert look(secret) == before


def test_others_may_do_nothing_with_it(alice: Browser, secret: int, look: Look) -> None:
    before = look(secret)
    for act, fields in {
        "title": {"title": "Khác"},
        "due": {"due_on": "1/1/2999"},
        "comments": {"text": "chào"},
        "state": {"state": "done"},
        "confidentiality": {"confidential": "0"},
    }.items():
        for htmx in (False, True):
            answer = alice.post(f"/w/north/cards/{secret}/{act}", htmx=htmx, **fields)
            assert answer.status_code == 403, act
            assert "zebra" not in answer.text
    assert look(secret) == before


@pytest.mark.parametrize("htmx", [False, True])
def test_who_marked_it_may_take_that_back_at_once_without_reading_it(
    alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds, behind_the_wall: Snapshot, htmx: bool
) -> None:
    number = a_card("zebra-ten")
    page = alice.post(f"/w/north/cards/{number}/confidentiality", htmx=htmx, confidential="1")
    assert page.status_code == (200 if htmx else 303)
    shown = page.text if htmx else alice.get(f"/w/north/cards/{number}").text
    assert "zebra" not in shown
    event = re.search(r'name="event" value="([^"]+)"', shown)
    assert event, shown
    assert alice.post(f"/w/north/cards/{number}/undo", htmx=htmx, event=event[1]).status_code in {200, 303}
    assert look(number)["confidential"] is False
    assert kinds(number)[-2:] == ["made_confidential", "undone"]
    assert "zebra-ten" in alice.get(f"/w/north/cards/{number}").text


def test_nobody_else_may_take_it_back(
    alice: Browser, vy: Browser, secret: int, behind_the_wall: Snapshot, look: Look
) -> None:
    event = behind_the_wall.query("select id::text from app.card_event where kind = 'made_confidential'")[0][
        0
    ]
    assert alice.post(f"/w/north/cards/{secret}/undo", event=event).status_code == 403
    assert look(secret)["confidential"] is True


def test_the_leader_opens_it_again(lan: Browser, vy: Browser, secret: int, kinds: Kinds) -> None:
    lan.post(f"/w/north/cards/{secret}/confidentiality", confidential="0")
    assert "zebra-ten" in vy.get(f"/w/north/cards/{secret}").text
    assert kinds(secret)[-1] == "made_open"


def test_a_second_tap_changes_nothing(lan: Browser, secret: int, kinds: Kinds) -> None:
    before = kinds(secret)
    assert lan.post(f"/w/north/cards/{secret}/confidentiality", confidential="1").status_code == 303
    assert kinds(secret) == before


def test_agencies_and_strangers_mark_nothing(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker
) -> None:
    number = a_card()
    assert bob.post(f"/w/north/cards/{number}/confidentiality", confidential="1").status_code == 403
    turned_away("confidentiality", number, mai=mai, charlie=charlie, nobody=nobody, confidential="1")


def test_a_message_about_it_says_its_number_only(app: Flask, cast: Cast, secret: int) -> None:
    with app.test_request_context(), inside_ward(cast.north):
        card = card_or_404(secret)
        card.plan_id, card.title = uuid.uuid4(), card.text
        shown = shown_of(card, "Công an", None)
    assert (shown["title"], shown["locator"], shown["number"]) == ("", "", secret)


def test_the_parts_of_a_shared_duty_go_with_it(
    lan: Browser, vy: Browser, bob: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number = a_card("zebra-ten", agency_id=None)
    lan.post(f"/w/north/cards/{number}/shares", among=[cast.police, cast.schools])
    assert "zebra" in vy.get("/w/north/board").text
    lan.post(f"/w/north/cards/{number}/confidentiality", confidential="1")
    assert "zebra" not in vy.get("/w/north/board").text
    assert "zebra-ten" in bob.get("/w/north/board").text
