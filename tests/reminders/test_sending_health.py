"""Who fails often is left alone; a restored database holds everything; nobody sends unnoticed."""

from datetime import timedelta

from flask import Flask

from portal.db import keep, session_as, utc_now
from portal.local.journal import JOURNAL
from portal.local.mailbox import Faults
from portal.reminders.provider_account import EVERYTHING, RELAY, ways_out
from portal.reminders.sending_health import SendingHealth
from portal.reminders.texts.keeping_account import keep_account
from portal.tenants.boundary import inside_ward
from tests.cast import Browser
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, Relays
from tests.reminders.test_commands import Portal, portal
from tests.reminders.test_fair_lanes import contact_of, flood
from tests.reminders.texting import ESMS, Texts

__all__ = ["portal"]

OUTBOX = "/w/north/outbox"


def trouble(app: Flask, post: Post, answers: int, troubles: int, channel: str = "email") -> None:
    with app.app_context():
        dispatch = session_as("dispatch")
        dispatch.add(
            SendingHealth(
                ward_id=post.cast.north, channel=channel, since=MORNING, answers=answers, troubles=troubles
            )
        )
        keep()


def held_why(app: Flask, name: str) -> str:
    with app.app_context():
        return ways_out(session_as("dispatch"))[name].held_why


def test_a_relay_that_fails_often_is_left_alone_then_tried_with_one_letter(
    app: Flask, relay: Relays, due: CardMaker, alice: Browser
) -> None:
    post = relay(Faults(refuse=451))
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    post.plan()
    trouble(app, post, 30, 6)
    post.drain()
    assert held_why(app, RELAY) == "breaker"
    post = relay()
    assert post.drain(MORNING + timedelta(seconds=20)).submitted == 0
    due(TODAY, now=MORNING - timedelta(days=9))
    assert post.drain(MORNING + timedelta(seconds=31)).submitted == 2
    assert held_why(app, RELAY) == ""


def test_a_gateway_that_fails_often_is_left_alone_and_no_other_wards(
    app: Flask, texts: Texts, due: CardMaker
) -> None:
    texts.late_for_bob(due)
    with app.app_context(), inside_ward(texts.cast.south):
        keep_account("sms", ESMS)
        keep()
    trouble(app, texts.post, 30, 6, "sms")
    texts.fault(status=502)
    texts.send()
    asked = "select ward_id, held_why from app.channel_account"
    assert dict(texts.post.wall.query(asked)) == {texts.cast.north: "breaker", texts.cast.south: ""}
    texts.fault()
    due(TODAY - timedelta(days=1))
    texts.post.plan(MORNING + timedelta(seconds=10))
    assert texts.drain(MORNING + timedelta(seconds=20)).submitted == 0
    assert held_why(app, RELAY) == ""
    texts.drain(MORNING + timedelta(minutes=5))
    assert ("accepted", "") in texts.states()


def test_the_outbox_says_how_the_channels_do(app: Flask, post: Post, due: CardMaker, alice: Browser) -> None:
    assert "Thư: gửi bình thường" in alice.get(OUTBOX).text
    post.wall.execute(
        "update app.provider_account set held_until = now() + interval '1 h' where name = 'relay'"
    )
    assert "nơi nhận đang lỗi" in alice.get(OUTBOX).text


def test_on_a_restored_database_nothing_leaves_until_it_is_released_and_nothing_leaves_twice(
    app: Flask, post: Post, due: CardMaker, portal: Portal, alice: Browser
) -> None:
    now = utc_now()
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    post.plan()
    post.wall.execute(
        "update app.delivery set urgency = 0, not_before = now() - interval '1 h', expires_at = '2099-01-01'"
    )
    post.wall.execute("update app.lane set urgency = 0")
    post.wall.execute("update app.notice set expires_at = '2099-01-01', kind = 'asked'")
    backup = post.wall.query("select id from app.delivery where address = 'bob@north.example'")
    post.drain(now)
    assert len(post.journal()) == 2
    # The backup knows of one letter that it had not left, and comes up elsewhere.
    post.wall.execute(f"update app.delivery set state = 'queued', tries = 0 where id = '{backup[0][0]}'")
    post.wall.execute("update app.provider_account set home = 'elsewhere:1:1' where name = 'everything'")
    assert post.drain(now).submitted == 0
    assert held_why(app, EVERYTHING) == "restored"
    assert "dữ liệu vừa được khôi phục" in alice.get(OUTBOX).text
    answer = portal("release")
    assert answer.exit_code == 0, answer.output
    assert "Đã gửi từ trước theo nhật ký: 1" in answer.output
    post.drain(now)
    assert [line["to"] for line in post.journal()] == [["bob@north.example"], ["mai@north.example"]]
    assert held_why(app, EVERYTHING) == ""


def test_a_letter_planned_again_after_a_restore_is_known_to_the_journal(post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    [(first,)] = post.wall.query("select client_ref from app.delivery")
    for table in ("delivery_notice", "action_link", "delivery", "notice", "sched_cursor"):
        post.wall.execute(f"delete from app.{table}")
    post.plan(MORNING + timedelta(minutes=40))
    assert post.wall.query("select client_ref from app.delivery") == [(first,)]
    assert (post.folder / JOURNAL).exists() is False


def test_an_outside_watcher_hears_when_no_sender_looks_or_a_letter_waits_too_long(
    app: Flask, post: Post, nobody: Browser
) -> None:
    assert nobody.get("/healthz/sending").status_code == 503
    post.drain(utc_now())
    answer = nobody.get("/healthz/sending")
    assert answer.status_code == 200
    assert answer.json == {"status": "up", "oldest_due_seconds": 0, "silent_seconds": 0, "held": False}
    flood(post, post.cast.north, contact_of(post, post.cast.north), 1)
    late = nobody.get("/healthz/sending")
    assert late.status_code == 503
    assert late.json
    assert late.json["oldest_due_seconds"] > 15 * 60
    post.wall.execute("update app.provider_account set beat_at = now() - interval '5 min'")
    post.wall.execute("delete from app.delivery")
    assert nobody.get("/healthz/sending").status_code == 503
