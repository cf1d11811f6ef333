"""However many planners and senders there are, and whatever the relay does: each message once, and every one."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from flask import Flask

from portal.db import keep, session_as
from portal.local.mailbox import Faults
from portal.mail import Answer, Outcome
from portal.reminders.claiming import claim, wake_lanes
from portal.reminders.delivery import Urgency
from portal.reminders.settling import begin, settle
from tests.reminders.conftest import MORNING, QUICK, TODAY, CardMaker, Post, Relays

MINUTE = timedelta(minutes=1)


def test_eight_planners_at_once_make_each_fact_once(post: Post, due: CardMaker) -> None:
    for days in range(-2, 3):
        due(TODAY + timedelta(days=days))
    start = threading.Barrier(8)

    def one(_number: int) -> int:
        start.wait()
        return post.plan()

    with ThreadPoolExecutor(8) as pool:
        told = sum(pool.map(one, range(8)))
    facts = post.wall.query("select count(*), count(distinct dedupe_key) from app.notice")
    assert facts == [(5, 5)]
    assert told <= 8 * 5
    assert post.wall.query("select count(*) from app.delivery") == [(1,)]
    assert post.wall.query("select count(*) from app.delivery_notice") == [(5,)]


def test_two_senders_at_once_send_each_message_once(post: Post, due: CardMaker) -> None:
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    due(TODAY, south=True)
    post.plan()
    start = threading.Barrier(4)

    def one(_number: int) -> int:
        start.wait()
        return post.drain().submitted

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 2
    assert sorted(Counter(line["message_id"] for line in post.journal()).values()) == [1, 1]


def test_a_claim_that_ran_out_cannot_be_used(app: Flask, post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    with app.app_context():
        dispatch = session_as("dispatch")
        wake_lanes(dispatch, MORNING)
        [mine] = claim(dispatch, Urgency.SLOT, 1, MORNING, QUICK.claim)
        keep()
        assert begin(dispatch, mine, MORNING + 2 * MINUTE, QUICK) is None
        keep()
    assert post.drain(MORNING + 2 * MINUTE).submitted == 1
    assert post.wall.query("select epoch, tries from app.delivery") == [(2, 1)]


def test_the_answer_of_an_older_claim_changes_nothing(app: Flask, post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    with app.app_context():
        dispatch = session_as("dispatch")
        wake_lanes(dispatch, MORNING)
        [mine] = claim(dispatch, Urgency.SLOT, 1, MORNING, QUICK.claim)
        keep()
        attempt = begin(dispatch, mine, MORNING, QUICK)
        keep()
        assert attempt is not None
        post.wall.query("update app.delivery set epoch = epoch + 1 returning id")
        settle(dispatch, mine, attempt, Answer(Outcome.PERMANENT, "550"), MORNING, QUICK)
        keep()
    assert post.states() == [("submitting", "")]


def test_a_relay_that_takes_the_message_and_hangs_up_is_asked_its_journal(
    relay: Relays, due: CardMaker
) -> None:
    post = relay(Faults(drop_every=1))
    due(TODAY)
    post.plan()
    post.drain()
    assert post.states() == [("unknown", "no_answer")]
    post.drain(MORNING + timedelta(seconds=5))
    assert post.states() == [("accepted", "found")]
    assert len(post.journal()) == 1


def test_what_never_arrived_is_sent_again_only_after_the_settle_time_as_the_same_message(
    relay: Relays, due: CardMaker
) -> None:
    post = relay(Faults(drop_every=1), journalled=True)
    due(TODAY)
    post.plan()
    post.drain()
    [first] = post.journal()
    (post.folder / "journal.jsonl").write_text("")  # as if it had been lost before it was noted
    post = relay()
    post.drain(MORNING + timedelta(seconds=20))
    assert post.states() == [("unknown", "no_answer")]
    post.drain(MORNING + timedelta(seconds=40))
    assert post.states() == [("accepted", "")]
    assert [line["message_id"] for line in post.journal()] == [first["message_id"]]
    attempts = post.wall.query("select n, outcome from app.attempt order by n")
    assert attempts == [(1, "ambiguous"), (2, "accepted")]


def test_without_a_journal_silence_is_believed_only_after_minutes(relay: Relays, due: CardMaker) -> None:
    post = relay(Faults(drop_every=1), journalled=False)
    due(TODAY)
    post.plan()
    post.drain()
    post.drain(MORNING + timedelta(minutes=4))
    assert post.states() == [("unknown", "no_answer")]
    assert len(post.journal()) == 1
    post.drain(MORNING + timedelta(minutes=6))
    assert len({line["message_id"] for line in post.journal()}) == 1
    assert post.wall.query("select count(*) from app.attempt") == [(2,)]


def test_a_temporary_refusal_waits_longer_each_time_and_is_sent_in_the_end(
    relay: Relays, due: CardMaker
) -> None:
    post = relay(Faults(refuse=451))
    due(TODAY)
    post.plan()
    post.drain()
    assert post.states() == [("retry_wait", "try_later")]
    post.drain(MORNING + timedelta(seconds=5))
    assert post.wall.query("select refusals, tries from app.delivery") == [(1, 1)]
    post.drain(MORNING + timedelta(seconds=20))
    [(wait,)] = post.wall.query("select extract(epoch from not_before - %s) from app.delivery", (MORNING,))
    assert 20 + 48 <= float(str(wait)) <= 20 + 72
    post = relay()
    post.drain(MORNING + timedelta(minutes=5))
    assert post.states() == [("accepted", "")]


def test_a_definite_refusal_ends_it(relay: Relays, due: CardMaker) -> None:
    post = relay(Faults(refuse=550))
    due(TODAY)
    post.plan()
    post.drain()
    post.drain(MORNING + timedelta(hours=3))
    assert post.states() == [("failed", "refused")]
    assert post.wall.query("select count(*) from app.attempt") == [(1,)]


def test_with_the_relay_away_nothing_counts_as_tried(relay: Relays, due: CardMaker) -> None:
    post = relay()
    due(TODAY)
    post.plan()
    settings = post.app.config["PORTAL"]
    post.app.config["PORTAL"] = replace(settings, smtp_port=1)
    assert post.drain().away
    assert post.states() == [("queued", "")]
    assert post.wall.query("select count(*) from app.attempt") == [(0,)]
    post.app.config["PORTAL"] = settings
    post.drain(MORNING + MINUTE)
    assert post.states() == [("accepted", "")]


def test_what_is_too_late_is_not_sent(post: Post, due: CardMaker) -> None:
    due(TODAY)
    post.plan()
    post.drain(MORNING + timedelta(days=1))
    assert post.states() == [("expired", "too_late")]
    assert post.journal() == []
