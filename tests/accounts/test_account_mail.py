"""Invitations and password links leave by e-mail: once, with a link that works, and the same for unknown addresses."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.inviting import ask_for_link
from portal.accounts.mailing import send_account_mail
from portal.db import keep, session_as, utc_now
from portal.local.journal import JOURNAL, journal, messages
from portal.local.mailbox import Faults, running_mailbox
from tests.cast import PASSWORD, Browser
from tests.city import Snapshot

NEVER = timedelta(0)


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where the relay keeps what it takes; the app's settings are put back afterwards."""
    settings = app.config["PORTAL"]
    yield tmp_path
    app.config["PORTAL"] = settings


def send(app: Flask, folder: Path, faults: Faults | None = None, *, later: timedelta = NEVER) -> int:
    """Send what is due through a relay with these faults."""
    with running_mailbox(folder, faults or Faults()) as port:
        app.config["PORTAL"] = replace(app.config["PORTAL"], smtp_port=port, relay_journal=folder / JOURNAL)
        with app.app_context():
            submitted = send_account_mail(lambda: utc_now() + later)
            keep()
            return submitted


def ask(app: Flask, email: str, purpose: str = "reset") -> None:
    with app.app_context():
        ask_for_link(session_as("auth"), email, purpose, place="UBND phường Bắc", now=utc_now())
        keep()


def states(wall: Snapshot) -> list[tuple[object, ...]]:
    return wall.query("select state, attempts from app.account_mail order by requested_at")


def link(folder: Path) -> str:
    part = messages(folder)[-1].get_body(("plain",))
    assert part is not None
    found = re.search(r"http://localhost(/\S+)", part.get_content())
    assert found
    return found[1]


def test_somebody_new_is_invited_and_signs_in_with_the_link(
    app: Flask, folder: Path, alice: Browser, nobody: Browser
) -> None:
    alice.post("/w/north/people", name="Hoa Mới", email="hoa@north.example", role="viewer", agency="")
    assert send(app, folder) == 1
    [letter] = messages(folder)
    assert letter["To"].addresses[0].addr_spec == "hoa@north.example"
    assert letter["From"].addresses[0].display_name == "UBND phường Bắc"
    page = letter.get_body(("html",))
    assert page is not None
    assert "UBND phường Bắc mời anh/chị" in page.get_content()
    assert nobody.get(link(folder)).status_code == 200
    assert nobody.post(link(folder), password=PASSWORD + "-moi").status_code == 303


def test_an_unknown_address_gets_no_letter_and_a_known_one_gets_one(
    app: Flask, folder: Path, nobody: Browser, behind_the_wall: Snapshot
) -> None:
    ask(app, "nobody@nowhere.example")
    ask(app, "bob@north.example")
    send(app, folder)
    assert [line["to"] for line in journal(folder)] == [["bob@north.example"]]
    assert {state for state, _attempts in states(behind_the_wall)} == {"dropped", "sent"}


def test_a_silent_relay_is_asked_its_journal_and_nothing_is_sent_twice(
    app: Flask, folder: Path, nobody: Browser, behind_the_wall: Snapshot
) -> None:
    ask(app, "bob@north.example")
    send(app, folder, Faults(drop_every=1))
    assert states(behind_the_wall) == [("submitting", 1)]
    assert send(app, folder) == 0
    assert states(behind_the_wall) == [("sent", 1)]
    assert len(journal(folder)) == 1


def test_a_letter_that_never_arrived_is_sent_again_with_a_new_link_once_that_is_certain(
    app: Flask, folder: Path, nobody: Browser, behind_the_wall: Snapshot
) -> None:
    ask(app, "bob@north.example")
    send(app, folder, Faults(drop_every=1))
    first = link(folder)
    (folder / JOURNAL).write_text("")
    assert send(app, folder, later=timedelta(minutes=1)) == 0
    assert send(app, folder, later=timedelta(minutes=4)) == 1
    assert states(behind_the_wall) == [("sent", 2)]
    assert nobody.get(first).status_code == 404
    assert nobody.get(link(folder)).status_code == 200


def test_a_refused_letter_waits_and_a_hopeless_one_fails(
    app: Flask, folder: Path, nobody: Browser, behind_the_wall: Snapshot
) -> None:
    ask(app, "bob@north.example")
    send(app, folder, Faults(refuse=451))
    assert states(behind_the_wall) == [("queued", 1)]
    assert send(app, folder) == 0
    send(app, folder, Faults(refuse=550), later=timedelta(minutes=1))
    assert states(behind_the_wall) == [("failed", 2)]


def test_the_link_is_stored_nowhere(
    app: Flask, folder: Path, nobody: Browser, behind_the_wall: Snapshot
) -> None:
    ask(app, "bob@north.example")
    send(app, folder)
    token = link(folder).rpartition("/")[2]
    assert token not in str(behind_the_wall.query("select row_to_json(m)::text from app.account_mail m"))
    assert token not in str(behind_the_wall.query("select row_to_json(t)::text from app.one_time_token t"))
