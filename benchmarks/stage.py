"""What every measurement of the board stands on: a city, two boards, both applications served, somebody signed in."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import redis
from flask import Flask

from benchmarks.boards import Board, seed_boards, sign_in_coordinator
from benchmarks.seeding import throw_away_city
from benchmarks.serving import Served, served
from benchmarks.visiting import Visitor
from tests.cast import Browser
from tests.city import City


@dataclass(frozen=True)
class Stage:
    """`boards` by their number of cards; `floor` and `ours` as two browsers of the same person, and their servers."""

    city: City
    app: Flask
    boards: dict[int, Board]
    session: str
    floor: Visitor
    ours: Visitor
    floor_server: Served
    our_server: Served
    versions: redis.Redis

    def forget(self, board: Board) -> None:
        """What was changed in the database itself has no version any more, as after every commit of the product."""
        self.versions.delete(f"portal:version:ward:{board.ward_id}")

    def browser(self) -> Browser:
        """The same person in this process, for what can only be counted from inside."""
        browser = Browser(self.app)
        browser.client.set_cookie("phien", self.session)
        return browser


@contextmanager
def stage() -> Iterator[Stage]:
    """Set everything up, and take it down again."""
    with ExitStack() as until_end:
        city, app = until_end.enter_context(throw_away_city())
        boards = seed_boards(city)
        session = sign_in_coordinator(app, boards)
        floor = until_end.enter_context(served("benchmarks.floor_app:app", city.settings()))
        ours = until_end.enter_context(served("wsgi:app", city.settings()))
        visitors = [Visitor(server.port, {"phien": session}) for server in (floor, ours)]
        visitors[1].take_token(boards[60].address)
        yield Stage(
            city,
            app,
            boards,
            session,
            visitors[0],
            visitors[1],
            floor,
            ours,
            redis.Redis(port=city.valkey.port),
        )
