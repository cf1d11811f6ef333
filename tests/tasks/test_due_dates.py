"""Due dates are set, moved and taken away; a later date is an extension, and the first one stays visible."""

from datetime import date

import pytest

from portal.db import utc_now
from portal.wording import local_day
from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away

YEAR = local_day(utc_now()).year


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24/5", date(YEAR, 5, 24)),
        ("24-5-2024", date(2024, 5, 24)),
        ("24.05.24", date(2024, 5, 24)),
        ("24052024", date(2024, 5, 24)),
        (" ngày 24/05/2024 ", date(2024, 5, 24)),
        ("２４/５", date(YEAR, 5, 24)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_type_it(
    alice: Browser, a_card: CardMaker, look: Look, typed: str, meant: date
) -> None:
    number = a_card()
    assert alice.post(f"/w/north/cards/{number}/due", due_on=typed).status_code == 303
    card = look(number)
    assert (card["due_on"], card["original_due_on"], card["extensions"]) == (meant, meant, 0)


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("typed", ["31/4", "29/2/2027", "mai", "24/5/24/5", "0/0"])
def test_a_wrong_date_is_refused_with_an_example_and_the_words_are_kept(
    alice: Browser, a_card: CardMaker, look: Look, typed: str, htmx: bool
) -> None:
    number = a_card(due_on=date(2030, 1, 1))
    answer = alice.post(f"/w/north/cards/{number}/due", htmx=htmx, due_on=typed, why="Chờ cấp trên chốt lịch")
    assert answer.status_code == 422
    assert f"Ngày “{typed}” chưa đúng" in answer.text
    assert "Chờ cấp trên chốt lịch" in answer.text
    assert look(number)["due_on"] == date(2030, 1, 1)


def test_a_later_date_counts_as_an_extension_and_the_first_stays(
    alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card(due_on=date(2030, 1, 1))
    for typed in ("1/2/2030", "1/3/2030"):
        alice.post(f"/w/north/cards/{number}/due", due_on=typed, why="Mưa lũ")
    card = look(number)
    assert (card["due_on"], card["original_due_on"]) == (date(2030, 3, 1), date(2030, 1, 1))
    assert (card["extensions"], card["due_version"]) == (2, 3)
    assert kinds(number)[2:] == ["extended", "extended"]
    page = alice.get(f"/w/north/cards/{number}").text
    assert "hạn đầu 01/01/2030, gia hạn 2 lần" in page
    assert "đổi hạn 01/02/2030 thành 01/03/2030" in page
    assert "Mưa lũ" in page


def test_an_earlier_date_is_no_extension(alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds) -> None:
    number = a_card(due_on=date(2030, 1, 1))
    alice.post(f"/w/north/cards/{number}/due", due_on="1/12/2029")
    assert (look(number)["extensions"], kinds(number)[-1]) == (0, "due_set")


def test_a_date_is_taken_away(alice: Browser, a_card: CardMaker, look: Look) -> None:
    number = a_card(due_on=date(2030, 1, 1))
    alice.post(f"/w/north/cards/{number}/due", due_on="")
    card = look(number)
    assert (card["due_on"], card["original_due_on"]) == (None, date(2030, 1, 1))
    assert "bỏ hạn 01/01/2030" in alice.get(f"/w/north/cards/{number}").text


def test_a_second_tap_changes_nothing(alice: Browser, a_card: CardMaker, look: Look, kinds: Kinds) -> None:
    number = a_card()
    alice.post(f"/w/north/cards/{number}/due", due_on="24/5")
    before = look(number)
    assert "Đã ghi trước đó" in alice.post(f"/w/north/cards/{number}/due", htmx=True, due_on="24/5").text
    assert look(number) == before
    assert kinds(number).count("due_set") == 1


def test_the_date_of_finished_work_cannot_be_moved_afterwards(
    alice: Browser, bob: Browser, lan: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card(due_on=date(2020, 1, 1))
    bob.post(f"/w/north/cards/{number}/state", state="review")
    lan.post(f"/w/north/cards/{number}/state", state="done")
    assert alice.post(f"/w/north/cards/{number}/due", due_on="1/1/2035").status_code == 409
    assert look(number)["due_on"] == date(2020, 1, 1)


def test_strangers_and_the_agency_itself_are_turned_away(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card(due_on=date(2030, 1, 1))
    turned_away("due", number, mai=mai, charlie=charlie, nobody=nobody, due_on="24/5")
    assert bob.post(f"/w/north/cards/{number}/due", due_on="24/5").status_code == 403
    assert look(number)["due_on"] == date(2030, 1, 1)
