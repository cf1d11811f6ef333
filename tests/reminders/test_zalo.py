"""Zalo as a channel: templates by number, tokens that are renewed, receipts that are signed, and the way on to SMS."""

import hashlib
import json
from datetime import timedelta

import pytest

from portal.reminders.texts.texts import TEXTS
from tests.cast import Browser
from tests.reminders.conftest import MORNING, TODAY, CardMaker
from tests.reminders.texting import Texts

PAGE = "/w/north/reminders/channels"
LATER = MORNING + timedelta(minutes=6)
FORM = {
    "channel": "zns",
    "shape": "zalo",
    "sender": "4097311281936189049",
    "set-app_id": "100200300",
    "set-secret_key": "khoa-kin",
    "set-refresh_token": "lam-moi-1",
    "set-oa_secret": "khoa-oa",
    "live": 1,
}
OVERDUE = {"channel": "zns", "body": TEXTS["overdue"], "code": "330874"}


@pytest.fixture
def late(texts: Texts, due: CardMaker, alice: Browser) -> int:
    """A late card of Bob's, in a ward that sends by Zalo and has one template registered; gives its number."""
    assert alice.post(PAGE, **FORM).status_code == 303
    assert alice.post(f"{PAGE}/texts/overdue", **OVERDUE).status_code == 303
    texts.phone("Bob Công An")
    return int(due(TODAY - timedelta(days=1), title="Tuần tra", text="Công an: Tuần tra giờ tan học"))


def states(texts: Texts) -> list[tuple[object, ...]]:
    return texts.post.wall.query(
        "select channel, state, why from app.delivery where channel <> 'email' order by created_at, channel desc"
    )


def test_a_reminder_fills_the_registered_template_and_the_token_was_made_first(
    texts: Texts, late: int
) -> None:
    texts.send()
    [sent] = texts.taken()
    assert (sent["phone"], sent["template_id"]) == ("84912345678", "330874")
    fields = sent["template_data"]
    assert (fields["task"], fields["days"]) == ("Tuần tra", "1")
    assert fields["link"].startswith("a/")
    assert len(sent["tracking_id"]) == 32
    assert states(texts) == [("zns", "accepted", "")]
    assert texts.gateway.zalo.token == "access-1"


def test_a_token_the_gateway_no_longer_takes_is_renewed_with_the_one_that_came_last(
    texts: Texts, late: int
) -> None:
    texts.drain(MORNING)
    texts.gateway.zalo.token = "ended-early"
    texts.send()
    assert states(texts) == [("zns", "held", "text_relay")]
    texts.drain(LATER)
    assert states(texts) == [("zns", "accepted", "")]
    assert texts.gateway.zalo.refresh == "refresh-2"
    assert len(texts.taken()) == 1


def test_a_refresh_token_that_was_used_up_is_said_on_the_page(
    texts: Texts, late: int, alice: Browser
) -> None:
    texts.gateway.zalo.refresh = "another"
    texts.send()
    assert texts.taken() == []
    assert "mã: token" in alice.get(f"{PAGE}?channel=zns").text


def test_what_does_not_arrive_by_zalo_goes_by_sms_and_then_by_letter(
    texts: Texts, late: int, alice: Browser
) -> None:
    texts.account()
    texts.send()
    texts.post.wall.execute(
        "delete from app.delivery_notice where delivery_id in (select id from app.delivery where channel = 'email')"
    )
    texts.post.wall.execute(
        "update app.delivery set state = 'failed', final_at = now() where channel = 'zns'"
    )
    assert texts.pass_on(LATER) == 1
    texts.fault(refuse="99")
    texts.drain(LATER)
    assert states(texts) == [("zns", "failed", ""), ("sms", "failed", "text_refused")]
    assert texts.pass_on(LATER) == 1
    assert texts.pass_on(LATER) == 0
    made = "select channel, state from app.delivery where instead_of is not null order by id"
    assert texts.post.wall.query(made)[-1] == ("email", "queued")


@pytest.mark.parametrize(("code", "state"), [("-114", "failed"), ("-133", "retry_wait"), ("-131", "held")])
def test_what_zalo_answers_decides_and_nobody_is_given_up(
    texts: Texts, late: int, code: str, state: str
) -> None:
    texts.fault(refuse=code)
    texts.send()
    assert states(texts)[0][1] == state
    assert texts.post.wall.query("select 1 from app.suppression") == []


def test_a_kind_without_a_template_takes_the_next_channel(texts: Texts, late: int, alice: Browser) -> None:
    texts.account()
    alice.post(f"{PAGE}/texts/overdue", channel="zns", default=1)
    texts.send()
    assert states(texts) == [("zns", "cancelled", "no_template")]


def test_silence_is_never_answered_by_a_second_message(texts: Texts, late: int) -> None:
    texts.fault(silent_every=1)
    texts.send()
    assert states(texts) == [("zns", "unknown", "text_no_answer")]
    texts.fault()
    for minutes in (3, 20, 40):
        texts.drain(MORNING + timedelta(minutes=minutes))
    assert states(texts) == [("zns", "parked", "nobody_knows")]
    assert len(texts.taken()) == 1


def test_a_receipt_counts_only_with_zalos_signature(texts: Texts, late: int, nobody: Browser) -> None:
    texts.send()
    [sent] = texts.taken()
    told = {
        "event_name": "user_received_message",
        "message": {"tracking_id": sent["tracking_id"], "msg_id": sent["id"]},
        "timestamp": "1773104405000",
    }
    raw = json.dumps(told)
    mac = hashlib.sha256(f"100200300{raw}1773104405000khoa-oa".encode()).hexdigest()
    for signature, status in (("mac=" + "0" * 64, 403), (f"mac={mac}", 200)):
        answer = nobody.client.post(
            texts.address(),
            data=raw,
            content_type="application/json",
            headers={"X-ZEvent-Signature": signature},
        )
        assert answer.status_code == status
    texts.apply(LATER)
    assert states(texts) == [("zns", "delivered", "")]


def test_zalo_is_asked_after_half_an_hour(texts: Texts, late: int) -> None:
    texts.send()
    now = MORNING + timedelta(minutes=40)
    assert texts.poll(now) == 1
    texts.apply(now)
    assert states(texts) == [("zns", "delivered", "")]


def test_its_messages_keep_to_the_hours_of_the_ward(texts: Texts, late: int) -> None:
    evening = MORNING + timedelta(hours=13)
    texts.post.plan(evening)
    texts.drain(evening)
    assert texts.taken() == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"code": ""}, "mã mẫu"),
        ({"code": "ab"}, "chỉ có chữ số"),
        ({"body": "{office}: {task} {link} " + "dài " * 95}, "400"),
    ],
)
def test_a_template_zalo_would_not_take_is_refused_with_the_reason(
    alice: Browser, typed: dict[str, str], why: str
) -> None:
    refused = alice.post(f"{PAGE}/texts/overdue", **{**OVERDUE, **typed})
    assert refused.status_code == 422
    assert why in refused.text


def test_the_account_needs_its_number_and_keeps_its_secrets(
    alice: Browser, bob: Browser, charlie: Browser
) -> None:
    assert alice.post(PAGE, **{**FORM, "sender": "UBND"}).status_code == 422
    assert alice.post(PAGE, **FORM).status_code == 303
    page = alice.get(f"{PAGE}?channel=zns").text
    assert "khoa-kin" not in page
    assert "lam-moi-1" not in page
    assert "chưa thử với dịch vụ thật" in page
    assert bob.post(PAGE, **FORM).status_code == 403
    assert charlie.post(PAGE, **FORM).status_code == 404
