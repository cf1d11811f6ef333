"""The tree of offices as it stood on a day: 2025-07-01 took the city's tier away, and the days before keep it."""

from datetime import date

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from portal.db import drop, keep_first, session_as
from portal.errors import Refused
from portal.plans.unit_plan import UnitPlan
from portal.tenants.commands import unit
from portal.tenants.former_place import move_unit, move_ward, name_on, rename_unit
from portal.tenants.overseeing import wards_under
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.standing_above import stands_above, stood_above
from portal.tenants.ward import Ward
from tests.cast import THEN, Cast

BEFORE, DAY, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 2)


@pytest.fixture
def tree(app: Flask, cast: Cast):
    """country > province > city > North and South; and an office of Health beside the city."""
    with app.app_context():
        auth = session_as("auth")
        city = auth.get_one(OversightUnit, cast.unit)
        country, province, health = (
            OversightUnit(slug=slug, name=slug, short_name=slug) for slug in ("country", "province", "health")
        )
        auth.add_all([country, province, health])
        auth.flush()
        province.parent_id, city.parent_id, health.parent_id = country.id, province.id, province.id
        keep_first("auth")
        yield auth, country, province, city, health
        drop()


def _names(auth, unit: OversightUnit, on: date) -> list[str]:
    return [ward.name for ward in wards_under(auth, unit.id, on)]


def test_a_ward_hangs_under_the_office_of_the_day(tree, cast: Cast) -> None:
    auth, country, province, city, health = tree
    move_ward(auth, auth.get_one(Ward, cast.north), health.id, DAY, "NQ 202/2025/QH15")
    auth.flush()
    assert [_names(auth, city, day) for day in (BEFORE, DAY, AFTER)] == [["Bắc", "Nam"], ["Nam"], ["Nam"]]
    assert [_names(auth, health, day) for day in (BEFORE, DAY)] == [[], ["Bắc"]]
    for unit_ in (country, province):
        assert [_names(auth, unit_, day) for day in (BEFORE, AFTER)] == [["Bắc", "Nam"]] * 2


def test_an_office_moves_twice_and_each_day_keeps_its_tree(tree) -> None:
    auth, country, province, city, health = tree
    move_unit(auth, city, health.id, DAY)
    move_unit(auth, city, country.id, date(2026, 1, 1))
    auth.flush()
    both, none = ["Bắc", "Nam"], []
    for day, under in ((BEFORE, (both, none)), (AFTER, (both, both)), (date(2026, 1, 1), (none, none))):
        assert (_names(auth, province, day), _names(auth, health, day)) == under
        assert _names(auth, country, day) == both


def test_what_an_office_published_reaches_the_wards_that_stood_below_it_on_that_day_or_do_now(
    tree, cast: Cast
) -> None:
    auth, country, province, city, health = tree
    move_ward(auth, auth.get_one(Ward, cast.north), health.id, DAY)
    move_unit(auth, health, country.id, AFTER)
    for issuer in (country, province, city, health):
        for day in (BEFORE, DAY, AFTER, None):
            plan = UnitPlan(
                unit_id=issuer.id, source="text", filename="", stored_as="", size=0, sha256=str(day)
            )
            plan.added_by, plan.added_at, plan.state = "Dung", THEN, "published"
            plan.issued_on, plan.title = day, f"{issuer.slug} {day}"
            auth.add(plan)
    auth.flush()
    found = set(
        auth.scalars(
            select(UnitPlan.title).where(stood_above(UnitPlan.unit_id, UnitPlan.issued_on)),
            {"ward_id": cast.north},
        )
    )
    assert found == {
        *(f"{slug} {day}" for slug in ("country", "health") for day in (BEFORE, DAY, AFTER, None)),
        f"province {BEFORE}",
        f"province {DAY}",
        f"city {BEFORE}",
    }
    now = set(
        auth.scalars(select(UnitPlan.title).where(stands_above(UnitPlan.unit_id)), {"ward_id": cast.north})
    )
    assert {title.split()[0] for title in now} == {"country", "health"}


def test_an_office_keeps_its_former_name(tree) -> None:
    auth, _country, _province, _city, health = tree
    rename_unit(auth, health, "Sở Y tế", "SYT", DAY)
    assert [name_on(auth, health, day) for day in (BEFORE, DAY)] == ["health", "Sở Y tế"]


def test_a_tree_that_bites_its_tail_and_a_day_in_the_past_are_refused(tree) -> None:
    auth, country, province, city, _health = tree
    with pytest.raises(Refused):
        move_unit(auth, country, city.id, DAY)
    move_unit(auth, city, country.id, DAY)
    with pytest.raises(Refused):
        move_unit(auth, city, province.id, BEFORE)


def test_the_command_writes_the_change_down(app: Flask, tree) -> None:
    auth, _country, _province, city, health = tree
    words = ["change", "health", "--on", "2025-07-01", "--wards", "north, south", "--document", "NQ"]
    done = CliRunner().invoke(unit, words, obj=ScriptInfo(create_app=lambda: app))
    assert done.exit_code == 0, done.output
    auth.expire_all()
    assert (_names(auth, city, BEFORE), _names(auth, health, AFTER)) == (["Bắc", "Nam"], ["Bắc", "Nam"])
