"""A tick passes by wards in which nothing was written, and by none in which something can have become due."""

from datetime import datetime, timedelta

from flask import Flask

from portal.db import keep
from portal.reminders.ticking import STRETCH, Ticker
from portal.tenants.boundary import inside_ward
from portal.versions import the_versions
from tests.cast import Browser, Cast
from tests.reminders.conftest import MORNING, TODAY, CardMaker, Post

SECONDS = timedelta(seconds=30)


def ticked(app: Flask, cast: Cast, ticker: Ticker, now: datetime) -> int:
    with app.app_context(), inside_ward(cast.north):
        told = ticker.tick(now)
        keep()
        return told


def version(app: Flask, cast: Cast) -> str | None:
    """North's; whoever has none is given one for next time."""
    with app.app_context():
        names = [f"ward:{cast.north}"]
        return the_versions().read(names) or the_versions().read(names)


def test_a_ward_without_news_is_passed_by_until_a_stretch_begins(
    app: Flask, cast: Cast, alice: Browser
) -> None:
    version(app, cast)
    planned: list[datetime] = []
    ticker = Ticker(lambda now: planned.append(now) or 0)
    begin = MORNING.replace(second=0)
    for n in range(4):
        ticked(app, cast, ticker, begin + n * SECONDS)
    assert planned == [begin]
    alice.post("/w/north/cards", title="Tuần tra cổng trường", agency=str(cast.police))
    ticked(app, cast, ticker, begin + 5 * SECONDS)
    ticked(app, cast, ticker, begin + 6 * SECONDS)
    assert planned == [begin, begin + 5 * SECONDS]
    ticked(app, cast, ticker, begin + STRETCH)
    assert planned[2:] == [begin + STRETCH]


def test_what_it_plans_is_planned_once_and_an_idle_tick_writes_nothing(
    app: Flask, cast: Cast, post: Post, due: CardMaker
) -> None:
    due(TODAY)
    ticker = Ticker()
    assert [ticked(app, cast, ticker, MORNING + n * SECONDS) for n in range(3)] == [1, 0, 0]
    before = version(app, cast)
    ticked(app, cast, Ticker(), MORNING + 4 * SECONDS)
    assert version(app, cast) == before, "boards would be drawn anew with every tick"
