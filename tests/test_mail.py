"""The way out for letters: what a relay's answers mean, and where silence begins to be doubtful."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from portal.config import Settings
from portal.local.ports import LOOPBACK, free_port
from portal.mail import MESSAGES_EACH, Outcome, Relay, RelayAway

LETTER = b"Subject: Thu\r\n\r\nMot\r\n.hai\r\n.\r\nba\r\n"


class Fussy:
    """A relay that answers as it is told; counts sessions and messages."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.sessions: set[int] = set()
        self.taken: list[bytes] = []
        self.session_limit = 1000

    async def handle_MAIL(
        self, _server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self.sessions.add(id(session))
        envelope.mail_from = address
        session.count = getattr(session, "count", 0) + 1
        if session.count > self.session_limit:
            return "452 Too many messages in this session"
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if "rcpt" in self.answers:
            return self.answers["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.taken.append(envelope.content)
        return self.answers.get("data", "250 OK")


@contextmanager
def relay_that(fussy: Fussy, settings: Settings) -> Iterator[Relay]:
    controller = Controller(fussy, hostname=LOOPBACK, port=free_port())
    controller.start()
    try:
        with Relay(replace(settings, smtp_port=controller.port)) as relay:
            yield relay
    finally:
        controller.stop()


@pytest.fixture
def settings(app: Flask) -> Settings:
    wanted: Settings = app.config["PORTAL"]
    return wanted


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, Outcome.ACCEPTED),
        ({"mail": "550 We do not know you"}, Outcome.HOLD_ACCOUNT),
        ({"mail": "451 Later"}, Outcome.RETRY),
        ({"rcpt": "550 No such user"}, Outcome.PERMANENT),
        ({"rcpt": "450 Greylisted"}, Outcome.RETRY),
        ({"data": "451 Later"}, Outcome.RETRY),
        ({"data": "554 Refused"}, Outcome.PERMANENT),
    ],
)
def test_an_answer_means_what_the_protocol_says(
    settings: Settings, answers: dict[str, str], outcome: Outcome
) -> None:
    with relay_that(Fussy(**answers), settings) as relay:
        assert relay.submit("a@north.example", LETTER).outcome is outcome
        assert relay.submit("a@north.example", LETTER).outcome is outcome


def test_lines_that_begin_with_a_dot_arrive_whole(settings: Settings) -> None:
    fussy = Fussy()
    with relay_that(fussy, settings) as relay:
        relay.submit("a@north.example", LETTER)
    assert fussy.taken == [LETTER]


def test_too_many_in_one_session_is_a_matter_of_the_session(settings: Settings) -> None:
    fussy = Fussy()
    fussy.session_limit = 2
    with relay_that(fussy, settings) as relay:
        answers = [relay.submit("a@north.example", LETTER) for _each in range(5)]
    assert {answer.outcome for answer in answers} == {Outcome.ACCEPTED}
    assert len(fussy.taken) == 5


def test_a_connection_is_renewed_before_relays_grow_tired_of_it(settings: Settings) -> None:
    fussy = Fussy()
    fussy.session_limit = MESSAGES_EACH
    with relay_that(fussy, settings) as relay:
        for _each in range(MESSAGES_EACH + 1):
            assert relay.submit("a@north.example", LETTER).outcome is Outcome.ACCEPTED
    assert len(fussy.taken) == MESSAGES_EACH + 1


def test_a_relay_that_is_away_was_offered_nothing(settings: Settings) -> None:
    with Relay(replace(settings, smtp_port=free_port())) as relay, pytest.raises(RelayAway):
        relay.reach()
