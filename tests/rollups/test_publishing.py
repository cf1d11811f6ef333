"""A ward publishes when something changed, only then, and loses no change."""

import threading
from datetime import timedelta

import psycopg
import pytest
from flask import Flask

from portal.db import keep
from portal.rollups.publishing import publish as publish_uncommitted
from portal.rollups.publishing import publish_changed, publish_unit
from portal.rollups.rebuilding import publish_all
from portal.tasks.state import State
from tests.cast import Cast
from tests.city import City, Snapshot
from tests.rollups.boards import NOW, TODAY, four, give, marks, move, publish, published

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_the_four_counts_of_a_ward_are_published(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    late, done, _open = give(app, cast.north, cast.police, YESTERDAY, TOMORROW, None)
    move(app, cast.north, done, State.REVIEW, State.DONE)
    give(app, cast.north, cast.schools, YESTERDAY)
    publish(app, cast.north)
    assert [row[1:6] for row in published(behind_the_wall, cast.north)] == [
        ("congan", 1, 0, 1, 1),
        ("truong", 0, 0, 0, 1),
    ]
    assert late
    assert marks(behind_the_wall, cast.north) == 0


def test_work_submitted_in_time_counts_as_in_time_however_late_it_is_approved(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    (number,) = give(app, cast.north, cast.police, TODAY)
    move(app, cast.north, number, State.REVIEW, now=NOW)
    move(app, cast.north, number, State.DONE, now=NOW + timedelta(days=20))
    publish(app, cast.north, now=NOW + timedelta(days=20))
    assert four(behind_the_wall, cast.north) == (1, 0, 0, 0)


def test_the_job_publishes_the_wards_that_changed_and_no_other(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY)
    with app.app_context():
        assert publish_changed(NOW) == []
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)
    assert behind_the_wall.query("select ward_id from app.ward_rollup_state") == [(cast.north,)]


def test_a_board_nobody_touched_is_not_written_again(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY)
    publish(app, cast.north)
    written = behind_the_wall.query("select xmin::text, as_of from app.ward_rollup_state")
    with app.app_context():
        publish_changed(NOW + timedelta(hours=1))
        assert publish_uncommitted([cast.north], NOW + timedelta(hours=1), always=False) == []
    assert behind_the_wall.query("select xmin::text, as_of from app.ward_rollup_state") == written


def test_only_rows_with_another_figure_are_rewritten_and_the_moment_of_the_ward_moves(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.schools, TODAY)
    (number,) = give(app, cast.north, cast.police, TODAY)
    publish(app, cast.north)
    police, schools = published(behind_the_wall, cast.north)
    move(app, cast.north, number, State.REVIEW, State.DONE)
    later = NOW + timedelta(minutes=5)
    publish(app, cast.north, now=later, always=False)
    police_now, schools_now = published(behind_the_wall, cast.north)
    assert schools_now == schools
    assert police_now != police
    assert police_now[6] == later
    assert behind_the_wall.query("select as_of from app.ward_rollup_state") == [(later,)]


def test_a_row_goes_when_its_last_card_is_cancelled(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    (number,) = give(app, cast.north, cast.police, TODAY)
    publish(app, cast.north)
    move(app, cast.north, number, State.CANCELLED)
    publish(app, cast.north, always=False)
    assert published(behind_the_wall, cast.north) == []


def test_a_card_turns_overdue_at_midnight_without_anybody_writing(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY)
    before_midnight = NOW.replace(hour=16, minute=59)
    publish(app, cast.north, now=before_midnight)
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)
    with app.app_context():
        publish_changed(before_midnight + timedelta(minutes=2))
    assert four(behind_the_wall, cast.north) == (0, 0, 0, 1)


def test_each_day_leaves_its_figures_behind(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    give(app, cast.north, cast.police, TODAY)
    for days in (0, 1, 2):
        publish(app, cast.north, now=NOW + timedelta(days=days))
    give(app, cast.north, cast.police, None)
    publish(app, cast.north, now=NOW + timedelta(days=2, hours=1))
    assert behind_the_wall.query(
        "select day, total, open_overdue from app.ward_rollup_day where ward_id = %s and year = 0 order by day",
        (cast.north,),
    ) == [(TODAY, 1, 0), (TOMORROW, 1, 1), (TOMORROW + timedelta(days=1), 2, 1)]


def test_a_change_that_commits_while_its_ward_is_counted_is_counted_the_next_time(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot
) -> None:
    (number,) = give(app, cast.north, cast.police, TODAY)
    publish(app, cast.north)
    with psycopg.connect(city.url("portal_app").replace("+psycopg", "")) as late:
        late.execute("select app.enter_ward(%s)", (cast.north,))
        late.execute("update app.card set state = 'done' where number = %s", (number,))
        late.execute("insert into app.board_change values (%s, gen_random_uuid(), null)", (cast.north,))
        publish(app, cast.north)
        assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)
        late.commit()
    assert marks(behind_the_wall, cast.north) == 1
    publish(app, cast.north, always=False)
    assert four(behind_the_wall, cast.north) == (1, 0, 0, 0)


def test_a_publisher_that_dies_before_its_end_leaves_the_marks(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY)
    with app.app_context():
        publish_uncommitted([cast.north], NOW)
    assert marks(behind_the_wall, cast.north) > 0
    publish(app, cast.north, always=False)
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 0)


def test_two_publishers_of_one_ward_wait_for_each_other_and_agree(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY, YESTERDAY)
    second_done = threading.Event()

    def second() -> None:
        publish(app, cast.north, always=False)
        second_done.set()

    with app.app_context():
        publish_uncommitted([cast.north], NOW)
        thread = threading.Thread(target=second)
        thread.start()
        assert not second_done.wait(0.3)
        keep()
    thread.join(10)
    assert second_done.is_set()
    assert four(behind_the_wall, cast.north) == (0, 0, 1, 1)


def test_many_publishers_and_writers_at_once_end_with_the_truth(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    def write() -> None:
        for _turn in range(5):
            give(app, cast.north, cast.police, TODAY)

    def count() -> None:
        for _turn in range(10):
            publish(app, cast.north, always=False)

    threads = [threading.Thread(target=work) for work in (write, count, write, count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    publish(app, cast.north, always=False)
    assert four(behind_the_wall, cast.north) == (0, 0, 10, 0)
    assert marks(behind_the_wall, cast.north) == 0


def test_a_full_count_mends_what_was_lost_and_doing_it_twice_changes_nothing(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    give(app, cast.north, cast.police, TODAY)
    give(app, cast.south, cast.south_police, YESTERDAY)
    with app.app_context():
        assert publish_all(NOW) == []
    truth = [row[:6] for ward in (cast.north, cast.south) for row in published(behind_the_wall, ward)]
    assert len(truth) == 2
    behind_the_wall.query("delete from app.ward_rollup where ward_id = %s returning 1", (cast.north,))
    behind_the_wall.query(
        "update app.ward_rollup set done_late = 9 where ward_id = %s returning 1", (cast.south,)
    )
    with app.app_context():
        publish_all(NOW)
    mended = [row for ward in (cast.north, cast.south) for row in published(behind_the_wall, ward)]
    assert [row[:6] for row in mended] == truth
    with app.app_context():
        publish_all(NOW + timedelta(hours=1))
    assert [row for ward in (cast.north, cast.south) for row in published(behind_the_wall, ward)] == mended


def test_a_units_wards_can_be_counted_at_once(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    with app.app_context():
        assert publish_unit(cast.unit, NOW) == []
    assert behind_the_wall.query("select count(*) from app.ward_rollup_state") == [(2,)]


def test_a_ward_that_cannot_be_counted_does_not_stop_the_others(
    app: Flask, cast: Cast, city: City, behind_the_wall: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    give(app, cast.north, cast.police, TODAY)
    give(app, cast.south, cast.south_police, TODAY)
    with psycopg.connect(city.superuser(), autocommit=True) as superuser, app.app_context():
        fault = f"add constraint planted_fault check (ward_id <> {cast.north})"
        superuser.execute(f"alter table app.ward_rollup {fault}")
        try:
            assert publish_changed(NOW) == [cast.north]
        finally:
            superuser.execute("alter table app.ward_rollup drop constraint planted_fault")
    assert marks(behind_the_wall, cast.north) > 0
    assert four(behind_the_wall, cast.south) == (0, 0, 1, 0)
    assert "were not published" in caplog.text
