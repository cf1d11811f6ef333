"""A period that closed keeps its figures; what changes later stands beside them as a correction."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from portal.db import session_as
from portal.rollups.figures import Figures
from portal.rollups.offering import periods_closed
from portal.rollups.publishing import publish_changed
from portal.rollups.queries import Correction, corrections, figures_by_kind
from portal.rollups.wording import correction_note
from portal.tasks.state import State
from portal.tenants.overseeing import enter_wards
from tests.cast import Cast
from tests.city import Snapshot
from tests.rollups.boards import give, move, publish

#: A morning before 14 April, when the month closes, and one after it.
BEFORE, AFTER = datetime(2026, 4, 10, 2, tzinfo=UTC), datetime(2026, 4, 15, 2, tzinfo=UTC)
CLOSE = date(2026, 4, 14)


def _closed(app: Flask, ward_id: int) -> dict[str, Figures]:
    with app.app_context():
        city = session_as("city")
        enter_wards(city, [ward_id])
        return figures_by_kind(city, [ward_id], period_end=CLOSE).get(ward_id, {})


def _corrected(app: Flask, ward_id: int) -> list[Correction]:
    with app.app_context():
        city = session_as("city")
        enter_wards(city, [ward_id])
        return corrections(city, [ward_id], CLOSE)


def _board(app: Flask, cast: Cast) -> list[int]:
    """Two cards of the police given before the close: due on the last day of the month's window, and after it."""
    numbers = give(app, cast.north, cast.police, CLOSE, date(2026, 5, 1), now=BEFORE)
    publish(app, cast.north, now=BEFORE)
    return numbers


def test_the_day_after_the_close_the_figures_of_its_last_day_are_kept(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    first, _second = _board(app, cast)
    move(app, cast.north, first, State.REVIEW, State.DONE, now=AFTER - timedelta(hours=20))
    with app.app_context():
        publish_changed(AFTER)
    assert _closed(app, cast.north)["congan"][:4] == (1, 0, 1, 0)
    assert behind_the_wall.query("select closed_until from app.ward_rollup_state") == [(CLOSE,)]


def test_work_done_after_the_close_changes_nothing_of_it(app: Flask, cast: Cast) -> None:
    first, second = _board(app, cast)
    publish(app, cast.north, now=AFTER)
    frozen = _closed(app, cast.north)
    assert frozen["congan"][:4] == (0, 0, 2, 0)
    for number in (first, second):
        move(app, cast.north, number, State.REVIEW, State.DONE, now=AFTER)
    give(app, cast.north, cast.schools, None, now=AFTER)
    for days in (0, 1, 2):
        publish(app, cast.north, now=AFTER + timedelta(days=days))
    assert _closed(app, cast.north) == frozen
    assert _corrected(app, cast.north) == []


def test_a_result_taken_back_after_the_close_is_a_correction_and_goes_when_it_is_healed(
    app: Flask, cast: Cast
) -> None:
    first, _second = _board(app, cast)
    move(app, cast.north, first, State.REVIEW, now=BEFORE)
    move(app, cast.north, first, State.DONE, now=BEFORE)
    publish(app, cast.north, now=AFTER)
    frozen = _closed(app, cast.north)
    assert frozen["congan"][:4] == (1, 0, 1, 0)
    move(app, cast.north, first, State.REVIEW, now=AFTER)
    publish(app, cast.north, now=AFTER, always=False)
    assert _corrected(app, cast.north) == [], "the board's figures come first, closed periods at night"
    publish(app, cast.north, now=AFTER + timedelta(days=1), always=False)
    (found,) = _corrected(app, cast.north)
    assert (found.agency_kind, found.frozen[:4], found.now[:4]) == ("congan", (1, 0, 1, 0), (0, 0, 2, 0))
    assert (found.now.awaiting_approval, found.as_of) == (1, AFTER + timedelta(days=1))
    with app.test_request_context():
        said = "hoàn thành đúng hạn 1 → 0; chưa xong, trong hạn 1 → 2; chờ duyệt 0 → 1"
        assert correction_note(found) == said
    assert _closed(app, cast.north) == frozen


def test_a_correction_that_is_none_any_more_goes(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    _board(app, cast)
    publish(app, cast.north, now=AFTER)
    for due, corrected in (("2026-04-01", 1), ("2026-04-20", 0)):
        behind_the_wall.execute(f"update app.card set due_on = '{due}' where due_on <> '2026-05-01'")
        behind_the_wall.execute(
            f"insert into app.board_change values ({cast.north}, gen_random_uuid(), null)"
        )
        publish(app, cast.north, now=AFTER)
        assert len(_corrected(app, cast.north)) == corrected


def test_counting_everything_again_changes_no_frozen_row(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    _board(app, cast)
    publish(app, cast.north, now=AFTER)
    rows = "select *, xmin::text from app.ward_rollup_closed order by 1, 2, 3, 4, 5, 6"
    written = behind_the_wall.query(rows)
    for _again in range(2):
        publish(app, cast.north, now=AFTER + timedelta(hours=1))
    assert behind_the_wall.query(rows) == written


def test_a_year_leaves_its_closed_periods_behind(app: Flask, cast: Cast) -> None:
    _board(app, cast)
    publish(app, cast.north, now=datetime(2026, 7, 2, 2, tzinfo=UTC))
    with app.app_context():
        city = session_as("city")
        enter_wards(city, [cast.north])
        days = periods_closed(city, [cast.north])
    assert days == [date(2026, 6, 30), date(2026, 6, 14), date(2026, 5, 14), CLOSE]
