"""Two people at the same card: the second is told who was quicker, and finds every word they typed."""

import pytest

from tests.cards import CardMaker
from tests.cast import Browser
from tests.tasks.conftest import Kinds, Look

FORMS = {
    "title": {"title": "Tuần tra ban đêm quanh trường"},
    "due": {"due_on": "24/5", "why": "Chờ cấp trên chốt lịch"},
    "obstacle": {"why": "Chưa có kinh phí xăng xe"},
    "state": {"state": "review", "result": "Đã đi 12 buổi, nhắc 3 hộ"},
    "extension": {"due_on": "24/12", "why": "Hai hộ đi vắng đến hết tháng"},
}


def _who(act: str, alice: Browser, bob: Browser) -> Browser:
    return bob if act == "extension" else alice


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("act", FORMS)
def test_the_second_is_told_and_loses_nothing(
    alice: Browser, bob: Browser, lan: Browser, a_card: CardMaker, look: Look, act: str, htmx: bool
) -> None:
    number = a_card()
    seen = look(number)["version"]
    lan.post(f"/w/north/cards/{number}/state", state="doing")
    before = look(number)
    who = _who(act, alice, bob)
    answer = who.post(f"/w/north/cards/{number}/{act}", htmx=htmx, version=seen, **FORMS[act])
    assert answer.status_code == 409
    assert "Lan Lãnh Đạo vừa sửa việc này" in answer.text
    for name, typed in FORMS[act].items():
        if name != "state":
            assert typed in answer.text, name
    assert look(number) == before


def test_words_are_kept_even_when_their_form_is_gone(
    alice: Browser, lan: Browser, bob: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/state", state="review")
    seen = look(number)["version"]
    lan.post(f"/w/north/cards/{number}/state", state="done")
    answer = alice.post(
        f"/w/north/cards/{number}/state",
        htmx=True,
        version=seen,
        state="returned",
        reason="Thiếu ảnh buổi tối",
    )
    assert answer.status_code == 409
    assert "Thiếu ảnh buổi tối" in answer.text


def test_the_answer_carries_the_new_version_so_that_sending_again_works(
    alice: Browser, lan: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    seen = look(number)["version"]
    lan.post(f"/w/north/cards/{number}/state", state="doing")
    fresh = look(number)["version"]
    answer = alice.post(f"/w/north/cards/{number}/title", htmx=True, version=seen, title="Tên mới của tôi")
    assert f'name="version" value="{fresh}"' in answer.text
    assert f'name="version" value="{seen}"' not in answer.text
    again = alice.post(f"/w/north/cards/{number}/title", htmx=True, version=fresh, title="Tên mới của tôi")
    assert again.status_code == 200
    assert look(number)["title"] == "Tên mới của tôi"


def test_ones_own_second_tap_is_no_conflict(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds
) -> None:
    number = a_card()
    seen = look(number)["version"]
    answers = [
        bob.post(f"/w/north/cards/{number}/state", state="doing", version=seen).status_code for _ in range(2)
    ]
    assert answers == [303, 303]
    assert kinds(number).count("moved") == 1


def test_what_is_added_beside_others_is_never_a_conflict(
    bob: Browser, alice: Browser, a_card: CardMaker, look: Look
) -> None:
    number = a_card()
    alice.post(f"/w/north/cards/{number}/comments", text="Nhớ gửi ảnh")
    assert bob.post(f"/w/north/cards/{number}/comments", text="Vâng").status_code == 303
    assert look(number)["comment_count"] == 2


def test_a_refused_form_does_not_empty_the_others_on_the_page(bob: Browser, a_card: CardMaker) -> None:
    number = a_card("Tuần tra quanh trường")
    bob.post(f"/w/north/cards/{number}/obstacle", why="Chờ kinh phí")
    answer = bob.post(f"/w/north/cards/{number}/extension", htmx=True, due_on="32/13", why="Hai hộ vắng")
    assert answer.status_code == 422
    obstacle = answer.text.split('action="/w/north/cards/1/obstacle"')[1].split("</form>")[0]
    assert "Chờ kinh phí" in obstacle
    assert "Hai hộ vắng" not in obstacle
