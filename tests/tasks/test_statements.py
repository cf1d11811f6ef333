"""How much a page asks of the database: little, and the same with three cards and with forty (performance.md)."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import keep
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.doer import SYSTEM
from portal.tenants.boundary import inside_ward
from tests.cards import DUE_PAST, MARCH, CardMaker
from tests.cast import Browser, Cast
from tests.statements import counted_statements
from tests.tasks.pictures import PDF

Asked = Callable[[Callable[[], object]], int]


@pytest.fixture
def asked(app: Flask) -> Asked:
    def count(do: Callable[[], object]) -> int:
        with counted_statements(app) as seen:
            do()
        return len(seen)

    return count


def _fill(a_card: CardMaker, cast: Cast, how_many: int) -> None:
    for n in range(how_many):
        agency, other = (cast.police, cast.schools) if n % 2 else (cast.schools, cast.police)
        a_card(f"Việc {n}", agency_id=agency, supporting=(other,), due_on=DUE_PAST)


@pytest.mark.parametrize("person", ["alice", "lan", "bob", "mai"])
@pytest.mark.parametrize(
    "page",
    [
        "board",
        "board?view=lanes",
        "board?view=list",
        "board?q=viec",
        "board?view=calendar",
        "board?view=year",
        "mine",
        "week",
    ],
)
def test_a_page_of_many_cards_asks_no_more_than_one_of_few(
    a_card: CardMaker, cast: Cast, asked: Asked, request: pytest.FixtureRequest, person: str, page: str
) -> None:
    who: Browser = request.getfixturevalue(person)
    _fill(a_card, cast, 3)
    few = asked(lambda: who.get(f"/w/north/{page}"))
    _fill(a_card, cast, 37)
    assert asked(lambda: who.get(f"/w/north/{page}")) == few <= 12


@pytest.mark.parametrize(
    "page", ["board", "board?view=list&sort=title", "board?view=calendar", "board?view=year", "home"]
)
def test_five_hundred_cards_ask_no_more_than_twelve_statements(
    app: Flask, alice: Browser, cast: Cast, asked: Asked, page: str
) -> None:
    with app.app_context(), inside_ward(cast.north):
        add_cards(
            [NewCard(title=f"Việc {n}", agency_id=cast.police, due_on=DUE_PAST) for n in range(500)],
            SYSTEM,
            MARCH,
        )
        keep()
    assert asked(lambda: alice.get(f"/w/north/{page}")) <= 12
    assert asked(lambda: alice.get(f"/w/north/{page}")) <= 12


def test_a_cards_page_asks_no_more_when_ever_more_happened(
    bob: Browser, lan: Browser, a_card: CardMaker, cast: Cast, asked: Asked
) -> None:
    number = a_card(supporting=(cast.schools,))
    address = f"/w/north/cards/{number}"

    def work(days: range) -> int:
        for n in days:
            bob.post(f"{address}/comments", text=f"Ngày thứ {n}")
            bob.post(f"{address}/checks", text=f"Tổ {n}")
            bob.post(f"{address}/evidence", files=(io.BytesIO(PDF + str(n).encode()), f"{n}.pdf"))
        return asked(lambda: lan.get(address))

    assert asked(lambda: lan.get(address)) <= work(range(1)) == work(range(1, 6)) <= 14


def test_acts_on_the_board_and_in_the_drawer_are_short(bob: Browser, a_card: CardMaker, asked: Asked) -> None:
    here = f"/w/north/cards/{a_card()}"
    bob.token()
    moved = asked(lambda: bob.post(f"{here}/state?from=board", htmx=True, state="doing"))
    plain = asked(lambda: bob.post(f"{here}/state", state="review"))
    comment = asked(lambda: bob.post(f"{here}/comments", text="Xong"))
    assert max(moved, plain, comment) <= 16, (moved, plain, comment)
    drawn = asked(lambda: bob.post(f"{here}/comments", htmx=True, text="Hẹn thứ Năm"))
    again = asked(lambda: bob.post(f"{here}/comments", htmx=True, text="Hẹn thứ Sáu"))
    assert drawn == again <= 12, (drawn, again)


def test_a_page_for_nobody_and_a_static_file_ask_nothing(nobody: Browser, asked: Asked) -> None:
    for address in ("/login", "/reset", "/static/theme.css", "/healthz", "/w/north/board"):
        assert asked(lambda address=address: nobody.get(address)) == 0, address
