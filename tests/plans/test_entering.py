"""Figures of targets: who reports them is settled, an agency enters them, a correction keeps what stood there."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from time_machine import travel
from werkzeug.test import TestResponse

from portal.db import db
from tests.cast import POLICE, Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import refused_to_strangers
from tests.plans.walking import plan_under_review, read_waiting
from tests.statements import counted_statements

PLAN = f"""KẾ HOẠCH
Chăm lo trẻ em năm 2026

I. MỤC TIÊU, CHỈ TIÊU

- Từ 98% trẻ em dưới 1 tuổi trở lên được tiêm chủng đầy đủ.

- Tỷ lệ trẻ em bị bạo lực, xâm hại dưới 5%.

II. TỔ CHỨC THỰC HIỆN

1. {POLICE}

- Kiểm tra các điểm nước sâu trước ngày 15/5/2026. Báo cáo UBND phường hằng quý.
"""

#: After the first quarter closed (14 March) and before its last day of grace.
MARCH, APRIL = datetime(2026, 3, 16, 2, tzinfo=UTC), datetime(2026, 4, 20, 2, tzinfo=UTC)


@pytest.fixture
def indicator(alice: Browser, app: Flask, cast: Cast, behind_the_wall: Snapshot) -> str:
    """The address of the first indicator; the police report both, every quarter, since January."""
    address = plan_under_review(alice, app, PLAN.encode(), "ke-hoach.txt")
    assert alice.post(f"{address}/confirmation").status_code == 303
    read_waiting(app)
    ids = [str(row[0]) for row in behind_the_wall.query("select id from app.indicator order by text")]
    fields = {f"agency-{one}": cast.police for one in ids} | {f"rhythm-{one}": "quarter" for one in ids}
    assert alice.post(f"{address}/reporters", **fields).status_code == 303
    behind_the_wall.execute("update app.reporter set since = '2026-01-01'")
    found = behind_the_wall.query("select id from app.indicator where text like 'Từ 98%%'")
    return f"/w/north/indicators/{found[0][0]}"


def _enter(
    who: Browser, indicator: str, part: object, whole: object, period: str = "2026-03-14", **more: object
) -> TestResponse:
    fields = {"period": period, "numerator": part, "denominator": whole, **more}
    return who.post(f"{indicator}/readings", **fields)


def test_the_form_begins_with_what_the_plan_suggests(alice: Browser, app: Flask, cast: Cast) -> None:
    address = plan_under_review(alice, app, PLAN.encode(), "ke-hoach.txt")
    alice.post(f"{address}/confirmation")
    page = alice.get(f"{address}/reporters").text
    assert page.count('value="quarter" selected') == 2
    assert page.count("gợi ý)") == 2
    assert page.count("Nhạy cảm") == 1


def test_an_officer_enters_two_numbers_and_the_ward_sees_them(
    bob: Browser, alice: Browser, indicator: str
) -> None:
    with travel(MARCH, tick=False):
        page = bob.get("/w/north/mine").text
        assert f"{indicator}?period=2026-03-14#nhap" in page
        assert _enter(bob, indicator, "1.176", "1.200").status_code == 303
        page = alice.get(indicator).text
        assert "98%" in page
        assert "1.176/1.200" in page
        assert "Bob Công An" in page
        assert "muộn" not in page
        assert "Đạt" in alice.get("/w/north/indicators").text


def test_a_figure_left_out_and_one_entered_late_are_seen(
    bob: Browser, alice: Browser, indicator: str
) -> None:
    with travel(APRIL, tick=False):
        assert "Chưa nhập, quá hạn 32 ngày" in alice.get(indicator).text
        assert "3 tháng 2026, quá hạn 32 ngày" in bob.get("/w/north/mine").text
        _enter(bob, indicator, 97, 100)
        page = alice.get(indicator).text
        assert "muộn 32 ngày" in page
        assert "Chưa nhập, quá hạn" not in page
        assert "thiếu 1" in page


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        ("101", "100", "lớn hơn tổng số"),
        ("mười", "100", "không phải là số"),
        ("12.5", "100", "không phải là số"),
        ("12,5", "100", "không có phần lẻ"),
        ("", "100", "Nhập một số"),
        ("-3", "100", "không phải là số"),
    ],
)
def test_numbers_that_cannot_be_are_refused_and_stay_typed(
    bob: Browser, indicator: str, behind_the_wall: Snapshot, part: str, whole: str, said: str
) -> None:
    with travel(MARCH, tick=False):
        answer = _enter(bob, indicator, part, whole)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{part}"' in answer.text
    assert behind_the_wall.query("select count(*) from app.reading")[0][0] == 0


def test_nothing_to_count_is_an_answer(bob: Browser, alice: Browser, indicator: str) -> None:
    with travel(MARCH, tick=False):
        assert _enter(bob, indicator, 0, 0).status_code == 303
        assert "Không phát sinh" in alice.get(indicator).text


def test_a_leap_is_asked_about_and_not_refused(
    bob: Browser, indicator: str, behind_the_wall: Snapshot
) -> None:
    with travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        _enter(bob, indicator, 98, 100)
        asked = _enter(bob, indicator, 40, 100, "2026-06-14")
        assert asked.status_code == 422
        assert "98/100 (98%), nay là 40%. Số này đúng chứ" in asked.text
        assert _enter(bob, indicator, 40, 100, "2026-06-14", sure="1").status_code == 303
    assert behind_the_wall.query("select count(*) from app.reading")[0][0] == 2


def test_a_correction_keeps_the_earlier_figure(
    bob: Browser, indicator: str, behind_the_wall: Snapshot
) -> None:
    with travel(MARCH, tick=False):
        _enter(bob, indicator, 90, 100)
        _enter(bob, indicator, 91, 100)
        assert "Số này đã có" in bob.get(_enter(bob, indicator, 91, 100).headers["Location"]).text
        page = bob.get(f"{indicator}?period=2026-03-14").text
    assert "Đã sửa 1 lần" in page
    assert "90/100" in page
    rows = behind_the_wall.query("select numerator, replaced_at is null from app.reading order by id")
    assert rows == [(90.0, False), (91.0, True)]
    marks = behind_the_wall.query("select count(*) from app.board_change where card_id is null")
    assert marks[0][0] == 3, "one for who reports, one for each figure"


def test_strangers_enter_nothing(
    bob: Browser, mai: Browser, alice: Browser, charlie: Browser, indicator: str
) -> None:
    with travel(MARCH, tick=False):
        assert _enter(mai, indicator, 1, 2).status_code == 403
        assert _enter(charlie, indicator, 1, 2).status_code == 404
        assert charlie.get(indicator.replace("north", "south")).status_code == 404
        assert _enter(bob, indicator, 1, 2, "2026-03-15").status_code == 404
    assert _enter(alice, indicator, 1, 2).status_code == 303


def test_only_who_manages_plans_says_who_reports(
    alice: Browser, bob: Browser, charlie: Browser, indicator: str
) -> None:
    link = re.search(r"/w/north/plans/[\w-]+/reporters", alice.get("/w/north/indicators").text)
    assert link
    assert "/reporters" not in bob.get("/w/north/indicators").text
    refused_to_strangers(link[0], bob, charlie)


def test_the_page_of_indicators_asks_little(alice: Browser, app: Flask, indicator: str) -> None:
    with counted_statements(app) as asked:
        assert alice.get("/w/north/indicators").status_code == 200
    assert len(asked) <= 12
    with counted_statements(app) as asked:
        assert alice.get(indicator).status_code == 200
    assert len(asked) <= 12


def test_the_rollup_reads_figures_and_no_names(app: Flask, bob: Browser, indicator: str) -> None:
    with travel(MARCH, tick=False):
        _enter(bob, indicator, 3, 4)
    with app.app_context(), db.engines["rollup"].connect() as rollup:
        found = rollup.execute(
            text(
                "select numerator, denominator, sensitive from app.reading r join app.reporter p "
                "on (p.ward_id, p.id) = (r.ward_id, r.reporter_id)"
            )
        ).all()
        assert [tuple(row) for row in found] == [(3.0, 4.0, False)]
        with pytest.raises(ProgrammingError, match="permission denied"):
            rollup.execute(text("select entered_by from app.reading"))
