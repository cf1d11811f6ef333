"""Webhooks: a unit's own system hears what is new, signed and once a minute; never inwards, never for ever."""

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from portal.db import keep, session_as
from portal.reports.webhooks.calling import Answer
from portal.reports.webhooks.delivering import claim, settle
from portal.reports.webhooks.delivery import LEASE, WAITS
from portal.reports.webhooks.webhook import STOPPED_AFTER
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.hooking import System, deliver, look, settings
from tests.reports.test_ward_reports import approved
from tests.rollups.boards import NOW, give, publish
from tests.statements import counted_statements

PAGE = "/o/city/webhooks"
LATER = NOW + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
ALL = ["figures.published", "period.closed", "report.received"]


@pytest.fixture
def system(app: Flask) -> Iterator[System]:
    made = System()
    with settings(app, webhook_inside=frozenset({"127.0.0.1"})):
        yield made
    made.end()


def registered(browser: Browser, system: System, *events: str) -> tuple[str, str]:
    """A new webhook: its page, and its secret."""
    answer = browser.post(PAGE, url=system.address, events=list(events) or ALL)
    assert answer.status_code == 200, answer.text
    [here] = set(re.findall(rf'action="({PAGE}/[\w-]+)/test"', answer.text))
    return here, secret_in(answer.text)


def secret_in(page: str) -> str:
    return str(re.findall(r"whsec_[\w+/=]+", page)[0])


def test_a_system_hears_which_wards_have_new_figures_and_nothing_else(
    app: Flask, cast: Cast, told: None, dung_now: Browser, system: System
) -> None:
    here, secret = registered(dung_now, system)
    assert (look(app, LATER), deliver(app, LATER)) == (1, 1)
    [first] = system.heard
    assert first.path == "/nhan"
    assert first.is_signed_with(secret)
    assert not first.is_signed_with("whsec_AAAA")
    assert first.said["type"] == "figures.published"
    data = first.said["data"]
    assert set(data) == {"unit_id", "unit", "period", "wards", "complete", "href"}
    assert (data["unit_id"], data["period"], data["complete"]) == (cast.unit, "2026-year", True)
    assert {one["ward_id"] for one in data["wards"]} == {cast.north, cast.south}
    assert {tuple(one) for one in data["wards"]} == {("ward_id", "as_of")}
    assert data["href"] == "http://localhost/api/v1/periods/2026-year/wards.json"
    assert "Đã nhận (204)" in dung_now.get(here).text
    assert look(app, LATER + MINUTE) == 0
    give(app, cast.north, cast.police, None, None, None)
    publish(app, cast.north, now=LATER)
    assert look(app, LATER + MINUTE) == 0, "it was asked less than a minute ago"
    assert (look(app, LATER + 2 * MINUTE), deliver(app, LATER + 2 * MINUTE)) == (1, 1)
    assert [one["ward_id"] for one in system.heard[1].said["data"]["wards"]] == [cast.north]


def test_looking_for_news_where_there_is_none_writes_nothing(
    app: Flask, told: None, behind_the_wall: Snapshot, dung_now: Browser, system: System
) -> None:
    registered(dung_now, system)
    assert (look(app, LATER), deliver(app, LATER)) == (1, 1)
    # A row that is only locked is written to as well: by whom, stands in xmax.
    touched = "select about, xmin::text, xmax::text from app.webhook_told order by about"
    before = behind_the_wall.query(touched)
    assert len(before) == 2
    assert look(app, LATER + MINUTE) == 0
    assert behind_the_wall.query(touched) == before


def test_a_close_and_a_report_that_came_in_are_told_once(
    app: Flask, cast: Cast, told: None, dung_now: Browser, system: System
) -> None:
    registered(dung_now, system, "period.closed", "report.received")
    assert look(app, LATER) == 0
    close = LATER.replace(month=5, day=14, hour=18)
    assert look(app, close) == 0, "the wards' figures are not frozen yet"
    publish(app, cast.north, cast.south, now=close)
    assert (look(app, close + MINUTE), deliver(app, close + MINUTE)) == (1, 1)
    said = system.heard[0].said
    assert (said["type"], said["data"]["period_end"]) == ("period.closed", "2026-05-14")
    assert "2026-month-05" in {one["period"] for one in said["data"]["periods"]}
    alice, lan = (Browser(app).sign_in(f"{name}@north.example") for name in ("alice", "lan"))
    assert alice.post(f"{approved(alice, lan)}/sending").status_code == 303
    assert (look(app, close + 3 * MINUTE), deliver(app, close + 3 * MINUTE)) == (1, 1)
    [report] = system.heard[1].said["data"]["reports"]
    assert (report["ward_id"], report["period"], report["edition"]) == (cast.north, "20260101-20260630", 1)
    assert look(app, close + 5 * MINUTE) == 0


def test_what_is_not_taken_is_tried_again_later_and_news_meanwhile_wait_and_go_together(
    app: Flask, cast: Cast, told: None, dung_now: Browser, system: System
) -> None:
    here, _secret = registered(dung_now, system)
    system.status = 500
    look(app, LATER)
    assert deliver(app, LATER) == 1
    assert "máy nhận trả lời có lỗi" in dung_now.get(here).text
    for number in range(5):
        give(app, cast.north, cast.police, None)
        publish(app, cast.north, now=LATER + number * MINUTE)
        assert look(app, LATER + (number + 1) * MINUTE) == 0
    now, system.status = LATER + timedelta(minutes=6), 200
    assert deliver(app, now) == 1
    first, again = system.heard
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    assert first.headers["webhook-timestamp"] < again.headers["webhook-timestamp"]
    assert (look(app, now), deliver(app, now)) == (1, 1)
    assert len(system.heard) == 3


def test_it_is_given_up_after_the_last_wait_stopped_after_days_and_told_by_letter_once(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser, system: System
) -> None:
    here, _secret = registered(dung_now, system)
    system.status, now = 503, LATER
    look(app, now)
    for wait in (*WAITS, timedelta()):
        assert deliver(app, now) == 1
        now += wait
    assert "Không gửi được" in dung_now.get(here).text
    assert behind_the_wall.query("select state, attempts, status from app.webhook_delivery") == [
        ("given_up", len(WAITS) + 1, 503)
    ]
    behind_the_wall.execute(
        f"update app.webhook set failing_since = failing_since - interval '{STOPPED_AFTER}'"
    )
    give(app, cast.north, cast.police, None)
    publish(app, cast.north, now=now)
    now += timedelta(days=1)
    assert (look(app, now), deliver(app, now), deliver(app, now)) == (1, 1, 0)
    assert behind_the_wall.query("select purpose, email, about_unit from app.account_mail") == [
        ("webhook_stopped", "dung@city.example", cast.unit)
    ]
    page = dung_now.get(here).text
    assert "Bật lại" in page
    [retry, *_others] = re.findall(r'action="([^"]+/retry)"', page)
    assert dung_now.post(retry).status_code == 409
    system.status = 200
    assert dung_now.post(f"{here}/resumption").status_code == 303
    assert dung_now.post(retry).status_code == 303
    assert deliver(app, now) == 1


def test_nothing_is_lost_when_a_worker_dies_and_one_that_wakes_too_late_changes_nothing(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser, system: System
) -> None:
    registered(dung_now, system)
    look(app, LATER)
    with app.app_context():
        dead = claim(session_as("auth"), LATER)
        keep()
    assert dead is not None
    assert deliver(app, LATER) == 0, "it is another worker's until the lease ends"
    now = LATER + LEASE + timedelta(seconds=1)
    assert deliver(app, now) == 1
    assert system.heard[0].headers["webhook-id"] == str(dead.delivery_id)
    with app.app_context():
        settle(session_as("auth"), dead, Answer(500, "status"), now)
        keep()
    assert behind_the_wall.query("select state, attempts from app.webhook_delivery") == [("delivered", 2)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://so.example/x", "bắt đầu bằng https://"),
        ("ftp://so.example/x", "bắt đầu bằng https://"),
        ("https://so.example:8443/x", "cổng 443"),
        ("https://a:b@so.example/x", "tên đăng nhập"),
        ("https://so.example/x#y", "tên đăng nhập"),
        ("https://", "không đọc được"),
        ("https://so.example:x/", "không đọc được"),
        ("https://so.example/\r\nX: y", "không đọc được"),
    ],
)
def test_an_address_nothing_may_be_sent_to_is_refused_with_what_to_do(
    app: Flask, dung_now: Browser, url: str, why: str
) -> None:
    answer = dung_now.post(PAGE, url=url, events=ALL)
    assert answer.status_code == 422
    assert why in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "0x7f.1",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "10.1.2.3",
        "169.254.169.254",
        "[fd00::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "[fe80::1]",
    ],
)
def test_a_name_that_leads_inwards_is_not_called(
    app: Flask, cast: Cast, told: None, dung_now: Browser, behind_the_wall: Snapshot, host: str
) -> None:
    assert dung_now.post(PAGE, url=f"https://{host}/x", events=ALL).status_code == 200
    look(app, LATER)
    deliver(app, LATER)
    assert behind_the_wall.query("select status, why from app.webhook_delivery") == [(None, "inwards")]


def test_redirects_are_not_followed_and_a_slow_answer_is_cut_off(
    app: Flask, cast: Cast, dung_now: Browser, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _secret = registered(dung_now, system)
    system.status, system.location = 307, system.address + "/trong"
    assert dung_now.post(f"{here}/test").status_code == 303
    deliver(app, LATER)
    assert "không đi theo" in dung_now.get(here).text
    assert [one.path for one in system.heard] == ["/nhan"]
    monkeypatch.setattr("portal.reports.webhooks.calling.ALL_SECONDS", 0.3)
    system.status, system.location, system.slowly = 200, "", True
    dung_now.post(f"{here}/test")
    deliver(app, LATER)
    assert "không trả lời trong 10 giây" in dung_now.get(here).text


def test_after_the_secret_was_changed_both_sign_for_a_day(
    app: Flask, cast: Cast, dung_now: Browser, behind_the_wall: Snapshot, system: System
) -> None:
    here, old = registered(dung_now, system)
    new = secret_in(dung_now.post(f"{here}/secret").text)
    assert new != old
    dung_now.post(f"{here}/test")
    deliver(app, LATER)
    dung_now.post(f"{here}/test")
    deliver(app, LATER + timedelta(hours=25))
    assert [(one.is_signed_with(old), one.is_signed_with(new)) for one in system.heard] == [
        (True, True),
        (False, True),
    ]


def test_the_secret_is_shown_once_and_stands_neither_in_the_database_nor_in_a_log(
    app: Flask,
    cast: Cast,
    dung_now: Browser,
    behind_the_wall: Snapshot,
    system: System,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        here, secret = registered(dung_now, system)
        system.end()
        dung_now.post(f"{here}/test")
        deliver(app, LATER)
    assert "whsec_" not in dung_now.get(here).text
    assert "không tới được" in dung_now.get(here).text
    plain = secret.removeprefix("whsec_")
    rows = str(
        behind_the_wall.query("select w.*, d.* from app.webhook w join app.webhook_delivery d on true")
    )
    assert plain not in rows
    assert plain not in caplog.text


def test_a_unit_has_its_own_webhooks_and_needs_at_least_one_event(
    app: Flask, cast: Cast, dung_now: Browser, bob: Browser, charlie: Browser, system: System
) -> None:
    refused = dung_now.post(PAGE, url=system.address)
    assert refused.status_code == 422
    assert "Chọn ít nhất một loại tin" in refused.text
    assert system.address in refused.text
    here, _secret = registered(dung_now, system)
    dung_now.post(f"{here}/test")
    deliver(app, LATER)
    [retry] = re.findall(r'action="([^"]+/retry)"', dung_now.get(here).text)
    for person in (bob, charlie):
        assert person.get(PAGE).status_code == person.get(here).status_code == 404
        for act in ("test", "secret", "removal", "events", "resumption"):
            assert person.post(f"{here}/{act}").status_code == 404
        assert person.post(retry).status_code == 404
    assert dung_now.post(f"{here}/events", events=["report.received"]).status_code == 303
    assert dung_now.post(f"{here}/removal").status_code == 303
    assert dung_now.get(here).status_code == 404


def test_a_webhook_of_another_unit_is_not_found(
    app: Flask, cast: Cast, dung_now: Browser, behind_the_wall: Snapshot, system: System
) -> None:
    here, _secret = registered(dung_now, system)
    behind_the_wall.execute(
        "insert into app.oversight_unit (slug, name, short_name) values ('far', 'Xa', 'Xa')"
    )
    behind_the_wall.execute(
        "update app.webhook set unit_id = (select id from app.oversight_unit where slug = 'far')"
    )
    missing = dung_now.get(f"{PAGE}/00000000-0000-7000-8000-000000000000")
    assert (dung_now.get(here).status_code, dung_now.get(here).data) == (404, missing.data)
    assert dung_now.post(f"{here}/test").status_code == 404


def test_the_page_asks_the_database_as_often_for_one_message_as_for_many(
    app: Flask, cast: Cast, dung_now: Browser, behind_the_wall: Snapshot, system: System
) -> None:
    here, _secret = registered(dung_now, system)
    dung_now.post(f"{here}/test")
    with counted_statements(app) as few:
        dung_now.get(here)
    behind_the_wall.execute(
        "insert into app.webhook_delivery select gen_random_uuid(), webhook_id, event, body, made_at, 'delivered', 1, "
        "made_at, null, made_at, 200, '' from app.webhook_delivery, generate_series(1, 30)"
    )
    with counted_statements(app) as many:
        dung_now.get(here)
    assert len(few) == len(many) <= 12


def test_the_document_describes_every_message(
    app: Flask, cast: Cast, told: None, dung_now: Browser, system: System
) -> None:
    document = json.loads(app.test_client().get("/api/v1/openapi.json").data)
    assert set(document["webhooks"]) == {*ALL, "webhook.test"}
    here, _secret = registered(dung_now, system)
    dung_now.post(f"{here}/test")
    look(app, LATER)
    deliver(app, LATER)
    assert len(system.heard) == 2
    for one in system.heard:
        operation = document["webhooks"][one.said["type"]]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert set(one.said["data"]) == set(schema["properties"]["data"]["properties"])
        assert {said["name"] for said in operation["parameters"]} <= set(one.headers)
