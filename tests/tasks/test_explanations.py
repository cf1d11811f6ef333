"""A late card's agency is asked why, answers on the card, and is read; each step in the strips of who has to act."""

import re

from tests.cards import DUE_FAR, DUE_PAST, CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away


def _asked(lan: Browser, a_card: CardMaker, **fields: object) -> int:
    number = a_card(due_on=DUE_PAST)
    assert lan.post(f"/w/north/cards/{number}/explanation", **fields).status_code == 303
    return number


def test_the_agency_sees_it_first_of_all_and_answers(
    lan: Browser, bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = _asked(lan, a_card, question="Vì sao chưa tuần tra?")
    assert "1 việc cần giải trình" in bob.get("/w/north/board").text
    assert "Cần giải trình" in bob.get("/w/north/mine").text
    page = bob.get(f"/w/north/cards/{number}").text
    assert "Vì sao chưa tuần tra?" in page
    assert 'name="answer"' in page
    answer = bob.post(f"/w/north/cards/{number}/explanation/answer", answer="Thiếu người, xong ngày 5/6")
    assert answer.status_code == 303
    card = look(number)
    assert (card["explain_state"], card["explain_answer"]) == ("answered", "Thiếu người, xong ngày 5/6")
    assert kinds(number)[-2:] == ["explanation_asked", "explained"]
    assert "cần giải trình" not in bob.get("/w/north/board").text


def test_who_asked_finds_the_answer_among_what_to_do_and_says_it_was_read(
    lan: Browser, alice: Browser, bob: Browser, a_card: CardMaker, look: Look
) -> None:
    number = _asked(lan, a_card)
    assert "giải trình mới" not in lan.get("/w/north/board").text
    bob.post(f"/w/north/cards/{number}/explanation/answer", answer="Mưa lũ")
    for who in (lan, alice):
        assert "1 giải trình mới" in who.get("/w/north/board").text
        assert f'id="card-{number}"' in who.get("/w/north/board?quick=explained").text
        assert f'id="card-{number}"' in who.get("/w/north/mine").text
    assert lan.post(f"/w/north/cards/{number}/explanation/reading").status_code == 303
    assert look(number)["explain_state"] == "read"
    assert "giải trình mới" not in lan.get("/w/north/board").text
    assert "Mưa lũ" in lan.get(f"/w/north/cards/{number}").text


def test_without_words_the_usual_question_is_asked_and_the_history_tells_it(
    lan: Browser, a_card: CardMaker
) -> None:
    number = _asked(lan, a_card, question="  ")
    page = lan.get(f"/w/north/cards/{number}").text
    assert "Nêu lý do chậm và ngày sẽ xong." in page
    assert "yêu cầu giải trình: “Nêu lý do" in re.sub(r"\s+", " ", page)


def test_work_that_is_not_late_is_not_asked_about(lan: Browser, a_card: CardMaker, look: Look) -> None:
    for number in (a_card(due_on=DUE_FAR), a_card()):
        assert "/explanation" not in lan.get(f"/w/north/cards/{number}").text
        assert lan.post(f"/w/north/cards/{number}/explanation").status_code == 409
        assert look(number)["explain_state"] == ""


def test_a_second_tap_and_an_empty_answer_change_nothing(
    lan: Browser, bob: Browser, a_card: CardMaker, look: Look
) -> None:
    number = _asked(lan, a_card)
    before = look(number)
    lan.post(f"/w/north/cards/{number}/explanation", question="Lần hai")
    assert bob.post(f"/w/north/cards/{number}/explanation/answer", answer=" ").status_code == 422
    assert look(number) == before


def test_the_request_and_the_answer_are_taken_back(
    lan: Browser, bob: Browser, a_card: CardMaker, look: Look
) -> None:
    number = _asked(lan, a_card)
    bob.post(f"/w/north/cards/{number}/explanation/answer", answer="Nhầm việc")
    for who, state in ((bob, "asked"), (lan, "asked")):
        event = re.search(r'name="event" value="([^"]+)"', who.get(f"/w/north/cards/{number}").text)
        if event:
            who.post(f"/w/north/cards/{number}/undo", event=event[1])
        assert (look(number)["explain_state"], look(number)["explain_answer"]) == (state, "")


def test_only_who_decides_asks_and_only_its_agency_answers(
    lan: Browser, bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker
) -> None:
    number = _asked(lan, a_card)
    strangers = {"mai": mai, "charlie": charlie, "nobody": nobody}
    assert bob.post(f"/w/north/cards/{number}/explanation").status_code == 403
    for act in ("explanation", "explanation/answer", "explanation/reading"):
        turned_away(act, number, answer="Tôi biết", **strangers)
