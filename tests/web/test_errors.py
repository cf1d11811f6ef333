"""What people see when something is missing, refused or broken: plain Vietnamese, nothing of our insides (C38)."""

import logging
import re

import psycopg
import pytest
from flask import Flask, request
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from portal.db import db
from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import City, Snapshot


def _steady(page: bytes) -> bytes:
    return re.sub(rb"[0-9a-f]{8}", b"", page)


def test_a_missing_card_a_foreign_one_and_no_ward_look_the_same(charlie: Browser, a_card: CardMaker) -> None:
    north = a_card()
    addresses = [
        f"/w/north/cards/{north}",
        "/w/north/cards/999",
        "/w/nihil/cards/1",
        f"/w/south/cards/{north}",
        "/w/south/cards/999999999999999999999",
        "/nothing/here",
    ]
    answers = [charlie.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert len({answer.data for answer in answers}) == 1


def test_a_fragment_of_a_missing_thing_is_a_toast(charlie: Browser) -> None:
    answer = charlie.get("/w/north/cards/1", HX_Request="true")
    assert answer.status_code == 404
    assert answer.text.startswith('<hx-partial hx-target="#toast"')


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_nobody_uses_is_405_and_says_which_may_be_used(
    alice: Browser, a_card: CardMaker, method: str
) -> None:
    answer = alice.client.open(f"/w/north/cards/{a_card()}/comments", method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert "Không dùng được cách này" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/w/north/board?q=a%00b", 400),
        ("/w/north/board?q=%C2%B2", 200),
        ("/w/north/board?q=%FF%FE", 200),
        ("/w/north/board?agency=zzz&plan=zzz&quick=zzz&view=zzz&mine=zzz", 200),
        ("/w/north/cards/2147483648", 404),
        ("/w/north/cards/0", 404),
        ("/w/north/cards/-1", 404),
        ("/w/north/cards/1.5", 404),
        ("/w/north/../../etc/passwd", 404),
        ("/static/../config.py", 404),
        ("/static/%2e%2e/config.py", 404),
        ("/w/%00/board", 404),
    ],
)
def test_an_address_made_by_hand_breaks_nothing(alice: Browser, address: str, status: int) -> None:
    assert alice.get(address).status_code == status


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("comments", {"text": "a\0b"}, 400),
        ("due", {"due_on": "1/2", "version": "²"}, 303),
        ("due", {"due_on": "1/2", "version": "9" * 30}, 303),
        ("due", {"due_on": "1/1/0001"}, 303),
        ("due", {"due_on": "99999999999999999999"}, 422),
        ("state", {"state": "doing", "after": "²"}, 303),
        ("state", {"state": "doing", "after": "99999999999"}, 303),
        ("state", {"state": "vanished"}, 400),
        ("assignment", {"agency": "no-such-agency"}, 422),
        ("undo", {"event": "no-such-event"}, 409),
    ],
)
def test_a_form_made_by_hand_breaks_nothing(
    alice: Browser, a_card: CardMaker, act: str, fields: dict[str, str], status: int
) -> None:
    number = a_card()
    assert alice.post(f"/w/north/cards/{number}/{act}", **fields).status_code == status
    assert alice.get(f"/w/north/cards/{number}").status_code == 200
    assert alice.get("/w/north/board").status_code == 200


def test_a_broken_page_says_a_number_and_the_log_says_where_but_not_what(
    app: Flask, alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    number = a_card()
    alice.token()
    behind_the_wall.execute("alter table app.comment rename to comment_away")
    try:
        answer = alice.post(f"/w/north/cards/{number}/comments", text="Họp giao ban ở nhà văn hóa")
    finally:
        behind_the_wall.execute("alter table app.comment_away rename to comment")
    incident = re.search(r"Mã sự cố: <b class=\"num\">([0-9a-f]{8})</b>", answer.text)
    assert answer.status_code == 500
    assert incident is not None
    assert "Họp giao ban ở nhà văn hóa" in answer.text
    assert "Traceback" not in answer.text
    assert incident[1] in caplog.text
    assert "ProgrammingError 42P01 at /w/<ward>/cards/<int:number>/comments" in caplog.text
    assert "giao ban" not in caplog.text


def test_a_commit_that_fails_is_answered_undone_and_logged_without_what_was_typed(
    app: Flask, city: City, alice: Browser, a_card: CardMaker, caplog: pytest.LogCaptureFixture
) -> None:
    """The connection is cut by the database itself, just before the commit."""
    number = a_card()

    def cut(session: Session) -> None:
        if request.endpoint != "tasks.add_comment":
            return
        pid = session.scalar(text("select pg_backend_pid()"))
        with psycopg.connect(city.superuser(), autocommit=True) as connection:
            connection.execute("select pg_terminate_backend(%s)", (pid,))

    factory = db.session.session_factory
    event.listen(factory, "before_commit", cut)
    try:
        answer = alice.post(f"/w/north/cards/{number}/comments", text="Họp giao ban ở nhà văn hóa")
    finally:
        event.remove(factory, "before_commit", cut)
    assert answer.status_code == 503
    assert "Tạm gián đoạn" in answer.text
    assert "Họp giao ban ở nhà văn hóa" in answer.text
    assert "giao ban" not in caplog.text
    page = alice.get(f"/w/north/cards/{number}")
    assert page.status_code == 200
    assert "giao ban" not in page.text


def test_with_the_database_away_every_page_says_so_in_vietnamese(
    lost_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    who = Browser(lost_app)
    who.client.set_cookie("phien", "whatever")
    for address in ("/", "/w/north/board", "/o/city/", "/account", "/permissions"):
        answer = who.get(address)
        assert answer.status_code == 503, address
        assert "Tạm gián đoạn" in answer.text
        assert "Đợi một phút rồi thử lại." in answer.text
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "127.0.0.1" not in caplog.text
    assert "password" not in caplog.text


def test_with_the_database_away_htmx_gets_a_toast(lost_app: Flask) -> None:
    who = Browser(lost_app)
    who.client.set_cookie("phien", "whatever")
    answer = who.get("/w/north/board", HX_Request="true")
    assert answer.status_code == 503
    assert answer.text.startswith('<hx-partial hx-target="#toast"')


def test_with_the_database_away_the_sign_in_page_and_static_files_are_there(lost_app: Flask) -> None:
    who = Browser(lost_app)
    assert who.get("/login").status_code == 200
    assert who.get("/static/theme.css").status_code == 200
    answer = who.post("/login", email="alice@north.example", password="bi-mat-cua-toi-9")
    assert answer.status_code == 503
    assert "bi-mat-cua-toi-9" not in answer.text


def test_the_pages_come_back_when_the_database_does(alice: Browser, behind_the_wall: Snapshot) -> None:
    """Every connection of ours is cut, and for a while no new one is let in."""
    ours = ("portal_app", "portal_auth")
    for role in ours:
        behind_the_wall.execute(f"alter role {role} nologin")
    try:
        behind_the_wall.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'portal%'"
        )
        assert alice.get("/w/north/board").status_code == 503
    finally:
        for role in ours:
            behind_the_wall.execute(f"alter role {role} login")
    assert alice.get("/w/north/board").status_code == 200


def test_nothing_is_logged_above_a_warning_by_ordinary_refusals(
    alice: Browser, a_card: CardMaker, caplog: pytest.LogCaptureFixture
) -> None:
    alice.get("/w/north/cards/999")
    alice.post(f"/w/north/cards/{a_card()}/comments", text="")
    assert [record for record in caplog.records if record.levelno > logging.WARNING] == []
