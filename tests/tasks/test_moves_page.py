"""The page of moves says what the table of moves says, to everybody who is signed in."""

import pytest

from portal.tasks.state import MOVES
from tests.cast import Browser


@pytest.mark.parametrize("person", ["alice", "bob", "dung", "olga"])
def test_every_move_is_a_line_of_the_page(person: str, request: pytest.FixtureRequest) -> None:
    who: Browser = request.getfixturevalue(person)
    page = who.get("/permissions/moves").text
    assert page.count("<tr>") == len(MOVES) + 1
    assert page.count("phải ghi") == sum(move.needs_reason for move in MOVES)


def test_agencies_move_their_own_cards_and_viewers_none(alice: Browser) -> None:
    rows = alice.get("/permissions/moves").text.split("<tr>")[2:]
    cells = [list(row.split('<td class="c">')[1:]) for row in rows]
    assert all("không" in row[4] for row in cells)
    answers = [row for row, move in zip(cells, MOVES, strict=True) if "việc cơ quan mình" in row[2]]
    assert answers
    assert all("việc cơ quan mình" not in row[0] for row in cells)


def test_it_is_reached_from_the_table_of_permissions_and_not_without_signing_in(
    alice: Browser, nobody: Browser
) -> None:
    assert 'href="/permissions/moves"' in alice.get("/permissions").text
    assert nobody.get("/permissions/moves").status_code == 303
