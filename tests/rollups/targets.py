"""Targets of wards and their figures for the tests of the rollup, entered as the ward's people do."""

import uuid
from datetime import date, datetime

from flask import Flask

from portal.db import db, keep
from portal.plans.plan import Plan
from portal.plans.reporter import Reporter
from portal.plans.target import Indicator, Target
from portal.plans.target_reading import Reading
from portal.rollups.announcing import announce
from portal.tasks.board_change import BoardChange
from portal.tenants.boundary import inside_ward
from portal.tenants.periods import Rhythm, periods_of
from tests.city import Snapshot
from tests.rollups.boards import NOW


def unit_target(behind_the_wall: Snapshot, unit_id: int) -> uuid.UUID:
    """A target in a plan of a unit."""
    plan_id, target_id = uuid.uuid4(), uuid.uuid4()
    behind_the_wall.execute(
        "insert into app.unit_plan (id, unit_id, state, source, filename, stored_as, size, sha256, problem, title,"
        " doc_type, number, symbol, added_by, added_at, attempts) "
        f"values ('{plan_id}', {unit_id}, 'published', 'text', '', '', 0, '{plan_id}', '', '',"
        " '', '', '', '', now(), 0)"
    )
    behind_the_wall.execute(
        "insert into app.unit_target (id, unit_plan_id, position, section, text, hidden) "
        f"values ('{target_id}', '{plan_id}', 1, '', 'Giảm số trẻ em bị xâm hại', false)"
    )
    return target_id


def reporter(app: Flask, ward_id: int, **different: object) -> uuid.UUID:
    """A share that is reported every quarter; the text of the target is never published."""
    with app.app_context(), inside_ward(ward_id):
        plan = Plan(source="text", filename="", stored_as="", size=0, sha256="", added_by="", added_at=NOW)
        target = Target(plan_id=plan.id, position=1, paragraph=1, section="II", text="Chỉ tiêu")
        indicator = Indicator(
            target_id=target.id, position=1, text="Trẻ em bị xâm hại", comparator="<", value=5.0, unit="%"
        )
        values = {"agency_id": None, "measure": "share", "falls": True, **different}
        one = Reporter(
            indicator_id=indicator.id, rhythm="quarter", year=2026, since=date(2026, 1, 1), **values
        )
        one.set_by, one.set_at = "Lan", NOW
        for row in (plan, target, indicator, one, BoardChange()):
            db.session.add(row)
            db.session.flush()
        keep()
        return one.id


def enter(
    app: Flask,
    ward_id: int,
    reporter_id: uuid.UUID,
    end: date,
    part: float,
    day: datetime,
    whole: float = 640,
) -> None:
    """Report the figure of a quarter, or correct it."""
    period = next(one for one in periods_of(Rhythm.QUARTER, end.year) if one.end == end)
    with app.app_context(), inside_ward(ward_id):
        for standing in db.session.query(Reading).filter_by(
            reporter_id=reporter_id, period_end=end, replaced_at=None
        ):
            standing.replaced_at = day
        db.session.flush()
        numbers = {"numerator": float(part), "denominator": float(whole)}
        days = {"period_start": period.start, "period_end": end}
        db.session.add(Reading(reporter_id=reporter_id, **numbers, **days, entered_by="Bob", entered_at=day))
        db.session.add(BoardChange())
        keep()


def announced(app: Flask, now: datetime) -> int:
    """Publish the sensitive figures whose day has come; returns of how many periods."""
    with app.app_context():
        done = announce(now)
        keep()
        return done
