"""What the tests of accounts share: one-time links as a letter would carry them, and the rows behind the wall."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.accounts.inviting import issue_link
from portal.db import keep, session_as, utc_now
from portal.security import limiter
from tests.cast import Cast
from tests.city import Snapshot

LinkMaker = Callable[[str, str], str]


@pytest.fixture
def a_link(app: Flask, cast: Cast) -> LinkMaker:
    """The address of a fresh one-time link for somebody, made as the worker makes it when it sends the letter."""

    def make(email: str, purpose: str = "reset") -> str:
        with app.app_context():
            issued = issue_link(session_as("auth"), email, purpose, utc_now())
            assert issued is not None
            keep()
            return f"/{purpose}/{issued[1]}"

    return make


@pytest.fixture
def limits(app: Flask, cast: Cast) -> Iterator[None]:
    """The limits by address switched on, as they are outside of tests, and counted in Valkey from the start."""
    limiter._storage_dead = False
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


@pytest.fixture
def live_sessions(behind_the_wall: Snapshot) -> Callable[[str], int]:
    """How many sessions of somebody are not ended."""

    def count(email: str) -> int:
        rows = behind_the_wall.query(
            "select count(*) from app.web_session join app.person on person.id = person_id "
            "where email = %s and revoked_at is null",
            (email,),
        )
        return int(str(rows[0][0]))

    return count
