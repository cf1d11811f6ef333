"""Everybody may say by which channel they are told first: the planner follows, and so does the way on."""

from datetime import timedelta

import pytest

from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING, TODAY, CardMaker
from tests.reminders.test_zalo import FORM, OVERDUE, PAGE
from tests.reminders.texting import Texts

MINE = "/w/north/channels"


def bobs_page(texts: Texts, what: str = "") -> str:
    [(contact_id,)] = texts.post.wall.query("select id from app.contact where name = 'Bob Công An'")
    return f"/w/north/people/{contact_id}{what}"


def channels(texts: Texts) -> list[str]:
    return [str(one) for (one,) in texts.post.wall.query("select channel from app.delivery order by channel")]


@pytest.mark.parametrize(
    ("order", "late_by", "told"),
    [
        ("", 0, ["email"]),
        ("sms-email-zns", 0, ["sms"]),
        ("zns-sms-email", 0, ["zns"]),
        ("", 1, ["email", "zns"]),
        ("sms-zns-email", 1, ["email", "sms"]),
    ],
)
def test_what_needs_one_message_takes_the_first_channel_of_the_person(
    texts: Texts, due: CardMaker, alice: Browser, bob: Browser, order: str, late_by: int, told: list[str]
) -> None:
    texts.account()
    alice.post(PAGE, **FORM)
    texts.phone("Bob Công An")
    assert bob.post(MINE, order=order).status_code == 303
    due(TODAY - timedelta(days=late_by))
    texts.post.plan()
    assert channels(texts) == told


def test_what_does_not_arrive_goes_on_in_the_persons_order(
    texts: Texts, due: CardMaker, alice: Browser
) -> None:
    texts.account()
    alice.post(PAGE, **FORM)
    alice.post(f"{PAGE}/texts/due_today", **{**OVERDUE, "body": "{office}: {task} {day} {link}"})
    texts.phone("Bob Công An")
    alice.post(bobs_page(texts, "/channels"), order="zns-email-sms")
    due(TODAY)
    texts.fault(refuse="-114")
    texts.send()
    assert texts.pass_on(MORNING + timedelta(minutes=5)) == 1
    made = texts.post.wall.query("select channel from app.delivery where instead_of is not null")
    assert made == [("email",)]


def test_the_page_keeps_what_was_chosen_and_refuses_what_was_not_offered(
    alice: Browser, bob: Browser, texts: Texts
) -> None:
    assert bob.post(MINE, order="zns-sms-email").status_code == 303
    assert 'value="zns-sms-email" checked' in bob.get(MINE).text
    assert 'value="zns-sms-email" checked' in alice.get(bobs_page(texts, "/channels")).text
    assert bob.post(MINE, order="fax").status_code == 422
    assert bob.post(MINE, order="").status_code == 303
    assert texts.post.wall.query("select 1 from app.channel_wish") == []
    assert bobs_page(texts, "/channels") in alice.get(bobs_page(texts)).text


def test_somebody_elses_order_is_the_coordinators(
    texts: Texts, bob: Browser, charlie: Browser, cast: Cast
) -> None:
    page = bobs_page(texts, "/channels")
    assert bob.get(page).status_code == 403
    assert bob.post(page, order="sms-email-zns").status_code == 403
    assert charlie.post(page, order="sms-email-zns").status_code == 404
    assert charlie.post(MINE, order="sms-email-zns").status_code == 404
