"""Where the card says so, nothing is submitted without evidence; those who steer say so, and may take it back."""

import io

from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look, turned_away
from tests.tasks.pictures import PDF


def test_nothing_is_submitted_before_there_is_evidence_and_what_was_typed_stays(
    alice: Browser, bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    here = f"/w/north/cards/{number}"
    assert alice.post(f"{here}/evidence/rule", required="1").status_code == 303
    assert "phải có minh chứng" in bob.get(here).text
    refused = bob.post(f"{here}/state", htmx=True, state="review", result="Đã thăm 12 tổ")
    assert (refused.status_code, "cần minh chứng" in refused.text, "Đã thăm 12 tổ" in refused.text) == (
        422,
        True,
        True,
    )
    bob.post(f"{here}/evidence", files=(io.BytesIO(PDF), "a.pdf"))
    assert bob.post(f"{here}/state", state="review", result="Đã thăm 12 tổ").status_code == 303
    assert look(number)["state"] == "review"
    assert "evidence_asked" in kinds(number)


def test_it_is_taken_back_and_a_second_tap_changes_nothing(
    alice: Browser, bob: Browser, a_card: CardMaker, kinds: Kinds
) -> None:
    number = a_card()
    rule = f"/w/north/cards/{number}/evidence/rule"
    for _tap in range(2):
        alice.post(rule, required="1")
    for _tap in range(2):
        alice.post(rule, required="0")
    assert kinds(number)[2:] == ["evidence_asked", "evidence_not_asked"]
    assert bob.post(f"/w/north/cards/{number}/state", state="review").status_code == 303


def test_agencies_and_strangers_do_not_decide_it(
    bob: Browser, mai: Browser, charlie: Browser, nobody: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    assert bob.post(f"/w/north/cards/{number}/evidence/rule", required="1").status_code == 403
    turned_away("evidence/rule", number, mai=mai, charlie=charlie, nobody=nobody, required="1")
    assert look(number)["evidence_required"] is False
