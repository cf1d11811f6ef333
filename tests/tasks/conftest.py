"""What the tests of the board share: a card as the database holds it, and the three who must be turned away."""

from collections.abc import Callable
from typing import Any

import pytest
from psycopg.rows import dict_row

from tests.cast import Browser, Cast
from tests.city import Snapshot

Row = dict[str, Any]
Look = Callable[[int], Row]
Kinds = Callable[[int], list[str]]


@pytest.fixture
def look(cast: Cast, behind_the_wall: Snapshot) -> Look:
    """The row of a card of North, seen from behind the wall."""

    def see(number: int) -> Row:
        with behind_the_wall._connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(
                "select * from app.card where ward_id = %s and number = %s", (cast.north, number)
            ).fetchone()
        assert found is not None
        return found

    return see


@pytest.fixture
def kinds(look: Look, behind_the_wall: Snapshot) -> Kinds:
    """What happened to a card so far, in order; also checks that every event has its mark and its version."""

    def see(number: int) -> list[str]:
        card = look(number)
        happened = behind_the_wall.query(
            "select kind from app.card_event where ward_id = %s and card_id = %s order by id",
            (card["ward_id"], card["id"]),
        )
        marks = behind_the_wall.query(
            "select count(*) from app.board_change where ward_id = %s and card_id = %s",
            (card["ward_id"], card["id"]),
        )
        assert marks == [(len(happened),)]
        assert card["version"] == len(happened)
        return [str(row[0]) for row in happened]

    return see


def turned_away(
    act: str, number: int, *, mai: Browser, charlie: Browser, nobody: Browser, **fields: object
) -> None:
    """Another agency is refused, another ward finds nothing, nobody is asked to sign in; in both forms of an answer."""
    address = f"/w/north/cards/{number}/{act}"
    for htmx in (False, True):
        assert mai.post(address, htmx=htmx, **fields).status_code == 403
        assert charlie.post(address, htmx=htmx, **fields).status_code == 404
        assert nobody.post(address, htmx=htmx, **fields).status_code in {303, 401}
