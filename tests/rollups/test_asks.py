"""A unit reminds, asks for explanations and reports; each ward gets a card, and the unit sees who has answered."""

import re
from datetime import timedelta

import psycopg
import pytest
from flask import Flask

from portal.db import db, session_as, utc_now
from portal.rollups.receiving import settle, take_up, wards_asked
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tasks.moving import move_to
from portal.tasks.state import State
from portal.tenants.boundary import inside_ward
from portal.wording import full_date, local_day
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.reports.test_ward_reports import approved
from tests.rollups.boards import give, publish
from tests.rollups.test_overview import _text
from tests.statements import counted_statements
from worker.wards import job, job_for_one_ward

WARD, ASKS = "/o/city/wards/north", "/o/city/asks"


def _due() -> str:
    return full_date(local_day(utc_now()) + timedelta(days=5))


def _work(app: Flask) -> list[int]:
    """What the workers do: take up what was asked, then say what is done."""
    with job(app):
        waiting = wards_asked(session_as("auth"), taken_up=False)
    for ward_id in waiting:
        with job_for_one_ward(app, ward_id):
            take_up(utc_now())
            assert take_up(utc_now()) == 0
    with job(app):
        taken = wards_asked(session_as("auth"), taken_up=True)
    for ward_id in taken:
        with job_for_one_ward(app, ward_id):
            settle(utc_now())
    return waiting


def _cards(app: Flask, ward_id: int) -> list[Card]:
    with app.app_context(), inside_ward(ward_id):
        return list(db.session.query(Card).order_by(Card.number))


def test_an_explanation_arrives_as_a_card_of_the_agency_and_its_answer_is_seen_as_done(
    app: Flask, cast: Cast, dung: Browser
) -> None:
    publish(app, cast.north)
    answer = dung.post(f"{WARD}/asks", ask="explain:overdue", agency_kind="congan", due=_due())
    assert (answer.status_code, answer.headers["Location"]) == (303, WARD)
    assert "Giải trình việc quá hạn, nêu ngày sẽ xong (Công an phường) gửi" in _text(dung.get(WARD).text)
    assert "Đang chuyển" in _text(dung.get(ASKS).text)
    assert _work(app) == [cast.north]
    (card,) = _cards(app, cast.north)
    assert card.title == "TP Thử: Giải trình việc quá hạn, nêu ngày sẽ xong (Công an phường)"
    assert card.agency_id == cast.police
    assert card.assigned_at
    assert not _cards(app, cast.south)
    assert "Phường đã nhận" in _text(dung.get(ASKS).text)
    with job_for_one_ward(app, cast.north):
        again = db.session.get_one(Card, (cast.north, card.id))
        for state in (State.REVIEW, State.DONE):
            move_to(again, state, SYSTEM, utc_now(), reason="Đã trả lời")
    _work(app)
    page = dung.get(ASKS).text
    assert re.search(r"Xong \d\d/\d\d lúc", _text(page))
    assert "Đã trả lời" not in page
    assert str(card.id) not in page


def test_every_ward_is_asked_for_a_report_and_the_silent_are_reminded(
    app: Flask, cast: Cast, dung: Browser, behind_the_wall: Snapshot
) -> None:
    year = local_day(utc_now()).year
    answer = dung.post("/o/city/report-requests", period=f"{year}-year", due=_due())
    assert answer.status_code == 303
    assert sorted(_work(app)) == [cast.north, cast.south]
    assert [card.title for card in _cards(app, cast.south)] == [f"TP Thử: Gửi báo cáo: Năm {year}"]
    page = dung.get(ASKS).text
    assert "0/2 xã, phường đã gửi" in _text(page)
    assert "2 nơi chưa gửi P. Bắc , P. Nam" in _text(page)
    (address,) = re.findall(r'action="(/o/city/report-requests/[\w-]+/reminder)"', page)
    assert dung.post(address).status_code == 303
    assert "Đã gửi rồi" in dung.post(address).text
    _work(app)
    assert _cards(app, cast.north)[-1].title == f"TP Thử: Nhắc gửi báo cáo: Năm {year}"


def test_a_report_that_was_approved_and_sent_is_seen_by_the_unit_and_ends_the_ask(
    app: Flask, cast: Cast, dung: Browser, alice: Browser, lan: Browser
) -> None:
    year = local_day(utc_now()).year
    dung.post("/o/city/report-requests", period=f"{year}-year", due=_due())
    _work(app)
    for ask in ("0/2 xã, phường đã gửi", "2 nơi chưa gửi"):
        assert ask in _text(dung.get(ASKS).text)
    here = approved(alice, lan, period=f"{year}-year")
    assert "0/2 xã, phường đã gửi" in _text(dung.get(ASKS).text), "approved is not sent"
    assert alice.post(f"{here}/sending").status_code == 303
    _work(app)
    page = _text(dung.get(ASKS).text)
    assert "1/2 xã, phường đã gửi" in page
    assert "1 nơi chưa gửi P. Nam" in page
    (address,) = re.findall(r'action="(/o/city/report-requests/[\w-]+/reminder)"', dung.get(ASKS).text)
    assert dung.post(address).status_code == 303
    assert _work(app) == [cast.south], "who has sent it is not reminded"
    received = dung.get("/o/city/reports").text
    assert f"Năm {year}" in received
    (document,) = re.findall(r'href="(/o/city/reports/[\w-]+/document)"', received)
    assert dung.get(document).data[:2] == b"PK"


def test_what_cannot_be_asked_is_refused_and_nothing_typed_is_lost(
    app: Flask, cast: Cast, dung: Browser
) -> None:
    wrong = dung.post(f"{WARD}/asks", ask="remind:accept", due="31/31")
    assert wrong.status_code == 422
    assert "Ghi hạn trả lời theo ngày/tháng" in wrong.text
    assert 'value="31/31"' in wrong.text
    assert "Hạn trả lời đã qua" in dung.post(f"{WARD}/asks", ask="remind:accept", due="1/1/2020").text
    assert dung.post("/o/city/report-requests", period=f"{2026}-year", due="x").status_code == 422
    for ask in ("remind:nguyễn văn a", "report:report", "remind:report", "explain:accept", ""):
        assert dung.post(f"{WARD}/asks", ask=ask, due=_due()).status_code == 404
    assert dung.post(f"{WARD}/asks", ask="remind:accept", agency_kind="x", due=_due()).status_code == 404
    assert dung.post(f"{WARD}/asks", ask="remind:accept", due=_due()).status_code == 303
    assert "Đã gửi rồi" in dung.post(f"{WARD}/asks", ask="remind:accept", due=_due()).text
    assert _work(app) == [cast.north]
    assert len(_cards(app, cast.north)) == 1


def test_nobody_else_asks_and_no_ward_outside_the_unit_is_asked(
    cast: Cast, dung: Browser, alice: Browser, bob: Browser, charlie: Browser
) -> None:
    for person in (alice, bob, charlie):
        for address in (f"{WARD}/asks", "/o/city/report-requests"):
            assert person.post(address, ask="remind:accept", due=_due()).status_code == 404
        assert person.get(ASKS).status_code == 404
    assert dung.post("/o/city/wards/dong/asks", ask="remind:accept", due=_due()).status_code == 404


def test_the_asking_role_reads_no_card_and_the_ward_changes_no_ask(city: City, cast: Cast) -> None:
    def login(role: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(city.url(role).replace("+psycopg", ""))

    with login("portal_auth") as auth:
        for column in ("sentence", "unit_id", "id"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), auth.transaction():
                auth.execute(f"select {column} from app.unit_ask")
        for statement in ("select 1 from app.card", "update app.unit_ask set due_on = now()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), auth.transaction():
                auth.execute(statement)
    with login("portal_app") as ward:
        ward.execute("select app.enter_ward(%s)", (cast.north,))
        with pytest.raises(psycopg.errors.InsufficientPrivilege), ward.transaction():
            ward.execute("update app.unit_ask set due_on = now()")


def test_the_page_costs_the_same_for_many_asks(app: Flask, cast: Cast, dung: Browser) -> None:
    give(app, cast.north, cast.police, None)
    dung.get(ASKS)
    with counted_statements(app) as few:
        dung.get(ASKS)
    year = local_day(utc_now()).year
    for period in (f"{year}-year", f"{year}-half"):
        dung.post("/o/city/report-requests", period=period, due=_due())
    dung.get(ASKS)
    with counted_statements(app) as many:
        dung.get(ASKS)
    assert len(many) == len(few) <= 12
