"""A press that is sent twice is saved once, and never for anybody but who pressed."""

import io
import threading
import uuid

from flask import Flask

from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look
from tests.tasks.pictures import PDF


def contact(behind_the_wall: Snapshot, email: str) -> str:
    return str(behind_the_wall.query("select id from app.contact where email = %s", (email,))[0][0])


def press_of(behind_the_wall: Snapshot, email: str) -> str:
    return f"{contact(behind_the_wall, email)}.{uuid.uuid4()}"


def test_a_press_that_arrives_again_after_others_went_on_changes_nothing(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look, kinds: Kinds, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    address, press = f"/w/north/cards/{number}/state", press_of(behind_the_wall, "bob@north.example")
    seen = look(number)["version"]
    assert bob.post(address, htmx=True, state="review", version=seen, press=press).status_code == 200
    lan.post(address, state="returned", reason="Thiếu ảnh")
    again = bob.post(address, htmx=True, state="review", version=seen, press=press)
    assert again.status_code == 200
    assert "Đã ghi trước đó" in again.text
    assert look(number)["state"] == "returned"
    assert kinds(number).count("moved") == 2


def test_a_double_tap_at_the_same_moment_is_saved_once(
    app: Flask, bob: Browser, a_card: CardMaker, kinds: Kinds, behind_the_wall: Snapshot, cast: Cast
) -> None:
    number = a_card()
    press = press_of(behind_the_wall, "bob@north.example")
    other = Browser(app).sign_in("bob@north.example")
    bob.token(), other.token()
    address = f"/w/north/cards/{number}/evidence"

    def send(who: Browser) -> None:
        who.post(address, press=press, files=(io.BytesIO(PDF), "bien-ban.pdf"))

    taps = [threading.Thread(target=send, args=(who,)) for who in (bob, other)]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()
    assert kinds(number).count("evidence_added") == 1


def test_what_one_person_left_unsent_is_not_sent_for_the_next(
    bob: Browser, alice: Browser, a_card: CardMaker, look: Look, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    before, press = look(number), press_of(behind_the_wall, "bob@north.example")
    answer = alice.post(f"/w/north/cards/{number}/state", htmx=True, state="doing", press=press)
    assert answer.status_code == 409
    assert "do người khác soạn trên máy này" in answer.text
    assert look(number) == before


def test_the_same_name_pressed_by_two_people_is_two_acts(
    bob: Browser, alice: Browser, a_card: CardMaker, look: Look, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    name = uuid.uuid4()
    for who, email, state in ((bob, "bob@north.example", "doing"), (alice, "alice@north.example", "paused")):
        press = f"{contact(behind_the_wall, email)}.{name}"
        who.post(f"/w/north/cards/{number}/state", state=state, reason="Chờ", press=press)
    assert look(number)["state"] == "paused"
    acts = behind_the_wall.query("select act_id from app.card_event where kind = 'moved'")
    assert len({act[0] for act in acts}) == 2


def test_a_conflict_is_told_with_the_card_as_it_is_now(
    bob: Browser, lan: Browser, a_card: CardMaker, look: Look, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    seen, press = look(number)["version"], press_of(behind_the_wall, "bob@north.example")
    lan.post(f"/w/north/cards/{number}/state", state="paused", reason="Chờ kinh phí")
    answer = bob.post(
        f"/w/north/cards/{number}/state", htmx=True, state="review", result="Đã đi", version=seen, press=press
    )
    assert answer.status_code == 409
    assert "Lan Lãnh Đạo vừa sửa việc này" in answer.text
    assert "Đã đi" in answer.text
    assert "Tạm hoãn" in answer.text
    assert f'name="version" value="{look(number)["version"]}"' in answer.text
