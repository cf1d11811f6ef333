"""A ward's score as a place fit for children: points by rule where verified, as typed elsewhere; approved, sent."""

import re
from typing import Any

import pytest
from flask import Flask

from portal.db import utc_now
from portal.reports.scorecard.criteria import UnitClass, standard_of
from portal.reports.scorecard.scoring import Result, Score
from portal.tenants.report_period import reporting_year
from portal.wording import local_day
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.reading_back import agree, of_page
from tests.reports.test_ward_reports import version, words

YEAR = reporting_year(local_day(utc_now()))
HERE = f"/w/north/scorecards/{YEAR}"


def whole(points: float = 100.0) -> dict[str, dict[str, Any]]:
    """Every part scored: the shares reached, everything else full."""
    shares: dict[str, Any] = {"part": 99, "whole": 100}
    entries = {}
    for part in standard_of(YEAR).parts:
        entries[part.key] = (
            shares if part.is_share else {"points": part.most or points, "most": part.most or points}
        )
    return entries | {"6b": {"part": 3, "whole": 3}}


def begun(browser: Browser) -> str:
    assert browser.post("/w/north/scorecards", year=YEAR).headers["Location"] == HERE
    return HERE


def form(page: str, **fields: object) -> dict[str, Any]:
    return {"version": version(page), "unit_class": "other", **fields}


def test_shares_earn_all_their_points_or_none() -> None:
    standard = standard_of(YEAR)
    for part, points in ((95, 50.0), (94, 0.0)):
        score = Score(standard, UnitClass.OTHER, {"6a": {"part": part, "whole": 100}})
        assert score.criteria[5].parts[0].points == points
    assert (
        Score(standard, UnitClass.OTHER, {"6a": {"part": 0, "whole": 0}}).criteria[5].parts[0].points is None
    )


@pytest.mark.parametrize(
    ("unit_class", "points", "changed", "result"),
    [
        (UnitClass.HARD, 52, {}, Result.SHORT),
        (UnitClass.HARD, 53, {}, Result.ENOUGH),
        (UnitClass.OTHER, 57, {}, Result.SHORT),
        (UnitClass.CITY, 100, {}, Result.ENOUGH),
        (UnitClass.CITY, 100, {"13": {"points": 0, "most": 100}}, Result.SHORT),
        (UnitClass.CITY, 100, {"13": {}}, Result.OPEN),
    ],
)
def test_a_result_needs_all_points_enough_of_them_and_none_at_nothing(
    unit_class: UnitClass, points: float, changed: dict[str, Any], result: Result
) -> None:
    assert Score(standard_of(YEAR), unit_class, whole(points) | changed).result is result


def test_what_nobody_verified_is_left_open() -> None:
    verified = [part.key for part in standard_of(YEAR).parts if part.most is not None]
    assert verified == ["1a", "1b", "1c", "1d", "6a", "6b", "7"]


def test_scored_approved_sent_and_seen_by_the_unit_with_no_word_of_it(
    alice: Browser, lan: Browser, dung: Browser, behind_the_wall: Snapshot
) -> None:
    here = begun(alice)
    typed = {
        "points-1a": "50",
        "note-1a": "Có quyết định phân công",
        "part-7": "1.180",
        "whole-7": "1.200",
        "points-2": "60,5",
        "most-2": "75",
    }
    assert alice.post(here, **form(alice.get(here).text, **typed)).status_code == 303
    page = alice.get(here).text
    assert "160,5" in page
    assert "Chưa đủ căn cứ" in page
    assert alice.post(f"{here}/sending").status_code == 409
    assert lan.post(f"{here}/approval", version=version(page)).status_code == 303
    locked = alice.post(here, **form(page, **typed))
    assert locked.status_code == 409
    document = words(alice.get(f"{here}/document").data)
    assert "BẢNG TỰ CHẤM ĐIỂM" in document
    assert "Có quyết định phân công" in document
    assert alice.post(f"{here}/sending").status_code == 303
    assert alice.post(f"{here}/sending").status_code == 409
    seen = dung.get("/o/city/scorecards").text
    assert "160,5" in seen
    assert "Chưa gửi" in seen
    assert "phân công" not in seen
    [address] = re.findall(r'href="(/o/city/scorecards/[\w-]{36}/document)"', seen)
    received = words(dung.get(address).data)
    assert "60,5" in received
    assert "phân công" not in received
    assert "1.180" not in received
    assert behind_the_wall.query("select points->>'2', total from app.sent_scorecard") == [("60.5", 160.5)]


def test_the_units_report_of_the_year_tells_every_score_in_all_its_files(
    app: Flask, alice: Browser, lan: Browser, dung: Browser
) -> None:
    here = begun(alice)
    of_the_year = f"/o/city/report/{here.rsplit('/', 1)[1]}-year"
    assert "scorecards" not in of_page(dung.get(of_the_year).text)
    alice.post(here, **form(alice.get(here).text, **{"points-1a": "50", "points-2": "60,5", "most-2": "75"}))
    lan.post(f"{here}/approval", version=version(lan.get(here).text))
    alice.post(f"{here}/sending")
    rows = agree(app, dung, of_the_year)["scorecards"][1:]
    assert [row[1] for row in rows] == ["110,5", "–"]
    assert [row[3] for row in rows] == ["Chưa đủ căn cứ", "Chưa gửi"]
    assert rows[0][4] == "1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13"
    half_year = f"/o/city/report/{here.rsplit('/', 1)[1]}-half"
    assert "scorecards" not in of_page(dung.get(half_year).text)


def test_the_leader_opens_it_again_and_the_next_edition_replaces_what_the_unit_sees(
    alice: Browser, lan: Browser, dung: Browser
) -> None:
    here = begun(alice)
    for points in ("10", "20"):
        page = alice.get(here).text
        alice.post(here, **form(page, **{"points-1a": points}))
        lan.post(f"{here}/approval", version=version(lan.get(here).text))
        alice.post(f"{here}/sending")
        assert lan.post(f"{here}/reopening").status_code == 303
    assert lan.post(f"{here}/reopening").status_code == 409
    rows = re.findall(r'data-l="Điểm">([^<]*)<', dung.get("/o/city/scorecards").text)
    assert rows == ["20"]


def test_what_cannot_be_used_is_named_and_nothing_typed_is_lost(alice: Browser) -> None:
    here = begun(alice)
    wrong = {
        "points-1a": "51",
        "part-7": "9",
        "whole-7": "8",
        "points-2": "5",
        "points-3": "-1",
        "note-4": "Ghi chú",
    }
    answer = alice.post(here, **form(alice.get(here).text, **wrong))
    assert answer.status_code == 422
    for said in ("Không quá 50 điểm", "Tử số không lớn hơn mẫu số", "Ghi điểm tối đa", "Ghi bằng chữ số"):
        assert said in answer.text
    assert 'value="51"' in answer.text
    assert 'value="Ghi chú"' in answer.text
    stale = alice.post(here, version=0, unit_class="other", **{"points-1a": "5"})
    assert stale.status_code == 409
    assert 'value="5"' in stale.text


def test_where_nobody_is_to_be_helped_the_points_are_typed(alice: Browser) -> None:
    here = begun(alice)
    none = {"part-6b": "0", "whole-6b": "0"}
    alice.post(here, **form(alice.get(here).text, **none))
    assert 'name="points-6b"' in alice.get(here).text
    refused = alice.post(here, **form(alice.get(here).text, **none, **{"points-6b": "76"}))
    assert "Không quá 75 điểm" in refused.text
    assert alice.post(here, **form(alice.get(here).text, **none, **{"points-6b": "75"})).status_code == 303
    assert "(75 / 75)" in alice.get(here).text


def test_numbers_of_harmed_children_are_in_no_document(alice: Browser) -> None:
    here = begun(alice)
    typed = {"part-6a": "96", "whole-6a": "97", "part-6b": "2", "whole-6b": "3"}
    assert alice.post(here, **form(alice.get(here).text, **typed)).status_code == 303
    document = words(alice.get(f"{here}/document").data)
    assert "96/97" in document
    assert "2/3" not in document


def test_a_childs_name_is_stopped(alice: Browser) -> None:
    here = begun(alice)
    named = {"note-3": "Đã giúp cháu Nguyễn Thị Bí Mật"}
    assert alice.post(here, **form(alice.get(here).text, **named)).status_code == 422


def test_a_year_that_cannot_be_scored_yet_is_not_there(alice: Browser, dung: Browser) -> None:
    assert alice.post("/w/north/scorecards", year=YEAR + 1).status_code == 404
    assert alice.get(HERE).status_code == 404
    assert dung.get(f"/o/city/scorecards?year={YEAR + 1}").status_code == 404


def test_who_makes_no_reports_is_refused_and_strangers_find_nothing(
    app: Flask, cast: Cast, alice: Browser, bob: Browser, charlie: Browser
) -> None:
    here = begun(alice)
    assert bob.get(here).status_code == 403
    assert bob.post(here).status_code == 403
    assert alice.post(f"{here}/approval", version=1).status_code == 403
    assert charlie.get(here).status_code == 404
    assert alice.get("/o/city/scorecards").status_code == 404
