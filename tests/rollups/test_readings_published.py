"""Targets' figures are published as two numbers a period, with what nobody reported yet and what stood in time."""

import uuid
from datetime import UTC, date, datetime

from flask import Flask

from portal.db import session_as
from portal.rollups.queries import readings
from portal.rollups.ward_reading import FigureStanding, WardReading
from portal.tenants.overseeing import enter_wards
from tests.cast import Cast
from tests.city import Snapshot
from tests.rollups.boards import publish
from tests.rollups.targets import enter, reporter

MARCH = date(2026, 3, 14)


def _at(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 2, tzinfo=UTC)


def _reporter(app: Flask, cast: Cast, **different: object) -> uuid.UUID:
    return reporter(app, cast.north, **({"agency_id": cast.police} | different))


def _enter(app: Flask, cast: Cast, reporter_id: uuid.UUID, part: float, day: datetime) -> None:
    enter(app, cast.north, reporter_id, MARCH, part, day)


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
    assert (row.falls, row.sensitive, row.due_on, row.year) == (True, False, date(2026, 3, 19), 2026)


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


def test_a_sensitive_figure_is_published_without_its_numbers_and_says_from_when(
    app: Flask, cast: Cast
) -> None:
    reporter_id = _reporter(app, cast, sensitive=True)
    assert _published(app, cast, _at(15))[MARCH].standing is FigureStanding.MISSING
    _enter(app, cast, reporter_id, 20, _at(16))
    for day in (_at(17), _at(25)):
        row = _published(app, cast, day)[MARCH]
        assert (row.numerator, row.denominator, row.kept_numerator, row.kept_denominator) == (None,) * 4
        assert (row.reported_on, row.standing) == (date(2026, 3, 16), FigureStanding.WAITING)
        assert row.publishes_on == date(2026, 3, 24)


def test_a_figure_that_becomes_sensitive_takes_its_numbers_back(
    app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    reporter_id = _reporter(app, cast)
    _enter(app, cast, reporter_id, 20, _at(16))
    assert _published(app, cast, _at(17))[MARCH].numerator == 20
    behind_the_wall.execute("update app.reporter set sensitive = true")
    assert _published(app, cast, _at(18))[MARCH].numerator is None
