"""The outbox shows what was sent, to whom and why not; those who steer stop, repeat and pause; nobody else."""

from datetime import timedelta

import pytest

from portal.db import utc_now
from portal.local.mailbox import Faults
from portal.wording import local_day
from tests.cast import Browser
from tests.reminders.conftest import CardMaker, Post, Relays

OUTBOX = "/w/north/outbox"


def one_planned(post: Post, due: CardMaker) -> int:
    number = due(local_day(utc_now()))
    post.plan(utc_now(), day=local_day(utc_now()))
    return number


def only_id(post: Post) -> str:
    [(found,)] = post.wall.query("select id from app.delivery")
    return str(found)


def test_a_message_is_shown_with_its_card_its_receiver_and_its_state(
    post: Post, due: CardMaker, alice: Browser
) -> None:
    number = one_planned(post, due)
    page = alice.get(OUTBOX).text
    assert "Chờ gửi" in page
    assert "bob@north.example" in page
    assert f"Việc số {number}" in page
    post.drain(utc_now())
    assert "Đã gửi" in alice.get(f"{OUTBOX}?group=sent").text
    assert "bob@north.example" not in alice.get(f"{OUTBOX}?group=failed").text


def test_a_refused_address_is_shown_with_what_to_do(relay: Relays, due: CardMaker, alice: Browser) -> None:
    post = relay(Faults(refuse=550))
    one_planned(post, due)
    post.drain(utc_now())
    page = alice.get(f"{OUTBOX}?group=failed").text
    assert "Kiểm tra lại e-mail" in page


def test_no_title_and_no_body_is_on_the_page(post: Post, due: CardMaker, alice: Browser) -> None:
    due(local_day(utc_now()), title="Thăm cháu Nguyễn Thị Bé")
    post.plan(utc_now(), day=local_day(utc_now()))
    post.drain(utc_now())
    assert "Nguyễn Thị Bé" not in alice.get(OUTBOX).text
    assert "Nguyễn Thị Bé" not in str(post.wall.query("select shown from app.notice"))


def test_a_waiting_message_can_be_stopped_once(post: Post, due: CardMaker, alice: Browser) -> None:
    one_planned(post, due)
    address = f"{OUTBOX}/{only_id(post)}/stop"
    assert alice.post(address).status_code == 303
    post.drain(utc_now())
    assert post.journal() == []
    assert alice.post(address).status_code == 409


def test_a_sent_message_can_be_sent_again_as_another_one(post: Post, due: CardMaker, alice: Browser) -> None:
    one_planned(post, due)
    post.drain(utc_now())
    address = f"{OUTBOX}/{only_id(post)}/copies"
    assert alice.post(address).status_code == 303
    assert alice.post(address).status_code == 409
    post.drain(utc_now())
    assert len({line["message_id"] for line in post.journal()}) == 2


def test_a_paused_ward_sends_nothing_until_it_is_resumed(post: Post, due: CardMaker, alice: Browser) -> None:
    one_planned(post, due)
    alice.post(f"{OUTBOX}/pause")
    post.drain(utc_now())
    assert post.journal() == []
    assert "tạm dừng" in alice.get(OUTBOX).text
    alice.post(f"{OUTBOX}/pause", resume="1")
    post.drain(utc_now())
    assert len(post.journal()) == 1


def test_a_card_nobody_can_be_written_to_about_is_named(post: Post, due: CardMaker, alice: Browser) -> None:
    number = due(None)
    assert "Việc chưa có ai nhận thư" not in alice.get(OUTBOX).text
    post.wall.query("update app.contact set email = null where email = 'bob@north.example' returning id")
    page = alice.get(OUTBOX).text
    assert "Việc chưa có ai nhận thư" in page
    assert f"Việc số {number}" in page
    assert alice.post(f"/w/north/cards/{number}/reminder").status_code == 422


def test_remind_now_says_who_gets_it_and_then_tells_them_once_a_day(
    post: Post, due: CardMaker, alice: Browser
) -> None:
    number = due(None)
    address = f"/w/north/cards/{number}/reminder"
    assert "bob@north.example" in alice.get(address).text
    assert post.wall.query("select count(*) from app.notice") == [(0,)]
    assert alice.post(address).status_code == 303
    assert alice.post(address).status_code == 303
    post.drain(utc_now())
    assert post.journal() == []  # a moment to think again
    post.drain(utc_now() + timedelta(seconds=30))
    assert [line["to"] for line in post.journal()] == [["bob@north.example"]]
    assert post.wall.query("select count(*) from app.card_event where kind = 'reminded'") == [(1,)]


def test_on_the_board_reminding_answers_with_a_toast_and_stays_there(
    post: Post, due: CardMaker, alice: Browser
) -> None:
    answer = alice.post(f"/w/north/cards/{due(None)}/reminder", htmx=True)
    assert answer.status_code == 200
    assert "HX-Redirect" not in answer.headers
    assert 'hx-target="#toast"' in answer.text
    assert "1 người" in answer.text


def test_all_late_cards_are_one_message_a_person(post: Post, due: CardMaker, alice: Browser) -> None:
    late = local_day(utc_now()) - timedelta(days=5)
    for agency in (post.cast.police, post.cast.police, post.cast.schools):
        due(late, agency_id=agency)
    due(late + timedelta(days=30))
    assert "2 người nhận một thư, về 3 việc" in alice.get("/w/north/reminders").text
    alice.post("/w/north/reminders")
    post.drain(utc_now() + timedelta(seconds=30))
    assert sorted(line["to"][0] for line in post.journal()) == ["bob@north.example", "mai@north.example"]


def test_there_is_nobody_to_remind_of_a_finished_or_unassigned_card(
    post: Post, due: CardMaker, alice: Browser
) -> None:
    number = due(None)
    post.change(number, state="review")
    assert alice.post(f"/w/north/cards/{number}/reminder").status_code == 409
    post.change(number, state="todo", assigned_at=None)
    assert alice.post(f"/w/north/cards/{number}/reminder").status_code == 422


@pytest.mark.parametrize("what", ["", "/pause", "/{id}/stop", "/{id}/copies"])
def test_bob_is_refused_and_charlie_finds_nothing(
    post: Post, due: CardMaker, bob: Browser, charlie: Browser, what: str
) -> None:
    number = one_planned(post, due)
    address = OUTBOX + what.format(id=only_id(post))
    for browser, status in ((bob, 403), (charlie, 404)):
        answer = browser.post(address) if what else browser.get(address)
        assert answer.status_code == status
        assert "bob@" not in answer.text
        assert browser.post(f"/w/north/cards/{number}/reminder").status_code == status
    assert charlie.post(f"/w/south/outbox/{only_id(post)}/stop").status_code == 404
    assert "bob@north" not in charlie.get("/w/south/outbox").text
    assert post.states() == [("queued", "")]
