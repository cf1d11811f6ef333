"""What goes wrong with one message, or with one sender, harms no other message."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiosmtpd.controller import Controller
from flask import Flask

from portal.db import keep, session_as
from portal.local.ports import LOOPBACK, free_port
from portal.reminders.claiming import claim, wake_lanes
from portal.reminders.delivery import Urgency
from portal.reminders.settling import begin
from tests.faults.relay import Manners, Relay
from tests.reminders.conftest import MORNING, QUICK, TODAY, CardMaker, Post


def test_a_message_that_cannot_be_written_is_put_aside_and_the_others_leave(
    post: Post, due: CardMaker
) -> None:
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    post.plan()
    post.wall.execute("update app.notice set shown = '{}' where contact_id = (select id from app.contact"
                      " where ward_id = app.notice.ward_id and name = 'Bob Công An')")  # fmt: skip
    post.drain()
    assert sorted(post.states()) == [("accepted", ""), ("parked", "broken")]
    assert [line["to"] for line in post.journal()] == [["mai@north.example"]]


def test_an_address_no_letter_can_bear_is_put_aside_as_well(post: Post, due: CardMaker) -> None:
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    post.plan()
    for table, column in (("contact", "email"), ("delivery", "address")):
        post.wall.execute(
            f"update app.{table} set {column} = 'bốb@north.example' where {column} like 'bob@%'"
        )
    post.drain()
    assert sorted(post.states()) == [("accepted", ""), ("parked", "broken")]


def test_a_session_full_of_refused_recipients_is_renewed_and_costs_no_try(
    post: Post, due: CardMaker, tmp_path: Path
) -> None:
    due(TODAY)
    due(TODAY, agency_id=post.cast.schools)
    post.plan()
    Manners(session_limit=1, greylist=True).put(tmp_path)
    port = free_port()
    controller = Controller(Relay(tmp_path), hostname=LOOPBACK, port=port)
    controller.start()
    try:
        post.app.config["PORTAL"] = replace(post.app.config["PORTAL"], smtp_port=port)
        post.drain()
    finally:
        controller.stop()
    assert post.wall.query("select last_code, refusals from app.delivery") == [("451", 1), ("451", 1)]


def test_a_sender_that_lost_its_session_may_still_be_talking_so_absence_waits_for_its_lease(
    app: Flask, post: Post, due: CardMaker
) -> None:
    due(TODAY)
    post.plan()
    with (
        app.app_context()
    ):  # it holds no lock, as after a restart of the database in the middle of a submission
        wake_lanes(session_as("dispatch"), MORNING)
        [mine] = claim(session_as("dispatch"), Urgency.SLOT, 1, MORNING, QUICK.claim)
        keep()
        assert begin(session_as("dispatch"), mine, MORNING, QUICK) is not None
        keep()
    post.drain(MORNING + timedelta(seconds=1))
    post.drain(MORNING + QUICK.settle + timedelta(seconds=5))
    assert post.states() == [("unknown", "sender_died")]
    post.drain(MORNING + QUICK.submission + QUICK.settle + timedelta(seconds=5))
    assert post.states() == [("accepted", "")]
