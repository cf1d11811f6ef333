"""The help: a short page for each role, reachable from every page, each way in it open to whoever reads it."""

import re

import pytest
from flask import Flask

from tests.cast import Browser


@pytest.mark.parametrize(
    ("who", "role"),
    [("alice", "Điều phối"), ("lan", "Lãnh đạo phường"), ("bob", "Cán bộ cơ quan")],
)
def test_the_help_is_that_of_ones_role_and_its_ways_are_open(
    who: str, role: str, request: pytest.FixtureRequest
) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert 'href="/w/north/help"' in browser.get("/w/north/mine").text
    page = browser.get("/w/north/help").text
    assert f'<h1 class="big-title">Trợ giúp: {role}</h1>' in page
    ways = re.findall(r'<a class="btn" href="([^"]+)"', page)
    assert ways
    for way in ways:
        assert browser.get(way).status_code in {200, 303}, way


def test_the_city_the_operator_and_whoever_has_only_a_letter_are_helped(
    dung: Browser, olga: Browser, nobody: Browser
) -> None:
    assert "Cơ quan theo dõi cấp trên</h1>" in dung.get("/o/city/help").text
    assert "Vận hành hệ thống</h1>" in olga.get("/help").text
    assert 'href="/help"' in nobody.get("/login").text
    page = nobody.get("/help").text
    assert "không có tài khoản</h1>" in page
    assert 'href="/login"' in page
    assert "/w/" not in page


def test_every_role_can_be_read_about(app: Flask, bob: Browser) -> None:
    page = bob.get("/w/north/help").text
    codes = re.findall(r'class="chip" href="\?who=(\w+)"', page)
    assert len(codes) == 7
    for code in codes:
        assert bob.get(f"/w/north/help?who={code}").status_code == 200
