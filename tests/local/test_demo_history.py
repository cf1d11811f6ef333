"""Half a year of three wards, simulated by the product's own verbs: every page and file of it says the same."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from portal.local.demo_history import load_history
from portal.local.demo_people import WARDS
from portal.tasks.queries import counted_cards
from portal.tasks.timeliness import Bucket, bucket
from portal.tenants.boundary import inside_ward
from portal.wording import local_day
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.reading_back import agree, of_page

UNTIL = datetime(2026, 6, 25, 2, 0, tzinfo=UTC)
PASSWORD = "bon-con-voi-qua-song-17"


@pytest.fixture
def lived(app: Flask, cast: Cast, behind_the_wall: Snapshot) -> Snapshot:
    """The city of the simulation, beside the cast's."""
    load_history(app, PASSWORD, UNTIL)
    return behind_the_wall


def _recounted(app: Flask, ward_id: int) -> Counter[str]:
    with app.app_context(), inside_ward(ward_id):
        found = (
            bucket(card.standing, card.due_on, card.due_exclusive, card.submitted_on, local_day(UNTIL))
            for card in counted_cards()
            if card.agency_id
        )
        return Counter(one.value for one in found if one)


def test_pages_report_and_workbook_agree_with_the_boards_to_the_last_number(
    app: Flask, lived: Snapshot
) -> None:
    wards = {
        str(name): int(str(key))
        for key, name in lived.query("select id, name from app.ward where slug = any(%s)", (list(WARDS),))
    }
    with time_machine.travel(UNTIL, tick=False):
        city = Browser(app).sign_in("city@lao-cai-city.example", PASSWORD)
        now = of_page(city.get("/o/lao-cai/report/2026-year").text)["wards"]
        for name, ward_id in wards.items():
            row = next(row for row in now if row[0] == f"phường {name}")
            recounted = _recounted(app, ward_id)
            assert row[2:6] == [str(recounted[one.value]) for one in Bucket]
            assert int(row[1]) == recounted.total() > 10
        overview = re.sub(r"<[^>]+>", " ", city.get("/o/lao-cai/").text)
        whole = now[-1]
        assert f"{int(whole[2]) + int(whole[3])}/{whole[1]} việc" in " ".join(overview.split())
        half = agree(app, city, "/o/lao-cai/report/2026-half")
    assert half["wards"][-1][0] == "Toàn đơn vị"
    assert [row[0] for row in half["missing"][1:] if row[1] == "Báo cáo của kỳ này"] == ["phường Cốc Lếu"]
    assert any("xâm hại" in row[0] for row in half["targets"])
    days = lived.query("select count(distinct day) from app.ward_rollup_day")
    assert int(str(days[0][0])) > 60
