"""Connections that the database ended between two requests: noticed before they are used."""

import time

from tests.cast import Browser
from tests.city import Snapshot


def test_a_restarted_database_costs_nobody_an_error(alice: Browser, behind_the_wall: Snapshot) -> None:
    assert alice.get("/w/north/board").status_code == 200
    ended = behind_the_wall.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename in ('portal_app', 'portal_auth')"
    )
    assert len(ended) >= 2
    time.sleep(0.1)  # until the servers behind these connections have said good-bye
    assert alice.get("/w/north/board").status_code == 200
