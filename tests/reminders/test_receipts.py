"""What a gateway says becomes of a message: kept at once, applied in any order, told to those who steer."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from tests.cast import Browser
from tests.reminders.conftest import MORNING, CardMaker
from tests.reminders.texting import Texts

LATER = MORNING + timedelta(minutes=5)

#: As if the step had named SMS alone.
_NO_LETTER = """
delete from app.delivery_notice where delivery_id in (select id from app.delivery where channel = 'email')
"""


def receipt(texts: Texts, status: str, **more: str) -> dict[str, str]:
    [(ref,)] = texts.post.wall.query("select client_ref from app.delivery where channel = 'sms' limit 1")
    return {"RequestId": str(ref), "SMSID": "x-1", "SendStatus": status, **more}


def test_arrived_is_seen_in_the_outbox_and_in_the_cards_history(
    texts: Texts, due: CardMaker, nobody: Browser, alice: Browser
) -> None:
    number = texts.late_for_bob(due)
    texts.send()
    for _again in range(3):
        assert nobody.client.get(texts.address(), query_string=receipt(texts, "5")).status_code == 200
    assert texts.apply(LATER) == 1
    assert texts.states() == [("delivered", "")]
    assert "Đã đến" in alice.get("/w/north/outbox?group=sent").text
    assert "tin nhắc đã tới máy của Bob Công An" in alice.get(f"/w/north/cards/{number}").text


@pytest.mark.parametrize("order", list(permutations(["2", "5", "4"])))
def test_the_order_in_which_things_are_said_does_not_matter(
    texts: Texts, due: CardMaker, nobody: Browser, alice: Browser, order: tuple[str, ...]
) -> None:
    texts.late_for_bob(due)
    texts.send()
    for status in order:
        nobody.client.post(texts.address(), json=receipt(texts, status))
        texts.apply(LATER)
    assert texts.states() == [("undelivered", "not_reached")]
    assert "Gửi lại" in alice.get("/w/north/outbox?group=failed").text


def test_a_receipt_before_our_own_note_waits_for_it(texts: Texts, due: CardMaker, nobody: Browser) -> None:
    texts.late_for_bob(due)
    texts.send()
    texts.post.wall.execute("update app.delivery set state = 'submitting' where channel = 'sms'")
    nobody.client.get(texts.address(), query_string=receipt(texts, "5"))
    assert texts.apply() == 0
    texts.post.wall.execute("update app.delivery set state = 'accepted' where channel = 'sms'")
    assert texts.apply() == 1
    assert texts.states() == [("delivered", "")]


def test_what_nobody_knows_is_kept_and_answered_200(texts: Texts, nobody: Browser) -> None:
    texts.account()
    told = {"RequestId": "never-ours", "SendStatus": "5"}
    assert nobody.client.get(texts.address(), query_string=told).status_code == 200
    assert nobody.client.get(texts.address()).status_code == 200
    assert texts.apply(MORNING) == 0
    texts.post.wall.execute("update app.receipt set received_at = received_at - interval '1 hour'")
    [(received,)] = texts.post.wall.query("select received_at from app.receipt")
    assert texts.apply(datetime.fromisoformat(str(received)) + timedelta(hours=1)) == 1
    assert texts.post.wall.query("select became from app.receipt") == [("unknown",)]


def test_an_address_nobody_made_says_nothing(nobody: Browser) -> None:
    assert nobody.client.get("/r/" + "x" * 22).status_code == 404


def test_no_more_means_no_more_and_is_confirmed_once(texts: Texts, due: CardMaker, nobody: Browser) -> None:
    texts.late_for_bob(due)
    for _again in range(2):
        nobody.client.post(texts.address(), data={"phone": "0912345678", "text": " Từ chối ", "id": "m1"})
        texts.apply()
    texts.send()
    [sent] = texts.taken()
    assert sent["Content"].startswith("UBND P.Bac da thoi gui tin toi so nay.")
    assert ("cancelled", "number_gone") in texts.states()
    assert texts.post.wall.query("select said from app.receipt") == [({"wish": "stop"},)]
    nobody.client.post(texts.address(), data={"phone": "0912345678", "text": "NHAN", "id": "m2"})
    texts.apply()
    assert texts.post.wall.query("select 1 from app.suppression where lifted_at is null") == []


def test_anything_else_somebody_answers_is_not_kept(texts: Texts, nobody: Browser) -> None:
    texts.account()
    nobody.client.post(
        texts.address(), data={"phone": "0912345678", "text": "Cháu Nguyễn Thị Bí Mật", "id": "m1"}
    )
    texts.apply()
    assert texts.post.wall.query("select said, became from app.receipt") == [({"wish": ""}, "not_understood")]


def test_what_did_not_arrive_goes_on_by_letter_once_and_only_if_no_letter_went(
    texts: Texts, due: CardMaker, nobody: Browser
) -> None:
    texts.late_for_bob(due)
    texts.send()
    nobody.client.get(texts.address(), query_string=receipt(texts, "4"))
    texts.apply(LATER)
    assert texts.pass_on(LATER) == 0
    texts.post.wall.execute("update app.delivery set passed_on_at = null")
    texts.post.wall.execute(_NO_LETTER)
    assert texts.pass_on(LATER) == 1
    assert texts.pass_on(LATER) == 0
    made = "select channel, state from app.delivery where instead_of is not null"
    assert texts.post.wall.query(made) == [("email", "queued")]


def test_silence_of_a_gateway_that_never_tells_proves_nothing(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due)
    texts.send()
    texts.post.wall.execute(_NO_LETTER)
    assert texts.pass_on(MORNING + timedelta(hours=6)) == 0


def test_four_working_hours_of_silence_from_a_gateway_that_tells_pass_the_message_on_once(
    texts: Texts, due: CardMaker, nobody: Browser
) -> None:
    texts.late_for_bob(due)
    texts.send()
    told_before = {"RequestId": "an-earlier-one", "SendStatus": "5"}
    nobody.client.get(texts.address(), query_string=told_before)
    texts.post.wall.execute("update app.receipt set became = 'delivered', applied_at = received_at")
    texts.post.wall.execute(_NO_LETTER)
    assert texts.pass_on(MORNING + timedelta(hours=3, minutes=30)) == 0
    assert texts.pass_on(MORNING + timedelta(hours=4, minutes=30)) == 1
    assert texts.pass_on(MORNING + timedelta(hours=5)) == 0
    made = "select channel, state from app.delivery where instead_of is not null"
    assert texts.post.wall.query(made) == [("email", "queued")]


def test_a_number_that_does_not_exist_is_something_to_mend_until_it_is_changed(
    texts: Texts, due: CardMaker, alice: Browser
) -> None:
    texts.late_for_bob(due)
    texts.fault(refuse="99")
    texts.send()
    words = "Sửa số điện thoại của Bob Công An"
    assert words in alice.get("/w/north/mine").text
    texts.phone("Bob Công An", "0912345679")
    assert words not in alice.get("/w/north/mine").text


def test_a_gateway_that_says_nothing_is_asked_after_half_an_hour(texts: Texts, due: CardMaker) -> None:
    texts.late_for_bob(due)
    texts.send()
    assert texts.poll(MORNING + timedelta(minutes=20)) == 0
    assert texts.poll(MORNING + timedelta(minutes=40)) == 1
    texts.apply(MORNING + timedelta(minutes=40))
    assert texts.states() == [("delivered", "")]
    assert texts.poll(MORNING + timedelta(minutes=70)) == 0


def test_an_account_nobody_can_open_does_not_keep_the_others_from_being_asked(
    texts: Texts, due: CardMaker
) -> None:
    texts.late_for_bob(due)
    texts.send()
    texts.post.wall.execute("update app.channel_account set master = 'lost'")
    now = MORNING + timedelta(minutes=40)
    texts.taken_in_south(MORNING)
    assert texts.poll(now) == 1
    [(ward,)] = texts.post.wall.query("select ward_id from app.receipt")
    assert ward == texts.cast.south
