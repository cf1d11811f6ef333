"""Targets' figures are published as two numbers a period, with what nobody reported yet and what stood in time."""

import uuid
from datetime import UTC, date, datetime

from flask import Flask

from portal.db import db, keep, session_as
from portal.plans.plan import Plan
from portal.plans.reporter import Reporter
from portal.plans.target import Indicator, Target
from portal.plans.target_reading import Reading
from portal.rollups.queries import readings
from portal.rollups.ward_reading import WardReading
from portal.tasks.board_change import BoardChange
from portal.tenants.boundary import inside_ward
from portal.tenants.overseeing import enter_wards
from tests.cast import Cast
from tests.rollups.boards import publish

MARCH = date(2026, 3, 14)


def _at(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 2, tzinfo=UTC)


def _reporter(app: Flask, cast: Cast, **different: object) -> uuid.UUID:
    """A sensitive share, reported by the police every quarter; the text of the target is never published."""
    with app.app_context(), inside_ward(cast.north):
        plan = Plan(source="text", filename="", stored_as="", size=0, sha256="", added_by="", added_at=_at(1))
        target = Target(plan_id=plan.id, position=1, paragraph=1, section="II", text="Chỉ tiêu")
        indicator = Indicator(
            target_id=target.id, position=1, text="Trẻ em bị xâm hại", comparator="<", value=5.0, unit="%"
        )
        values = {"agency_id": cast.police, "measure": "share", "falls": True, "sensitive": True, **different}
        reporter = Reporter(
            indicator_id=indicator.id, rhythm="quarter", year=2026, since=date(2026, 1, 1), **values
        )
        reporter.set_by, reporter.set_at = "Lan", _at(1)
        for row in (plan, target, indicator, reporter, BoardChange()):
            db.session.add(row)
            db.session.flush()
        keep()
        return reporter.id


def _enter(app: Flask, cast: Cast, reporter_id: uuid.UUID, part: float, day: datetime) -> None:
    with app.app_context(), inside_ward(cast.north):
        for standing in db.session.query(Reading).filter_by(replaced_at=None):
            standing.replaced_at = day
        db.session.flush()
        db.session.add(
            Reading(
                reporter_id=reporter_id,
                period_start=date(2025, 12, 15),
                period_end=MARCH,
                numerator=part,
                denominator=640.0,
                entered_by="Bob",
                entered_at=day,
            )
        )
        db.session.add(BoardChange())
        keep()


def _published(app: Flask, cast: Cast, now: datetime) -> dict[date, WardReading]:
    publish(app, cast.north, now=now)
    with app.app_context():
        city = session_as("city")
        enter_wards(city, [cast.north])
        return {row.period_end: row for row in readings(city, [cast.north], 2026)}


def test_a_period_that_has_begun_is_published_before_anybody_reported_it(app: Flask, cast: Cast) -> None:
    _reporter(app, cast)
    found = _published(app, cast, _at(16))
    assert list(found) == [MARCH, date(2026, 6, 14)]
    row = found[MARCH]
    assert (row.numerator, row.denominator, row.reported_on) == (None, None, None)
    assert (row.agency_kind, row.measure, row.comparator, row.target) == ("congan", "share", "<", 5.0)
    assert (row.falls, row.sensitive, row.due_on, row.year) == (True, True, date(2026, 3, 19), 2026)


def test_what_stood_in_time_stays_beside_a_later_correction(app: Flask, cast: Cast) -> None:
    reporter_id = _reporter(app, cast)
    _enter(app, cast, reporter_id, 20, _at(16))
    early = _published(app, cast, _at(17))[MARCH]
    assert (early.numerator, early.denominator, early.kept_numerator) == (20, 640, None)
    assert (early.reported_on, early.corrected_on) == (date(2026, 3, 16), None)
    _enter(app, cast, reporter_id, 22, _at(25))
    late = _published(app, cast, _at(25))[MARCH]
    assert (late.numerator, late.kept_numerator, late.kept_denominator) == (22, 20, 640)
    assert (late.reported_on, late.corrected_on) == (date(2026, 3, 16), date(2026, 3, 25))


def test_a_figure_entered_late_was_not_there_in_time(app: Flask, cast: Cast) -> None:
    reporter_id = _reporter(app, cast)
    _enter(app, cast, reporter_id, 20, _at(25))
    row = _published(app, cast, _at(26))[MARCH]
    assert (row.numerator, row.kept_numerator, row.reported_on) == (20, None, date(2026, 3, 25))


def test_nothing_is_owed_while_nobody_reports_and_figures_stay(app: Flask, cast: Cast) -> None:
    reporter_id = _reporter(app, cast, agency_id=None)
    assert _published(app, cast, _at(16)) == {}
    _enter(app, cast, reporter_id, 20, _at(17))
    row = _published(app, cast, _at(18))[MARCH]
    assert (row.numerator, row.agency_kind) == (20, "other")


def test_readings_that_stand_are_not_written_again(app: Flask, cast: Cast) -> None:
    _reporter(app, cast)
    first = _published(app, cast, _at(16))[MARCH].as_of
    assert _published(app, cast, _at(17))[MARCH].as_of == first
