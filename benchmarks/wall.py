"""What the wall costs: the board's own query as the web's role behind the policy, and as the superuser without it."""

from collections.abc import Iterator
from functools import partial

import psycopg

from benchmarks.figure import Figure
from benchmarks.stage import Stage
from benchmarks.timing import Work, alone
from portal.tasks.queries import FACE_COLUMNS

#: tenancy.md section 5: the policy costs 5 to 20 % of a query.
QUERY = 1.2

_COLUMNS = ", ".join(column.key for column in FACE_COLUMNS)
_BOARD = f"select {_COLUMNS} from app.card where ward_id = %s order by position, number"


def measure(stage: Stage, rounds: int) -> Iterator[Figure]:
    """Both inside one transaction each, by turns; and what entering the ward adds to a transaction."""
    walled = psycopg.connect(stage.city.url("portal_app").replace("+psycopg", ""))
    free = psycopg.connect(stage.city.superuser())
    with walled, free:
        works = {
            name: work
            for size, board in stage.boards.items()
            for name, work in {
                f"free {size}": Work(partial(_ask, free, board.ward_id), before=partial(_begin, free)),
                f"walled {size}": Work(
                    partial(_ask, walled, board.ward_id), before=partial(_enter, walled, board.ward_id)
                ),
            }.items()
        }
        works["enter"] = Work(
            partial(walled.execute, "select app.enter_ward(%s)", (stage.boards[60].ward_id,)),
            before=partial(_begin, walled),
        )
        times = alone(works, rounds, each=20)
    for size in stage.boards:
        yield Figure(
            f"the board's query behind the wall, {size} cards",
            times[f"walled {size}"],
            "ms",
            QUERY,
            times[f"free {size}"],
        )
    yield Figure("entering the ward, each transaction", times["enter"], "ms")


def _ask(connection: "psycopg.Connection[object]", ward_id: int) -> object:
    return connection.execute(_BOARD, (ward_id,)).fetchall()


def _begin(connection: "psycopg.Connection[object]") -> None:
    connection.rollback()
    connection.execute("select 1")


def _enter(connection: "psycopg.Connection[object]", ward_id: int) -> None:
    _begin(connection)
    connection.execute("select app.enter_ward(%s)", (ward_id,))
