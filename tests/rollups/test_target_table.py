"""The unit's targets over its wards: sums of the published figures, who is silent, small sensitive counts hidden."""

import uuid
from datetime import UTC, date, datetime

import time_machine
from flask import Flask

from portal.db import keep_first, session_as
from portal.plans.unit_plan import UnitPlan, UnitTarget
from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import WardReading
from tests.cast import Browser, Cast
from tests.rollups.test_overview import _open_wards, _text
from tests.statements import counted_statements

NOW = datetime(2026, 4, 15, 2, tzinfo=UTC)
MARCH, JUNE = date(2026, 3, 14), date(2026, 6, 14)


def _target(app: Flask, cast: Cast, text: str) -> uuid.UUID:
    with app.app_context():
        auth = session_as("auth")
        plan = UnitPlan(
            unit_id=cast.unit, source="text", filename="", stored_as="", size=0, sha256="", added_by="",
            added_at=NOW, state="published",
        )  # fmt: skip
        auth.add(plan)
        auth.flush()
        target = UnitTarget(unit_plan_id=plan.id, position=1, section="II", text=text, value=98.0, unit="%")
        auth.add(target)
        keep_first("auth")
        return target.id


def _publish(
    app: Flask, ward_id: int, target: uuid.UUID, numbers: tuple[float, float] | None, **different: object
) -> None:
    part, whole = numbers or (None, None)
    values = {
        "sensitive": False,
        "period_end": MARCH,
        "rhythm": "quarter",
        "kept_numerator": part,
        "kept_denominator": whole,
    }
    with app.app_context():
        session_as("rollup").add(
            WardReading(
                ward_id=ward_id, reporter_id=uuid.uuid4(), period_start=date(2025, 12, 15), due_on=date(2026, 3, 19),
                year=2026, plan_id=uuid.uuid4(), agency_kind="congan", unit_target_id=target,
                measure="share", comparator=">=", target=98.0, falls=False, numerator=part, denominator=whole,
                as_of=NOW, **(values | different),
            )
        )  # fmt: skip
        keep_first("rollup")


def _page(app: Flask) -> str:
    with time_machine.travel(NOW, tick=False):
        return Browser(app).sign_in("dung@city.example").get("/o/city/targets").text


def test_figures_add_up_and_whoever_is_silent_is_named(app: Flask, cast: Cast) -> None:
    target = _target(app, cast, "Trẻ em được khai sinh")
    _publish(app, cast.north, target, (90.0, 100.0))
    _publish(app, cast.south, target, None)
    _publish(app, cast.north, target, (1.0, 2.0), period_end=JUNE)
    page = _text(_page(app))
    assert "≥ 98% 90 / 100 90%" in page
    assert "1 nơi chưa báo cáo P. Nam" in page
    assert "Thiếu 8 kỳ đến 14/03/2026" in page
    _publish(app, cast.south, target, (300.0, 300.0))
    page = _text(_page(app))
    assert "390 / 400 97,5%" in page
    assert "Trẻ em được khai sinh ≥ 98%" in page


def _told(app: Flask, cast: Cast, target: uuid.UUID, part: int | None, whole: int | None) -> None:
    """What was published of the sum of the unit's wards."""
    with app.app_context():
        told = UnitReading(unit_id=cast.unit, unit_target_id=target, period_end=MARCH, year=2026, wards=2)
        told.numerator, told.denominator, told.published_on = part, whole, date(2026, 3, 24)
        session_as("rollup").add(told)
        keep_first("rollup")


def test_a_sensitive_target_says_what_was_published_of_its_sum_and_never_adds_up(
    app: Flask, cast: Cast
) -> None:
    target = _target(app, cast, "Trẻ em bị xâm hại được trợ giúp")
    out = {"sensitive": True, "reported_on": date(2026, 3, 16), "published_on": date(2026, 3, 24)}
    kept = {"kept_numerator": None, "kept_denominator": None}
    _publish(app, cast.north, target, None, **out)
    _publish(app, cast.south, target, (40.0, 41.0), **out, **kept)
    page = _text(_page(app))
    assert "đã che – – – chưa đủ số liệu 2/2 Chưa đánh giá" in page
    assert not {"40", "41"} & set(page.split())
    _told(app, cast, target, 43, 44)
    page = _text(_page(app))
    assert "43 / 44 97,73% – – chưa đủ số liệu 2/2 Chưa đạt" in page


def test_a_sensitive_target_says_when_it_will_be_published(app: Flask, cast: Cast) -> None:
    target = _target(app, cast, "Trẻ em bị xâm hại được trợ giúp")
    _publish(app, cast.north, target, None, sensitive=True, reported_on=date(2026, 3, 16))
    assert "công bố ngày 24/03/2026 – – – chưa đủ số liệu 1/1" in _text(_page(app))


def test_a_year_without_figures_says_so_and_other_people_find_nothing(
    app: Flask, cast: Cast, dung: Browser, alice: Browser
) -> None:
    assert "Chưa phường nào báo cáo" in dung.get("/o/city/targets").text
    assert dung.get("/o/city/targets?year=1999").status_code == 404
    assert alice.get("/o/city/targets").status_code == 404


def test_the_page_costs_the_same_for_many_wards(app: Flask, cast: Cast, dung: Browser) -> None:
    target = _target(app, cast, "Trẻ em được khai sinh")
    _publish(app, cast.north, target, (90.0, 100.0))
    dung.get("/o/city/targets")
    with counted_statements(app) as few:
        dung.get("/o/city/targets")
    _open_wards(app, cast.unit, range(6))
    with counted_statements(app) as many:
        dung.get("/o/city/targets")
    assert len(many) == len(few) <= 12
