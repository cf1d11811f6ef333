"""The checklist of a card: lines, ticks, and counts that are always those of the lines."""

from tests.cards import CardMaker
from tests.cast import Browser
from tests.city import Snapshot
from tests.tasks.conftest import Kinds, Look, turned_away


def _lines(behind_the_wall: Snapshot) -> list[tuple[object, ...]]:
    return behind_the_wall.query(
        "select id::text, text, done_at is not null, done_by from app.check_item order by position"
    )


def test_lines_are_added_ticked_and_unticked(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    address = f"/w/north/cards/{number}/checks"
    for text in ("Tổ 1", "  Tổ   2 "):
        assert bob.post(address, text=text).status_code == 303
    first, second = _lines(behind_the_wall)
    assert (first[1], second[1]) == ("Tổ 1", "Tổ 2")
    bob.post(f"{address}/{first[0]}", done="1")
    card = look(number)
    assert (card["checks_done"], card["checks_total"]) == (1, 2)
    assert _lines(behind_the_wall)[0][2:] == (True, "Bob Công An")
    bob.post(f"{address}/{first[0]}", done="0")
    assert look(number)["checks_done"] == 0
    assert _lines(behind_the_wall)[0][2:] == (False, "")
    assert kinds(number)[2:] == ["check_added", "check_added", "check_done", "check_undone"]


def test_a_second_tap_changes_nothing(
    bob: Browser, a_card: CardMaker, look: Look, kinds: Kinds, behind_the_wall: Snapshot
) -> None:
    number = a_card()
    address = f"/w/north/cards/{number}/checks"
    for _ in range(2):
        bob.post(address, text="Tổ 1")
    assert len(_lines(behind_the_wall)) == 1
    line = _lines(behind_the_wall)[0][0]
    for _ in range(2):
        bob.post(f"{address}/{line}", done="1")
    assert (look(number)["checks_done"], look(number)["checks_total"]) == (1, 1)
    assert kinds(number).count("check_done") == 1


def test_an_empty_line_is_refused(bob: Browser, a_card: CardMaker, look: Look) -> None:
    number = a_card()
    assert bob.post(f"/w/north/cards/{number}/checks", text=" ").status_code == 422
    assert look(number)["checks_total"] == 0


def test_the_line_of_another_card_is_not_found(
    bob: Browser, a_card: CardMaker, behind_the_wall: Snapshot
) -> None:
    one, other = a_card(), a_card()
    bob.post(f"/w/north/cards/{one}/checks", text="Tổ 1")
    line = _lines(behind_the_wall)[0][0]
    assert bob.post(f"/w/north/cards/{other}/checks/{line}", done="1").status_code == 404
    assert _lines(behind_the_wall)[0][2] is False


def test_strangers_are_turned_away(
    bob: Browser,
    mai: Browser,
    charlie: Browser,
    nobody: Browser,
    a_card: CardMaker,
    behind_the_wall: Snapshot,
) -> None:
    number = a_card()
    bob.post(f"/w/north/cards/{number}/checks", text="Tổ 1")
    line = _lines(behind_the_wall)[0][0]
    turned_away("checks", number, mai=mai, charlie=charlie, nobody=nobody, text="Tổ 2")
    turned_away(f"checks/{line}", number, mai=mai, charlie=charlie, nobody=nobody, done="1")
    assert [row[1:3] for row in _lines(behind_the_wall)] == [("Tổ 1", False)]
