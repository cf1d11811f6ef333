"""Sensitive figures are published once, on a fixed day; what the city's login reads gives no small count away."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import psycopg
import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.db import keep_first, session_as
from portal.rollups.commands import rollup
from portal.rollups.queries import readings, unit_readings
from portal.rollups.suppressing import FLOOR
from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import FigureStanding, WardReading
from portal.tenants.overseeing import enter_units, enter_wards
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward
from tests.cast import THEN, Cast
from tests.city import City, Snapshot
from tests.rollups.attacker import spans
from tests.rollups.boards import publish
from tests.rollups.targets import announced, enter, reporter, unit_target

MARCH, JUNE = date(2026, 3, 14), date(2026, 6, 14)

#: What the wards report by March and by June.
FIGURES = {"a": (2, 3), "b": (9, 31), "c": (30, 41), "d": (24, 26), "e": (17, 40)}


@dataclass
class Tree:
    """A city of two offices with five wards, and what each of them reports of one sensitive target."""

    city: int
    offices: dict[str, int]
    wards: dict[str, int]
    reporters: dict[str, uuid.UUID]

    @property
    def ward_ids(self) -> list[int]:
        return sorted(self.wards.values())


@pytest.fixture
def tree(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> Tree:
    """Each ward has reported March in time, and June."""
    with app.app_context():
        auth = session_as("auth")
        offices = [
            OversightUnit(slug=s, name=s, short_name=s, parent_id=cast.unit) for s in ("phong-1", "phong-2")
        ]
        auth.add_all(offices)
        auth.flush()
        at = dict(zip("abcde", (0, 0, 0, 1, 1), strict=True))
        wards = {
            slug: Ward(
                slug=f"xa-{slug}", name=slug, kind="xa", oversight_unit_id=offices[office].id, created_at=THEN
            )
            for slug, office in at.items()
        }
        auth.add_all(wards.values())
        auth.flush()
        keep_first("auth")
        ids = {slug: ward.id for slug, ward in wards.items()}
        below = {slug: offices[office].id for slug, office in at.items()}
    target = unit_target(behind_the_wall, cast.unit)
    found = Tree(cast.unit, below, ids, {})
    for slug, ward_id in ids.items():
        found.reporters[slug] = reporter(app, ward_id, sensitive=True, unit_target_id=target)
        for end, part in zip((MARCH, JUNE), FIGURES[slug], strict=True):
            enter(app, ward_id, found.reporters[slug], end, part, _at(end.month, 17))
    publish(app, *found.ward_ids, now=_at(3, 20))
    return found


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 2, tzinfo=UTC)


def _seen(app: Flask, tree: Tree) -> tuple[dict[tuple[int, date], WardReading], list[UnitReading]]:
    """All that the city's login reads of sensitive figures."""
    with app.app_context():
        city = session_as("city")
        enter_wards(city, tree.ward_ids)
        rows = readings(city, tree.ward_ids, 2026)
        units = sorted({tree.city, *tree.offices.values()})
        return {(row.ward_id, row.period_end): row for row in rows}, unit_readings(city, units, 2026)


def _parts(tree: Tree, row: object, end: date) -> Iterator[tuple[str, date]]:
    for slug, ward_id in tree.wards.items():
        if row in {ward_id, ("unit", tree.offices[slug]), ("unit", tree.city)}:
            yield from ((slug, one) for one in (MARCH, JUNE) if one <= end)


def _attack(app: Flask, tree: Tree) -> int:
    """A linear program over every number the city's login reads; returns how many hidden ones it could not narrow."""
    wards, sums = _seen(app, tree)
    told = {key: row.numerator for key, row in wards.items() if row.published_on}
    told |= {(("unit", row.unit_id), row.period_end): row.numerator for row in sums}
    known = [([*_parts(tree, *key)], float(value)) for key, value in told.items() if value is not None]
    hidden = {key: [*_parts(tree, *key)] for key, value in told.items() if value is None}
    truth = {(slug, MARCH): march for slug, (march, _june) in FIGURES.items()}
    truth |= {(slug, JUNE): june - march for slug, (march, june) in FIGURES.items()}
    hidden |= {(part, "part"): [part] for part, count in truth.items() if count < FLOOR}
    for key, (least, most) in spans(known, hidden, list(truth)).items():
        assert most - least >= FLOOR - 1 - 1e-6, (key, least, most)
        if sum(truth[part] for part in hidden[key]) < FLOOR:
            assert least <= 1e-6 and most >= FLOOR - 1 - 1e-6, (key, least, most)
    return len(hidden)


def test_before_its_day_nothing_is_published_and_on_it_everything_at_once(app: Flask, tree: Tree) -> None:
    announced(app, _at(3, 23))  # the periods of the year before, in which nobody reported
    wards, sums = _seen(app, tree)
    assert {row.standing for row in wards.values() if row.period_end == MARCH} == {FigureStanding.WAITING}
    assert sums == []
    assert announced(app, _at(3, 24)) == 1
    wards, sums = _seen(app, tree)
    march = {slug: wards[ward_id, MARCH] for slug, ward_id in tree.wards.items()}
    assert {slug: row.numerator for slug, row in march.items()} == {
        "a": None,
        "b": None,
        "c": 30,
        "d": 24,
        "e": 17,
    }
    assert march["a"].standing is march["b"].standing is FigureStanding.HIDDEN
    assert all(row.denominator is None for row in march.values())
    assert {row.unit_id: (row.numerator, row.wards) for row in sums if row.period_end == MARCH} == {
        tree.city: (82, 5),
        tree.offices["a"]: (41, 3),
        tree.offices["d"]: (41, 2),
    }


def test_nothing_the_citys_login_ever_reads_narrows_a_small_count(app: Flask, tree: Tree) -> None:
    announced(app, _at(3, 24))
    assert _attack(app, tree) > 3
    publish(app, *tree.ward_ids, now=_at(6, 20))
    announced(app, _at(6, 24))
    wards, _sums = _seen(app, tree)
    assert wards[tree.wards["d"], MARCH].numerator == 24
    assert wards[tree.wards["d"], JUNE].numerator is None  # 26 minus 24 would be told
    assert _attack(app, tree) > 6


def test_a_later_correction_is_announced_without_a_figure_and_nothing_is_published_twice(
    app: Flask, tree: Tree
) -> None:
    announced(app, _at(3, 24))
    before = {key: row.numerator for key, row in _seen(app, tree)[0].items()}
    enter(app, tree.wards["c"], tree.reporters["c"], MARCH, 35, _at(3, 28))
    enter(app, tree.wards["a"], tree.reporters["a"], MARCH, 7, _at(3, 28))
    publish(app, *tree.ward_ids, now=_at(3, 29))
    assert announced(app, _at(3, 29)) == 0
    wards, _sums = _seen(app, tree)
    assert {key: row.numerator for key, row in wards.items()} == before
    assert wards[tree.wards["c"], MARCH].changed_since == date(2026, 3, 28)
    assert _attack(app, tree) > 3


def test_a_run_that_comes_late_tells_what_stood_on_the_day(app: Flask, tree: Tree) -> None:
    enter(app, tree.wards["c"], tree.reporters["c"], MARCH, 35, _at(3, 28))
    announced(app, _at(4, 2))
    assert _seen(app, tree)[0][tree.wards["c"], MARCH].numerator == 30


def test_a_figure_that_came_after_the_day_counts_in_the_next_period(
    app: Flask, tree: Tree, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.execute(f"update app.reading set entered_at = '{_at(3, 26)}' where numerator = 30")
    publish(app, *tree.ward_ids, now=_at(3, 27))
    announced(app, _at(3, 27))
    wards, sums = _seen(app, tree)
    assert wards[tree.wards["c"], MARCH].standing is FigureStanding.LATE
    assert max(row.wards for row in sums if row.period_end == MARCH) == 4
    publish(app, *tree.ward_ids, now=_at(6, 24))
    announced(app, _at(6, 24))
    assert _seen(app, tree)[0][tree.wards["c"], JUNE].numerator == 41


def test_a_ward_that_waits_to_be_counted_is_counted_first(
    app: Flask, tree: Tree, behind_the_wall: Snapshot
) -> None:
    behind_the_wall.execute("delete from app.ward_reading")
    announced(app, _at(3, 24))
    assert _seen(app, tree)[0][tree.wards["c"], MARCH].numerator == 30


def test_counting_afresh_leaves_what_is_published(app: Flask, tree: Tree) -> None:
    announced(app, _at(3, 24))
    before = {key: (row.numerator, row.as_of) for key, row in _seen(app, tree)[0].items()}
    publish(app, *tree.ward_ids, now=_at(3, 24))
    assert {key: (row.numerator, row.as_of) for key, row in _seen(app, tree)[0].items()} == before


def test_no_raw_number_of_a_sensitive_target_can_be_read_or_stored_where_the_city_reads(
    app: Flask, tree: Tree, city: City
) -> None:
    announced(app, _at(3, 24))
    with psycopg.connect(city.url("portal_city").replace("+psycopg", "")) as watcher:
        watcher.execute("select app.enter_wards(%s::int[])", (tree.ward_ids,))
        watcher.execute("select app.enter_units(%s::int[])", ([tree.city, *tree.offices.values()],))
        numbers = watcher.execute(
            "select numerator from app.ward_reading union all select denominator from app.ward_reading "
            "union all select kept_numerator from app.ward_reading union all select numerator from app.unit_reading"
        ).fetchall()
        assert sorted(row[0] for row in numbers if row[0] is not None) == [17, 24, 30, 41, 41, 82]
        for forbidden in ("reading", "counted_reading"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), watcher.transaction():
                watcher.execute(f"select 1 from app.{forbidden}")
    with app.app_context():
        connection = session_as("rollup").connection()
        for column in ("numerator", "denominator", "kept_numerator"):
            refused = update(WardReading).where(WardReading.sensitive).values({column: 4})
            with pytest.raises(IntegrityError), connection.begin_nested():
                connection.execute(refused)


def test_an_office_reads_its_own_sums_and_no_others(app: Flask, tree: Tree) -> None:
    announced(app, _at(3, 24))
    with app.app_context():
        city = session_as("city")
        rows = unit_readings(city, [tree.offices["a"]], 2026)
        assert [row.unit_id for row in rows] == [tree.offices["a"]]
        assert {row.unit_id for row in city.query(UnitReading)} == {tree.offices["a"]}
        with pytest.raises(DBAPIError, match="unit_ids are already others"):
            enter_units(city, [tree.city])


def test_the_command_says_how_many_periods_it_published(app: Flask, tree: Tree) -> None:
    said = app.test_cli_runner().invoke(rollup, ["announce"])
    assert said.exit_code == 0
    assert said.stdout.startswith("Đã công bố số liệu nhạy cảm của ")
    assert app.test_cli_runner().invoke(rollup, ["announce"]).stdout.endswith(" 0 kỳ.\n")
