"""Pages ask again by themselves: without PostgreSQL while nothing changed, and never answered with what is old."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
import time_machine
from flask import Flask

from portal.db import db, drop, keep, utc_now
from portal.tasks.board_change import BoardChange
from portal.tasks.card_queries import card_or_404
from portal.tenants.boundary import inside_ward
from portal.versions import Versions
from tests.cards import CardMaker
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.statements import counted_statements

PAGES = [
    "board",
    "board?view=lanes",
    "board?view=list",
    "board?view=calendar",
    "board?view=year",
    "mine",
    "home",
    "agencies/{police}",
    "cards/1",
]


@pytest.fixture
def store(city: City) -> Iterator["redis.Redis"]:
    """The Valkey itself."""
    with redis.Redis(port=city.valkey.port) as store:
        yield store


def ticket(page: str) -> str:
    found = re.search(r'data-live="([^"]+)"', page)
    assert found, page
    return found[1]


def ask(who: Browser, page: str, sent: str) -> tuple[int, str]:
    """What a page gets when it asks again, and the ticket for the next time."""
    answer = who.get(f"/w/north/{page}", If_None_Match=f'"{sent}"', HX_Request="true")
    if answer.status_code == 304:
        assert answer.data == b""
        return 304, answer.get_etag()[0] or ""
    return answer.status_code, ticket(answer.text) if answer.status_code == 200 else ""


def open_page(who: Browser, page: str) -> str:
    """A ticket that has a version: the ward's is made when somebody first asks for it."""
    _status, sent = ask(who, page, ticket(who.get(f"/w/north/{page}").text))
    return ask(who, page, sent)[1]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_changed_asks_postgresql_nothing(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast, page: str
) -> None:
    a_card()
    page = page.format(police=cast.police)
    sent = open_page(alice, page)
    with counted_statements(app) as seen:
        assert ask(alice, page, sent)[0] == 304
    assert seen == []


@pytest.mark.parametrize("page", PAGES)
def test_what_another_changed_is_sent(
    bob: Browser, alice: Browser, a_card: CardMaker, cast: Cast, page: str
) -> None:
    number, page = a_card(), page.format(police=cast.police)
    sent = open_page(alice, page)
    bob.post(f"/w/north/cards/{number}/state", state="doing")
    status, fresh = ask(alice, page, sent)
    assert status == 200
    assert ask(alice, page, fresh)[0] == 304


def test_a_change_of_another_agencys_card_sends_nothing_but_a_new_ticket(
    app: Flask, bob: Browser, mai: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number = a_card()
    sent = open_page(mai, "board")
    bob.post(f"/w/north/cards/{number}/state", state="doing")
    status, fresh = ask(mai, "board", sent)
    assert status == 304
    assert fresh != sent
    with counted_statements(app) as seen:
        assert ask(mai, "board", fresh)[0] == 304
    assert seen == []


def test_dropped_keys_lead_to_the_truth(
    app: Flask, bob: Browser, alice: Browser, a_card: CardMaker, store: "redis.Redis"
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    store.flushdb()
    with counted_statements(app) as seen:
        assert ask(alice, "board", sent)[0] == 304
    assert seen != []
    bob.post(f"/w/north/cards/{number}/state", state="doing")
    store.flushdb()
    assert ask(alice, "board", sent)[0] == 200


def test_without_valkey_the_truth_answers(
    app: Flask, bob: Browser, alice: Browser, a_card: CardMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    away = Versions("redis://127.0.0.1:1/0")
    monkeypatch.setitem(app.extensions, "versions", away)
    assert ask(alice, "board", sent)[0] == 304
    bob.post(f"/w/north/cards/{number}/state", state="doing")
    assert ask(alice, "board", sent)[0] == 200


def test_a_change_that_valkey_was_not_told_of_is_told_once_it_is_back(
    app: Flask, cast: Cast, city: City, store: "redis.Redis"
) -> None:
    versions = Versions(f"redis://127.0.0.1:{city.valkey.port}/0")
    versions.read(["ward:7"])
    before = versions.read(["ward:7"])
    store.execute_command("CLIENT", "PAUSE", "400", "ALL")
    writer = versions.begin(["ward:7"])
    versions.end(["ward:7"], writer)
    assert versions.read(["ward:7"]) is None
    versions._quiet_until = 0.0
    while store.ping() is not True:
        pass
    assert versions.read(["ward:7"]) != before


def test_what_was_rolled_back_changes_no_version(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    with app.app_context(), inside_ward(cast.north):
        db.session.add(BoardChange(card_id=card_or_404(number).id))
        db.session.flush()
        drop()
        keep()
    with counted_statements(app) as seen:
        assert ask(alice, "board", sent)[0] == 304
    assert seen == []


def test_a_savepoint_tells_nothing_and_loses_nothing(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    with app.app_context(), inside_ward(cast.north):
        card = card_or_404(number)
        with db.session.begin_nested():
            card.version += 1
            db.session.add(BoardChange(card_id=card.id))
        with counted_statements(app) as seen, app.app_context():
            assert ask(alice, "board", sent)[0] == 304
        assert seen == []
        keep()
    assert ask(alice, "board", sent)[0] == 200


def test_who_looks_between_the_change_and_its_commit_is_told_afterwards(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    about_to_commit, looked = threading.Event(), threading.Event()
    versions: Versions = app.extensions["versions"]

    def write() -> None:
        with app.app_context(), inside_ward(cast.north):
            card = card_or_404(number)
            card.version += 1
            db.session.add(BoardChange(card_id=card.id))
            db.session.flush()
            tell = versions.begin

            def begin(names: list[str]) -> str | None:
                writer = tell(names)
                about_to_commit.set()
                looked.wait(10)
                return writer

            versions.begin = begin  # type: ignore[method-assign,assignment]
            try:
                keep()
            finally:
                versions.begin = tell  # type: ignore[method-assign]

    writer = threading.Thread(target=write)
    writer.start()
    assert about_to_commit.wait(10)
    status, between = ask(alice, "board", sent)
    assert status == 304  # it is not committed yet, and the truth says so
    looked.set()
    writer.join()
    assert ask(alice, "board", between)[0] == 200


def test_a_writer_killed_after_its_commit_hides_nothing(
    app: Flask, alice: Browser, a_card: CardMaker, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_card()
    sent = open_page(alice, "board")
    monkeypatch.setattr(Versions, "end", lambda *_: None)
    with app.app_context(), inside_ward(cast.north):
        card = card_or_404(number)
        card.version += 1
        db.session.add(BoardChange(card_id=card.id))
        keep()
    assert ask(alice, "board", sent)[0] == 200
    with counted_statements(app) as seen:
        ask(alice, "board", sent)
    assert seen != []


def test_a_ticket_is_good_for_one_browser_one_address_and_some_minutes(
    app: Flask, alice: Browser, lan: Browser, a_card: CardMaker
) -> None:
    a_card()
    sent = open_page(alice, "board")
    for who, page in ((lan, "board"), (alice, "mine"), (alice, "board?quick=late")):
        assert ask(who, page, sent)[0] == 200, page
    assert ask(alice, "board", sent[:-2])[0] == 200
    with counted_statements(app) as seen, time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert ask(alice, "board", sent)[0] == 304
    assert seen != []


def test_who_signed_out_is_told_at_the_next_question(alice: Browser, a_card: CardMaker) -> None:
    a_card()
    sent = open_page(alice, "board")
    token = alice.client.get_cookie("phien")
    assert token is not None
    alice.post("/logout")
    alice.client.set_cookie("phien", token.value)
    assert ask(alice, "board", sent)[0] == 401


def test_asking_by_itself_keeps_nobody_signed_in(
    alice: Browser, a_card: CardMaker, behind_the_wall: Snapshot, store: "redis.Redis"
) -> None:
    a_card()
    sent = open_page(alice, "board")
    store.flushdb()
    behind_the_wall.execute("update app.web_session set last_seen_at = last_seen_at - interval '90 minutes'")
    before = behind_the_wall.query("select token_hash, last_seen_at from app.web_session order by 1")
    assert ask(alice, "board", sent)[0] == 304
    assert behind_the_wall.query("select token_hash, last_seen_at from app.web_session order by 1") == before


def test_charlie_of_another_ward_learns_nothing(alice: Browser, charlie: Browser, a_card: CardMaker) -> None:
    a_card()
    sent = open_page(alice, "board")
    assert ask(charlie, "board", sent)[0] == 404
