"""Whoever writes what tells who a child is, is shown the words and asked to mask them; nothing is kept until then."""

import html
import io
import re

import pytest

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot

NAMED = "Đã thăm cháu Nguyễn Văn An, mẹ 0912345678"
MASKED = "Đã thăm cháu N.V.A., mẹ [đã che]"


def _comments(behind_the_wall: Snapshot) -> list[object]:
    return [row[0] for row in behind_the_wall.query("select text from app.comment order by id")]


def _fields(page: str, kind: str) -> dict[str, str]:
    """What the page's form would send, as a browser without JavaScript does."""
    form = re.search(rf'<form[^>]*data-guard="{kind}".*?</form>', page, re.DOTALL)
    assert form is not None, page
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    typed = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', form[0])
    return {name: html.unescape(value) for name, value in [*hidden, *typed] if name != "csrf_token"}


@pytest.mark.parametrize("htmx", [False, True])
def test_the_words_are_shown_with_what_was_found_and_nothing_is_kept(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot, htmx: bool
) -> None:
    answer = bob.post(f"/w/north/cards/{a_card()}/comments", htmx=htmx, text=NAMED)
    assert answer.status_code == 422
    assert "<mark>Nguyễn Văn An</mark>" in answer.text
    assert "<mark>0912345678</mark>" in answer.text
    assert "họ tên trẻ, số điện thoại" in answer.text
    assert ('hx-target="#guard"' in answer.text) is htmx
    assert _comments(behind_the_wall) == []


def test_one_click_keeps_the_masked_words_and_the_rest_of_the_form(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    here = f"/w/north/cards/{a_card()}/state"
    asked = bob.post(here, state="review", result=NAMED)
    again = _fields(asked.text, "mask")
    assert again == {"state": "review", "result": MASKED}
    assert bob.post(here, **again).status_code == 303
    assert behind_the_wall.query("select state, result from app.card") == [("review", MASKED)]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("comments", "text"),
        ("checks", "text"),
        ("obstacle", "why"),
        ("title", "title"),
        ("extension", "why"),
        ("due", "why"),
    ],
)
def test_every_field_people_type_into_is_read(
    alice: Browser, a_card: CardMaker, path: str, field: str
) -> None:
    answer = alice.post(f"/w/north/cards/{a_card()}/{path}", due_on="1/1/2999", **{field: NAMED})
    # Somebody who may not do it at all is refused before a word is read.
    assert answer.status_code == (403 if path == "extension" else 422)


def test_a_new_card_s_title_and_a_reason_are_read_too(lan: Browser, bob: Browser, a_card: CardMaker) -> None:
    assert lan.post("/w/north/cards", title="Thăm bé Trần Thị Hoa").status_code == 422
    assert bob.post(f"/w/north/cards/{a_card()}/state", state="refused", reason=NAMED).status_code == 422


def test_officers_whom_the_ward_knows_and_everyday_words_pass(bob: Browser, a_card: CardMaker) -> None:
    here = f"/w/north/cards/{a_card()}/comments"
    for text in (
        "Đồng chí Nguyễn Văn An, trường Lê Văn Tám, đã hẹn",
        "Hộ bà Mai Nhà Trường đã nhận giấy mời",
        "Cháu N.V.A. đã đi học lại",
    ):
        assert bob.post(here, text=text).status_code == 303, text


def test_a_leader_lets_it_stand_with_a_reason_and_only_the_kind_is_written_down(
    lan: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    here = f"/w/north/cards/{a_card()}/comments"
    release = _fields(lan.post(here, text=NAMED).text, "release")
    assert release == {"text": NAMED, "guard_reason": ""}
    assert lan.post(here, **release | {"guard_reason": "Công an yêu cầu ghi đủ"}).status_code == 303
    assert _comments(behind_the_wall) == [NAMED]
    rows = behind_the_wall.query("select actor_name, place, number, kinds, reason from app.released_words")
    assert rows == [("Lan Lãnh Đạo", "tasks.add_comment", 1, ["name", "phone"], "Công an yêu cầu ghi đủ")]
    page = lan.get("/w/north/released-words").text
    assert "Công an yêu cầu ghi đủ" in page
    assert "Nguyễn Văn An" not in page


def test_a_reason_that_names_the_child_itself_is_asked_for_again(
    lan: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    here = f"/w/north/cards/{a_card()}/comments"
    answer = lan.post(here, text=NAMED, guard_reason="Vì cháu Nguyễn Văn An mất tích")
    assert answer.status_code == 422
    assert _fields(answer.text, "release")["guard_reason"] == "Vì cháu N.V.A. mất tích"
    assert behind_the_wall.query("select 1 from app.released_words") == []


def test_nobody_but_a_leader_is_offered_that_or_gets_through_with_it(
    bob: Browser, alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    here = f"/w/north/cards/{a_card()}/comments"
    for who in (bob, alice):
        assert 'data-guard="release"' not in who.post(here, text=NAMED).text
        assert who.post(here, text=NAMED, guard_reason="gấp").status_code == 422
    assert _comments(behind_the_wall) == []
    assert bob.get("/w/north/released-words").status_code == 403


def test_a_stranger_learns_nothing(charlie: Browser, a_card: CardMaker) -> None:
    here = f"/w/north/cards/{a_card()}/comments"
    assert charlie.post(here, text=NAMED).status_code == 404
    assert charlie.get("/w/north/released-words").status_code == 404
    assert "Nguyễn" not in charlie.get("/w/south/released-words").text


def test_a_form_about_officers_is_not_read(alice: Browser) -> None:
    answer = alice.post(
        "/w/north/people", name="Em Trần Thị Hoa", email="hoa@north.example", role="viewer", agency=""
    )
    assert answer.status_code == 303, answer.text


def test_a_form_with_a_file_asks_for_it_again_without_javascript(bob: Browser, a_card: CardMaker) -> None:
    answer = bob.post(f"/w/north/cards/{a_card()}/comments", text=NAMED, photo=(io.BytesIO(b"x"), "anh.jpg"))
    assert 'type="file" name="photo"' in answer.text
