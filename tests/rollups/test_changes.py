"""What changed since the last visit: the day is remembered, wards that moved are listed, others are counted."""

from datetime import timedelta

import time_machine
from flask import Flask

from portal.tasks.state import State
from tests.cast import Browser, Cast
from tests.rollups.boards import NOW, TODAY, give, move, publish
from tests.rollups.test_overview import _text

BEFORE = NOW - timedelta(days=3)


def test_the_next_visit_tells_what_changed_since(app: Flask, cast: Cast) -> None:
    first, _second = give(app, cast.north, cast.police, None, TODAY - timedelta(days=1), now=BEFORE)
    publish(app, cast.north, cast.south, now=BEFORE)
    with time_machine.travel(BEFORE, tick=False):
        page = Browser(app).sign_in("dung@city.example").get("/o/city/").text
        assert "Lần xem trước" not in page
    move(app, cast.north, first, State.REVIEW, State.DONE)
    publish(app, cast.north, cast.south)
    with time_machine.travel(NOW, tick=False):
        dung = Browser(app).sign_in("dung@city.example")
        for _twice in range(2):
            assert "Lần xem trước: 12/04/2026." in _text(dung.get("/o/city/").text)
        page = _text(dung.get("/o/city/changes/2026-04-12").text)
        assert "1 xã, phường không thay đổi" in page
        assert "P. Bắc +1 +1 0 0% → 50%" in page
        for day in ("2026-04-15", "2027-01-01", "x"):
            assert dung.get(f"/o/city/changes/{day}").status_code == 404


def test_nobody_else_finds_it(alice: Browser, charlie: Browser) -> None:
    for person in (alice, charlie):
        assert person.get("/o/city/changes/2026-01-01").status_code == 404
