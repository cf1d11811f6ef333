"""`portal reminders`: what an operator types, with exit codes and plain words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from flask.cli import ScriptInfo

from portal.db import utc_now
from portal.reminders.commands import reminders
from portal.wording import local_day
from tests.cast import Cast
from tests.reminders.conftest import CardMaker, Post

Portal = Callable[..., Result]


@pytest.fixture
def portal(app: Flask, cast: Cast) -> Portal:
    """Run `portal reminders …` in this city."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(reminders, list(words), obj=ScriptInfo(create_app=lambda: app))


def test_tick_for_a_day_then_drain_sends_it_once(post: Post, due: CardMaker, portal: Portal) -> None:
    due(local_day(utc_now()) + timedelta(days=3))
    day = f"{local_day(utc_now()) + timedelta(days=3):%Y-%m-%d}"
    assert "Đã lập 1 lời nhắc mới" in portal("tick", "--today", day).output
    assert "Đã lập 0 lời nhắc mới" in portal("tick", "--today", day).output
    answer = portal("drain")
    assert answer.exit_code == 0, answer.output
    assert [line["to"] for line in post.journal()] == [["bob@north.example"]]


def test_tick_may_be_for_one_ward_and_refuses_an_unknown_one(
    post: Post, due: CardMaker, portal: Portal
) -> None:
    today = f"{local_day(utc_now()):%Y-%m-%d}"
    due(local_day(utc_now()))
    assert "Đã lập 0" in portal("tick", "--today", today, "--ward", "south").output
    assert "Đã lập 1" in portal("tick", "--today", today, "--ward", "north").output
    assert portal("tick", "--ward", "nowhere").exit_code != 0
    assert portal("tick", "--today", "mai").exit_code == 2


def test_hold_keeps_everything_and_release_sends_it(post: Post, due: CardMaker, portal: Portal) -> None:
    due(local_day(utc_now()))
    portal("tick", "--today", f"{local_day(utc_now()):%Y-%m-%d}")
    assert portal("hold").exit_code == 0
    portal("drain")
    assert post.journal() == []
    shown = portal("status").output
    assert "queued       1" in shown
    assert "đang giữ" in shown
    portal("release")
    portal("drain")
    assert len(post.journal()) == 1


def test_one_ward_can_be_held_alone(post: Post, due: CardMaker, portal: Portal) -> None:
    due(local_day(utc_now()))
    portal("tick", "--today", f"{local_day(utc_now()):%Y-%m-%d}")
    portal("hold", "--ward", "north")
    portal("drain")
    assert post.journal() == []
    portal("release", "--ward", "north")
    portal("drain")
    assert len(post.journal()) == 1


def test_with_the_relay_away_drain_says_so_and_keeps_the_messages(
    app: Flask, cast: Cast, due: CardMaker, portal: Portal
) -> None:
    due(local_day(utc_now()))
    portal("tick", "--today", f"{local_day(utc_now()):%Y-%m-%d}")
    answer = portal("drain")
    assert answer.exit_code == 1
    assert "Không tới được máy chủ thư" in answer.output
