"""The unit's page fetches its targets and the report asked for last by itself, once its wards stand there."""

from flask import Flask
from time_machine import travel

from tests.cast import Browser, Cast
from tests.rollups.test_target_table import MARCH, NOW, _publish, _target


def test_the_page_asks_for_its_targets_and_gets_them_in_one_piece(app: Flask, cast: Cast) -> None:
    target = _target(app, cast, "Trẻ em được khai sinh")
    _publish(app, cast.north, target, (90.0, 100.0))
    with travel(NOW, tick=False):
        dung = Browser(app).sign_in("dung@city.example")
        assert 'hx-get="/o/city/glance"' in dung.get("/o/city/").text
        piece = dung.get("/o/city/glance", hx_request="true").text
    assert "Trẻ em được khai sinh" in piece
    assert "0<small>/1</small>" in piece
    assert "Chưa yêu cầu kỳ nào" in piece


def test_without_a_script_the_page_leads_to_the_targets(app: Flask, cast: Cast) -> None:
    dung = Browser(app).sign_in("dung@city.example")
    assert '<a href="/o/city/targets">' in dung.get("/o/city/").text
    assert dung.get("/o/city/glance").headers["Location"] == "/o/city/targets"


def test_a_chosen_year_shows_no_targets_of_another(app: Flask, cast: Cast) -> None:
    assert "/o/city/glance" not in Browser(app).sign_in("dung@city.example").get("/o/city/?year=2025").text


def test_the_report_asked_for_last_says_who_has_sent_and_reminds_the_others(app: Flask, cast: Cast) -> None:
    with travel(NOW, tick=False):
        dung = Browser(app).sign_in("dung@city.example")
        dung.post("/o/city/report-requests", period="2026-year", due="20/12")
        piece = dung.get("/o/city/glance", hx_request="true").text
    assert "đã gửi" in piece
    assert "Nhắc 2 nơi chưa gửi" in piece


def test_a_ward_that_reports_otherwise_stands_under_the_same_target(app: Flask, cast: Cast) -> None:
    target = _target(app, cast, "Trẻ em được khai sinh")
    _publish(app, cast.north, target, (90.0, 100.0), period_end=MARCH)
    _publish(app, cast.north, target, (9.0, 10.0), period_end=MARCH, rhythm="month")
    with travel(NOW, tick=False):
        text = Browser(app).sign_in("dung@city.example").get("/o/city/targets").text
    assert text.count('<tr class="same">') == 1
    assert "Hằng tháng" in text
    assert "Hằng quý" in text


def test_nobody_else_fetches_it(alice: Browser, charlie: Browser) -> None:
    assert {one.get("/o/city/glance", hx_request="true").status_code for one in (alice, charlie)} == {404}
