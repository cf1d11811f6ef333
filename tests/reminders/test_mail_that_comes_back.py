"""A letter comes back: its own return path leads to it, the address is given up or counted, somebody is to mend it."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from portal.db import keep, session_as
from portal.local.mailbox import Faults, running_mailbox
from portal.local.returning import report_on
from portal.reminders.commands import reminders
from portal.reminders.delivery import Delivery
from portal.reminders.returns.bouncing import SOFT_LIMIT, take_back
from portal.reminders.returns.return_path import return_path
from tests.cast import Browser
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post, Relays

GONE = [("bounced", "no_such_address")]


def path_of(post: Post) -> str:
    """The return path of the only letter."""
    with post.app.app_context():
        delivery = session_as("dispatch").query(Delivery).one()
        return return_path(delivery)


def returned(post: Post, to: str, raw: bytes, now: Any = MORNING) -> str:
    """A message arrives at an address of ours."""
    with post.app.app_context():
        became = take_back(session_as("dispatch"), raw, [to], now)
        keep()
        return became


def sent(post: Post, due: CardMaker) -> str:
    """One letter has left; gives its return path."""
    due(TODAY)
    post.plan()
    post.drain()
    return path_of(post)


def suppressions(post: Post) -> list[tuple[Any, ...]]:
    return post.wall.query("select reason from app.suppression where lifted_at is null")


def test_the_letter_carries_its_own_return_path_over_the_wire(
    relay: Relays, due: CardMaker, tmp_path: Path
) -> None:
    heard: list[tuple[str, bytes]] = []

    async def take(sender: str, report: bytes) -> None:
        heard.append((sender, report))

    post = relay()
    post.wall.execute("update app.contact set email = 'khong-co.ai@north.example' where name = 'Bob Công An'")
    with running_mailbox(tmp_path / "back", returns=take) as port:
        settings = post.app.config["PORTAL"]
        post.app.config["PORTAL"] = type(settings)(**{**vars(settings), "smtp_port": port})
        path = sent(post, due)
    [(sender, report)] = heard
    assert sender == path
    assert returned(post, sender, report) == "hard"
    assert post.states() == GONE


def test_a_hard_return_stops_the_address_and_is_something_to_mend(
    post: Post, due: CardMaker, alice: Browser, bob: Browser
) -> None:
    path = sent(post, due)
    assert returned(post, path.upper(), report_on("bob@north.example", path, "5.1.1")) == "hard"
    assert post.states() == GONE
    assert suppressions(post) == [("bounced",)]
    assert returned(post, path, report_on("bob@north.example", path, "5.1.1")) == "known"
    assert "Sửa e-mail của Bob Công An" in alice.get("/w/north/mine").text
    assert "Sửa e-mail" not in bob.get("/w/north/mine").text
    assert "Bị trả lại" in alice.get("/w/north/outbox?group=failed").text
    assert "tin nhắc không tới được Bob Công An" in alice.get("/w/north/cards/1").text
    due(TODAY)
    post.plan(MORNING + timedelta(days=1))
    post.drain(MORNING + timedelta(days=1))
    assert ("cancelled", "address_gone") in post.states()
    assert len(post.journal()) == 1
    post.wall.execute("update app.contact set email = 'bob.moi@north.example' where name = 'Bob Công An'")
    assert "Sửa e-mail" not in alice.get("/w/north/mine").text


def test_a_full_mailbox_rests_after_some_letters_and_is_tried_again(post: Post, due: CardMaker) -> None:
    for days in range(SOFT_LIMIT):
        due(TODAY + timedelta(days=days))
        post.plan(MORNING + timedelta(days=days))
        post.drain(MORNING + timedelta(days=days))
        with post.app.app_context():
            last = session_as("dispatch").query(Delivery).filter_by(state="accepted").one()
            path = return_path(last)
        assert suppressions(post) == []
        now = MORNING + timedelta(days=days, hours=1)
        assert returned(post, path, report_on("bob@north.example", path, "4.2.2"), now) == "soft"
    assert suppressions(post) == [("soft_bounced",)]
    post.plan(now + timedelta(days=7))
    assert suppressions(post) == []


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.7", "5.1.8"])
def test_what_is_no_matter_of_the_address_is_counted_only(post: Post, due: CardMaker, status: str) -> None:
    path = sent(post, due)
    assert returned(post, path, report_on("bob@north.example", path, status)) == "soft"
    assert post.states() == [("bounced", "came_back")]
    assert suppressions(post) == []


def test_forged_paths_and_automatic_replies_change_nothing(post: Post, due: CardMaker) -> None:
    path = sent(post, due)
    before = post.states()
    mark = path.partition("+")[2].partition("@")[0]
    report = report_on("bob@north.example", path, "5.1.1")
    for forged in (
        path.replace(mark, mark[:12] + "0" * 20),
        path.replace(mark, "f" * 32),
        path.replace(mark, ""),
        "tra-lai@chung-tay.example",
        "",
    ):
        assert returned(post, forged, report) == "not_ours"
    away = b"Subject: Toi dang nghi phep\r\nAuto-Submitted: auto-replied\r\n\r\n550 5.1.1 Action: failed"
    notes = [
        report_on("bob@north.example", path, "4.4.1", one) for one in ("delayed", "delivered", "relayed")
    ]
    for raw in (away, b"", b"\xff\x00" * 50, *notes):
        assert returned(post, path, raw) == "no_failure"
    assert post.states() == before
    assert suppressions(post) == []


def test_a_relay_that_knows_no_such_address_says_the_same(
    relay: Relays, due: CardMaker, alice: Browser
) -> None:
    post = relay(Faults(refuse=550))
    due(TODAY)
    post.plan()
    post.drain()
    assert post.states() == [("failed", "refused")]
    assert "Sửa e-mail của Bob Công An" in alice.get("/w/north/mine").text


def test_the_mail_systems_pipe_reads_the_address_from_the_message(post: Post, due: CardMaker) -> None:
    path = sent(post, due)
    report = report_on("bob@north.example", path, "5.1.1")
    outcome = post.app.test_cli_runner().invoke(reminders, ["bounced"], input=BytesIO(report))
    assert (outcome.exit_code, outcome.output.strip()) == (0, "hard")
    assert post.states() == GONE
