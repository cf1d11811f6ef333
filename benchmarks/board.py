"""The board's page: seen again, after a twentieth of it changed, after all of it changed; alone and in a crowd."""

import random
from collections.abc import Iterator
from functools import partial

import psycopg

from benchmarks.boards import Board
from benchmarks.figure import Figure
from benchmarks.stage import Stage
from benchmarks.timing import Work, alone, together

#: performance.md: a page may cost twice the floor, and after a small change less than the floor.
PAGE, STRETCH = 2.0, 0.7

#: An open page that asks again while nothing changed: no row is read, so far less than a page.
ASKING = 0.5


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Milliseconds to the last byte of the page."""
    with psycopg.connect(stage.city.superuser(), autocommit=True) as behind_the_wall:
        works = {
            name: work
            for board in stage.boards.values()
            for name, work in _views(stage, board, behind_the_wall).items()
        }
        times = alone(works, rounds)
    for size in stage.boards:
        floor = times[f"floor {size}"]
        for view, limit in (("again", PAGE), ("5 % changed", STRETCH), ("all changed", PAGE)):
            yield Figure(f"board, {size} cards, {view}", times[f"{view} {size}"], "ms", limit, floor)
        yield Figure(f"board, {size} cards, asks by itself", times[f"asks {size}"], "ms", ASKING, floor)
    yield from _crowded(stage, rounds)


def _views(stage: Stage, board: Board, connection: "psycopg.Connection[object]") -> dict[str, Work]:
    def change(share: int) -> None:
        connection.execute(
            "update app.card set version = version + 1 where ward_id = %s and number %% %s = %s",
            (board.ward_id, share, random.randrange(share)),
        )
        stage.forget(board)

    def look() -> str:
        return stage.ours.get(board.address)

    sent: list[str] = []

    def ask() -> str:
        return stage.ours.ask_again(board.address, sent[0])

    def open_page() -> None:
        sent[:] = [stage.ours.ticket(board.address)]

    return {
        f"asks {board.cards}": Work(ask, before=open_page),
        f"floor {board.cards}": Work(lambda: stage.floor.get(board.address)),
        f"again {board.cards}": Work(look),
        f"5 % changed {board.cards}": Work(look, before=lambda: change(20)),
        f"all changed {board.cards}": Work(look, before=lambda: change(1)),
    }


def _crowded(stage: Stage, rounds: int) -> Iterator[Figure]:
    works = {}
    for board in stage.boards.values():
        works[f"floor {board.cards}"] = Work(partial(stage.floor.get, board.address))
        works[f"ours {board.cards}"] = Work(partial(stage.ours.get, board.address))
    times = together(works, rounds)
    for size in stage.boards:
        ours, floor = times[f"ours {size}"], times[f"floor {size}"]
        yield Figure(f"board, {size} cards, 16 clients", ours, "ms", PAGE, floor)
