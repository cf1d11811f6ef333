"""Sessions are rows: idle and absolute limits, at most five, ended at once wherever they are open (C5, C6, C8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.accounts.web_session import token_hash
from portal.db import utc_now
from tests.cast import Browser, Cast
from tests.city import Snapshot

ALICE = "alice@north.example"


def _is_in(who: Browser) -> bool:
    return who.get("/w/north/board").status_code == 200


def test_the_database_holds_only_a_hash_of_the_cookie(alice: Browser, behind_the_wall: Snapshot) -> None:
    cookie = alice.client.get_cookie("phien")
    assert cookie is not None
    assert len(cookie.value) >= 43
    rows = behind_the_wall.query("select token_hash from app.web_session")
    assert rows == [(token_hash(cookie.value),)]


def test_signing_out_ends_the_session_and_cleans_the_browser(app: Flask, alice: Browser) -> None:
    kept = alice.client.get_cookie("phien")
    assert kept is not None
    answer = alice.post("/logout")
    assert answer.headers["Location"] == "/login"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Browser(app)
    thief.client.set_cookie("phien", kept.value)
    assert not _is_in(thief)


def test_opening_the_sign_out_address_does_nothing(alice: Browser) -> None:
    assert alice.get("/logout").status_code == 405
    assert _is_in(alice)


def test_signing_out_without_the_token_of_the_page_is_refused(alice: Browser) -> None:
    assert alice.client.post("/logout").status_code == 400
    assert _is_in(alice)


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ("last_seen_at = now() - interval '119 minutes'", True),
        ("last_seen_at = now() - interval '121 minutes'", False),
        ("ends_at = now() + interval '1 minute'", True),
        ("ends_at = now() - interval '1 second'", False),
        ("revoked_at = now()", False),
        ("token_hash = '\\x00'", False),
    ],
)
def test_an_idle_old_or_ended_session_is_out(
    alice: Browser, behind_the_wall: Snapshot, change: str, stays: bool
) -> None:
    behind_the_wall.execute(f"update app.web_session set {change}")
    assert _is_in(alice) is stays


def test_a_busy_session_ends_after_twelve_hours_all_the_same(alice: Browser) -> None:
    start = utc_now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(11):
            clock.shift(timedelta(minutes=65))
            assert _is_in(alice)
        clock.move_to(start + timedelta(hours=12, seconds=5))
        assert not _is_in(alice)


def test_using_a_page_keeps_the_session_awake(alice: Browser) -> None:
    with time_machine.travel(utc_now(), tick=False) as clock:
        for _ in range(3):
            clock.shift(timedelta(minutes=100))
            assert _is_in(alice)


def test_htmx_is_told_at_once_that_the_session_ended(alice: Browser, behind_the_wall: Snapshot) -> None:
    behind_the_wall.execute("update app.web_session set revoked_at = now()")
    answer = alice.get("/w/north/board", HX_Request="true")
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login"
    assert answer.data == b""


def test_somebody_who_was_disabled_is_out_at_once(alice: Browser, behind_the_wall: Snapshot) -> None:
    behind_the_wall.execute(f"update app.person set disabled_at = now() where email = '{ALICE}'")
    assert not _is_in(alice)


def test_a_person_is_signed_in_on_five_machines_at_most(
    app: Flask, cast: Cast, live_sessions: Callable[[str], int]
) -> None:
    machines = [Browser(app).sign_in(ALICE) for _ in range(6)]
    assert [_is_in(machine) for machine in machines] == [False] + [True] * 5
    assert live_sessions(ALICE) == 5


def test_ending_the_others_leaves_only_this_one_under_a_new_id(
    app: Flask, alice: Browser, live_sessions: Callable[[str], int]
) -> None:
    other, before = Browser(app).sign_in(ALICE), alice.client.get_cookie("phien")
    answer = alice.post("/account/sessions/end")
    after = alice.client.get_cookie("phien")
    assert answer.headers["Location"] == "/account"
    assert (_is_in(alice), _is_in(other)) == (True, False)
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert live_sessions(ALICE) == 1


def test_nobody_ends_another_persons_sessions(bob: Browser, alice: Browser) -> None:
    bob.post("/account/sessions/end")
    assert _is_in(alice)


def test_the_account_page_lists_where_somebody_is_signed_in(app: Flask, alice: Browser) -> None:
    phone = Browser(app)
    phone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14; Mobile)"
    phone.sign_in(ALICE)
    page = alice.get("/account").text
    assert "Android 14" in page
    assert page.count("Máy này") == 1
