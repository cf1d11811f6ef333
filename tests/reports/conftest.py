"""Two wards of the cast's city with cards and published figures, on a Wednesday in April."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from portal.db import keep_first, new_id, session_as
from portal.plans.unit_plan import UnitPlan, UnitTarget
from portal.tasks.state import State
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.reading_back import HOSTILE
from tests.rollups.boards import NOW, TODAY, give, move, publish

MARCH = date(2026, 3, 14)


@pytest.fixture
def wednesday() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        yield


@pytest.fixture
def dung_now(app: Flask, cast: Cast, wednesday: None) -> Browser:
    return Browser(app).sign_in("dung@city.example")


def set_target(app: Flask, cast: Cast, text: str) -> uuid.UUID:
    with app.app_context():
        auth = session_as("auth")
        plan = UnitPlan(unit_id=cast.unit, source="text", filename="", stored_as="", size=0, sha256=text)
        plan.added_by, plan.added_at, plan.state = "Dung", NOW, "published"
        auth.add(plan)
        auth.flush()
        target = UnitTarget(
            id=new_id(), unit_plan_id=plan.id, position=1, section="", text=text, hidden=False
        )
        target.value, target.unit = 98.0, "%"
        auth.add(target)
        keep_first("auth")
        return target.id


def tell(
    behind: Snapshot,
    ward: int,
    target: uuid.UUID,
    part: float | None,
    whole: float | None,
    *,
    veiled: bool = False,
) -> None:
    """A published reading of the first quarter, there in time; without numbers a `veiled` one is hidden."""
    kept = (None, None) if veiled else (part, whole)
    numbers = ", ".join("null" if one is None else str(one) for one in (part, whole, *kept))
    told = "null" if part is None and not veiled else "'2026-03-16'"
    published = "'2026-03-24'" if veiled else "null"
    behind.execute(
        "insert into app.ward_reading (ward_id, reporter_id, period_end, period_start, due_on, year, plan_id, "
        "agency_kind, unit_target_id, rhythm, measure, comparator, target, falls, sensitive, numerator, denominator, "
        f"kept_numerator, kept_denominator, reported_on, as_of, published_on) values ({ward}, '{new_id()}', '{MARCH}', "
        f"'2025-12-15', '2026-03-19', 2026, '{new_id()}', 'congan', '{target}', 'quarter', 'share', '>=', 98, false, "
        f"{veiled}, {numbers}, {told}, now(), {published})"
    )


@pytest.fixture
def told(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> None:
    """Two wards with cards of all four counts, one under a name that wants to be a formula; two targets."""
    behind_the_wall.execute(f"update app.ward set name = '{HOSTILE}' where id = {cast.south}")
    past = TODAY - timedelta(days=2)
    first, second, *_rest = give(app, cast.north, cast.police, None, past, past, None)
    move(app, cast.north, first, State.REVIEW, State.DONE)
    move(app, cast.north, second, State.REVIEW, State.DONE)
    give(app, cast.south, cast.south_police, past, None)
    publish(app, cast.north, cast.south)
    vaccinated, harmed = (
        set_target(app, cast, "Trẻ em tiêm chủng đầy đủ"),
        set_target(app, cast, "Trẻ em bị xâm hại"),
    )
    tell(behind_the_wall, cast.north, vaccinated, 1173, 1204)
    tell(behind_the_wall, cast.south, vaccinated, None, None)
    tell(behind_the_wall, cast.north, harmed, None, None, veiled=True)
    tell(behind_the_wall, cast.south, harmed, None, None, veiled=True)
    behind_the_wall.execute(
        "insert into app.unit_reading (unit_id, unit_target_id, period_end, year, numerator, wards, published_on) "
        f"values ({cast.unit}, '{harmed}', '{MARCH}', 2026, 44, 2, '2026-03-24')"
    )
