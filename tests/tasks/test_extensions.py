"""An agency asks for more time; those who decide grant it or keep the date."""

from datetime import date

import pytest

from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away

FIRST, LATER = date(2030, 1, 1), date(2030, 2, 1)


@pytest.fixture
def asked(bob: Browser, a_card: CardMaker) -> int:
    number = a_card(due_on=FIRST)
    answer = bob.post(f"/w/north/cards/{number}/extension", due_on="1/2/2030", why="Hai hộ đi vắng")
    assert answer.status_code == 303
    return number


def test_asking_changes_no_date_and_is_seen_by_who_decides(
    lan: Browser, asked: int, look: Look, kinds: Kinds
) -> None:
    card = look(asked)
    assert (card["due_on"], card["asked_due_on"], card["asked_why"]) == (FIRST, LATER, "Hai hộ đi vắng")
    assert kinds(asked)[-1] == "extension_asked"
    assert "Xin lùi hạn đến 01/02/2030" in lan.get(f"/w/north/cards/{asked}").text
    assert "Chờ anh/chị quyết định" in lan.get("/w/north/mine").text


def test_granting_moves_the_date_and_counts_it(lan: Browser, asked: int, look: Look, kinds: Kinds) -> None:
    assert lan.post(f"/w/north/cards/{asked}/extension/decision", granted="1").status_code == 303
    card = look(asked)
    assert (card["due_on"], card["original_due_on"], card["extensions"]) == (LATER, FIRST, 1)
    assert (card["asked_due_on"], card["asked_why"], card["due_version"]) == (None, "", 2)
    assert kinds(asked)[-1] == "extended"


def test_declining_keeps_the_date_and_is_told(
    lan: Browser, bob: Browser, asked: int, look: Look, kinds: Kinds
) -> None:
    lan.post(f"/w/north/cards/{asked}/extension/decision", granted="0")
    card = look(asked)
    assert (card["due_on"], card["extensions"], card["asked_due_on"]) == (FIRST, 0, None)
    assert kinds(asked)[-1] == "extension_declined"
    assert "không đồng ý lùi hạn đến 01/02/2030" in bob.get(f"/w/north/cards/{asked}").text


@pytest.mark.parametrize("granted", ["1", "0"])
def test_a_second_decision_finds_nothing_to_decide(
    lan: Browser, asked: int, look: Look, granted: str
) -> None:
    lan.post(f"/w/north/cards/{asked}/extension/decision", granted="1")
    before = look(asked)
    answer = lan.post(f"/w/north/cards/{asked}/extension/decision", granted=granted)
    assert answer.status_code == 409
    assert look(asked) == before


def test_asking_twice_for_the_same_is_asking_once(bob: Browser, asked: int, look: Look, kinds: Kinds) -> None:
    before = look(asked)
    bob.post(f"/w/north/cards/{asked}/extension", due_on="1/2/2030", why="Hai hộ đi vắng")
    assert look(asked) == before
    assert kinds(asked).count("extension_asked") == 1


@pytest.mark.parametrize(
    ("due_on", "why", "advice"),
    [
        ("1/2/2030", "  ", "Ghi lý do xin lùi hạn."),
        ("1/1/2030", "Bận", "Ngày xin phải sau hạn hiện nay."),
        ("1/12/2029", "Bận", "Ngày xin phải sau hạn hiện nay."),
        ("", "Bận việc khác của quận", "chưa đúng"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_asking_badly_is_refused_and_the_words_kept(
    bob: Browser, a_card: CardMaker, look: Look, due_on: str, why: str, advice: str, htmx: bool
) -> None:
    number = a_card(due_on=FIRST)
    answer = bob.post(f"/w/north/cards/{number}/extension", htmx=htmx, due_on=due_on, why=why)
    assert answer.status_code == 422
    assert advice in answer.text
    assert why.strip() in answer.text
    assert look(number)["asked_due_on"] is None


def test_a_date_set_meanwhile_answers_the_question(alice: Browser, asked: int, look: Look) -> None:
    alice.post(f"/w/north/cards/{asked}/due", due_on="1/3/2030")
    card = look(asked)
    assert (card["due_on"], card["asked_due_on"], card["extensions"]) == (date(2030, 3, 1), None, 1)


def test_who_may_ask_and_who_may_decide(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, lan: Browser, asked: int, look: Look
) -> None:
    turned_away("extension", asked, mai=mai, charlie=charlie, nobody=nobody, due_on="1/6/2030", why="x")
    turned_away("extension/decision", asked, mai=mai, charlie=charlie, nobody=nobody, granted="1")
    assert bob.post(f"/w/north/cards/{asked}/extension/decision", granted="1").status_code == 403
    assert lan.post(f"/w/north/cards/{asked}/extension", due_on="1/6/2030", why="x").status_code == 403
    assert look(asked)["due_on"] == FIRST
