"""The city's page: from published rows alone, for those who watch from the city, and for nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.db import keep, keep_first, session_as
from portal.tasks.state import State
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward
from tests.cast import POLICE, THEN, Browser, Cast
from tests.rollups.boards import NOW, TODAY, give, move, publish
from tests.statements import counted_statements

YESTERDAY = TODAY - timedelta(days=1)


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _row(page: str, ward: str) -> str:
    return next(_text(row) for row in page.split("<tr>") if ward in row)


@pytest.fixture
def wednesday() -> time_machine.Traveller:
    """The clock of the tests' boards."""
    return time_machine.travel(NOW + timedelta(minutes=10), tick=False)


def test_the_city_sees_its_wards_beside_each_other_the_slowest_first(
    app: Flask, cast: Cast, dung: Browser
) -> None:
    first, _second = give(app, cast.north, cast.police, None, None)
    move(app, cast.north, first, State.REVIEW, State.DONE)
    give(app, cast.south, cast.south_police, YESTERDAY, None, None)
    publish(app, cast.north, cast.south)
    page = dung.get("/o/city/").text
    assert "Số liệu đến 09:00, 15/04/2026" in _text(page)
    assert page.index("P. Nam") < page.index("P. Bắc")
    assert "2 P. Nam 0% 1" in _row(page, "P. Nam")
    assert "0/3 1 quá hạn" in _row(page, "P. Nam")
    assert "1 P. Bắc 50% 0" in _row(page, "P. Bắc")
    assert "1/2" in _row(page, "P. Bắc")
    assert "20% 1/5 việc" in _text(page)
    assert "Công an" in page


def test_the_wards_can_be_ordered_by_name(app: Flask, cast: Cast, dung: Browser) -> None:
    give(app, cast.north, cast.police, None)
    publish(app, cast.north, cast.south)
    page = dung.get("/o/city/?order=name").text
    assert page.index("P. Bắc") < page.index("P. Nam")


def test_the_moment_shown_is_the_oldest_of_the_wards(app: Flask, cast: Cast, dung: Browser) -> None:
    publish(app, cast.north, now=NOW)
    publish(app, cast.south, now=NOW + timedelta(hours=3))
    assert "Số liệu đến 09:00, 15/04/2026" in _text(dung.get("/o/city/").text)


def test_a_ward_that_has_published_nothing_is_shown_as_such(app: Flask, cast: Cast, dung: Browser) -> None:
    assert "Chưa xã, phường nào có số liệu." in _text(dung.get("/o/city/").text)
    publish(app, cast.south)
    page = dung.get("/o/city/").text
    assert "Chưa công bố số liệu" in _row(page, "P. Bắc")
    assert "Chưa giao việc nào" in _row(page, "P. Nam")


def test_a_card_that_was_not_assigned_is_not_counted(app: Flask, cast: Cast, dung: Browser) -> None:
    give(app, cast.north, None, TODAY)  # type: ignore[arg-type]
    publish(app, cast.north)
    assert "Chưa giao việc nào" in _row(dung.get("/o/city/").text, "P. Bắc")


def test_the_page_compares_with_last_week_and_draws_the_weeks(
    app: Flask, cast: Cast, dung: Browser, wednesday: time_machine.Traveller
) -> None:
    first, _second = give(app, cast.north, cast.police, None, None)
    publish(app, cast.north, now=NOW - timedelta(days=14))
    publish(app, cast.north, now=NOW - timedelta(days=7))
    move(app, cast.north, first, State.REVIEW, State.DONE)
    publish(app, cast.north)
    with wednesday:
        page = Browser(app).sign_in("dung@city.example").get("/o/city/").text
    assert "tuần trước 0%" in _text(page)
    assert "+50" in _row(page, "P. Bắc")
    assert 'role="img" aria-label="2 tuần: từ 0% đến 50%"' in page


def test_without_history_nothing_is_compared(
    app: Flask, cast: Cast, wednesday: time_machine.Traveller
) -> None:
    give(app, cast.north, cast.police, None)
    publish(app, cast.north)
    with wednesday:
        page = Browser(app).sign_in("dung@city.example").get("/o/city/").text
    assert "chưa có số tuần trước" in _row(page, "P. Bắc")
    assert "<polyline" not in page


def test_a_unit_sees_the_wards_of_the_offices_below_it_and_no_others(
    app: Flask, cast: Cast, dung: Browser
) -> None:
    with app.app_context():
        auth = session_as("auth")
        office = OversightUnit(slug="office", name="Phòng", short_name="Phòng", parent_id=cast.unit)
        elsewhere = OversightUnit(slug="elsewhere", name="Nơi khác", short_name="Nơi khác")
        auth.add_all([office, elsewhere])
        auth.flush()
        auth.get_one(Ward, cast.north).oversight_unit_id = office.id
        auth.get_one(Ward, cast.south).oversight_unit_id = elsewhere.id
        keep_first("auth")
    page = dung.get("/o/city/").text
    assert "Tổng hợp 1 xã, phường" in _text(page)
    assert "P. Bắc" in page
    assert "P. Nam" not in page


def test_nobody_else_finds_the_page(
    bob: Browser, charlie: Browser, alice: Browser, olga: Browser, nobody: Browser
) -> None:
    for person in (bob, charlie, alice, olga):
        refused = person.get("/o/city/")
        assert refused.status_code == 404
        assert refused.data == person.get("/o/khong-co/").data
        assert person.post("/o/city/publication").status_code == 404
    assert nobody.get("/o/city/").headers["Location"] == "/login?next=/o/city/"


def test_the_city_finds_no_page_of_a_ward(app: Flask, cast: Cast, dung: Browser) -> None:
    (number,) = give(app, cast.north, cast.police, TODAY)
    adapter = app.url_map.bind("localhost")
    missing = dung.get("/w/khong-co/people")
    tried = 0
    for rule in app.url_map.iter_rules():
        if "ward" not in rule.arguments:
            continue
        values = {name: "north" if name == "ward" else _any(name, number) for name in rule.arguments}
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            address = adapter.build(rule.endpoint, values, method=method)
            answer = dung.get(address) if method == "GET" else dung.post(address)
            assert (answer.status_code, answer.data) == (404, missing.data), (method, rule.rule)
            tried += 1
    assert tried > 3


def _any(name: str, number: int) -> object:
    return number if name in {"number", "other", "year"} else "00000000-0000-7000-8000-000000000001"


def test_asking_for_fresh_figures_rings_for_the_workers_and_comes_back(app: Flask, dung: Browser) -> None:
    answer = dung.post("/o/city/publication")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/o/city/")
    assert "Đã yêu cầu cập nhật số liệu" in dung.get("/o/city/").text
    queue = app.extensions["broker"].lrange("portal:work", 0, -1)
    assert any(b"rollups.publish_unit" in message for message in queue)
    app.extensions["broker"].delete("portal:work")


def _open_wards(app: Flask, unit_id: int, numbers: range) -> None:
    with app.app_context():
        auth = session_as("auth")
        wards = [
            Ward(slug=f"them-{n}", name=f"Thêm {n}", kind="xa", oversight_unit_id=unit_id, created_at=THEN)
            for n in numbers
        ]
        auth.add_all(wards)
        auth.flush()
        keep_first("auth")
        ids = [ward.id for ward in wards]
    for ward_id in ids:
        with app.app_context(), inside_ward(ward_id):
            agency_id = add_agency(POLICE).id
            keep()
        give(app, ward_id, agency_id, TODAY, None)
    publish(app, *ids)


def test_thirty_wards_cost_no_more_statements_than_three(app: Flask, cast: Cast, dung: Browser) -> None:
    _open_wards(app, cast.unit, range(1))
    dung.get("/o/city/")
    with counted_statements(app) as few:
        dung.get("/o/city/")
    _open_wards(app, cast.unit, range(1, 28))
    with counted_statements(app) as many:
        page = dung.get("/o/city/").text
    assert "Tổng hợp 30 xã, phường" in _text(page)
    assert len(many) == len(few) <= 12, many


def test_the_page_carries_no_style_and_no_script_of_its_own(app: Flask, cast: Cast, dung: Browser) -> None:
    give(app, cast.north, cast.police, TODAY)
    publish(app, cast.north)
    page = dung.get("/o/city/").text
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
