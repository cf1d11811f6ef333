"""A unit's report over its wards: the page, the .docx, the .xlsx and the .pdf say the same, to the last number."""

import io
import re
from datetime import timedelta

from flask import Flask
from openpyxl import load_workbook

from portal.db import new_id
from portal.tasks.state import State
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.reading_back import HERE, HOSTILE, agree, made, of_page
from tests.rollups.boards import NOW, TODAY, give, move, publish
from tests.statements import counted_statements
from worker.report_jobs import carry_out_exports, sweep_exports


def test_the_page_and_all_three_files_agree_to_the_last_number(
    app: Flask, cast: Cast, told: None, dung_now: Browser
) -> None:
    tables = agree(app, dung_now, HERE)
    assert tables["wards"][2][1:] == ["4", "1", "1", "1", "1", "50%", "15/04/2026"]
    assert tables["wards"][-1] == ["Toàn đơn vị", "6", "1", "1", "2", "2", "33%", ""]
    assert tables["targets"][1][3:7] == ["1.173", "1.204", "97,43", "Chưa đạt"]
    assert set(tables) >= {"wards", "agencies", "targets", "missing", "wards-agencies", "targets-wards"}


def test_of_sensitive_targets_is_said_what_was_published_and_no_sum_is_made(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser
) -> None:
    page = dung_now.get(HERE).text
    rows = [row for row in of_page(page)["targets-wards"] if "xâm hại" in row[0]]
    assert [row[3] for row in rows] == ["Không nêu", "Không nêu"]
    together = next(row for row in of_page(page)["targets"] if "xâm hại" in row[0])
    assert together[3:7] == ["44", "–", "–", ""]
    behind_the_wall.execute("update app.unit_reading set wards = 1")  # not of these wards
    together = next(row for row in of_page(dung_now.get(HERE).text)["targets"] if "xâm hại" in row[0])
    assert together[3:7] == ["Không nêu", "Không nêu", "Không nêu", ""]


def test_no_cell_of_the_workbook_is_a_formula_and_it_prints(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser
) -> None:
    for name in (HOSTILE, "+1+1", "-2+3", "@SUM(A1)", "\\t=1+1", "＝1+1"):
        behind_the_wall.execute(f"update app.unit_target set text = e'{name}'")
        behind_the_wall.execute("delete from app.unit_export")
        book = load_workbook(io.BytesIO(made(app, dung_now, HERE, "xlsx")))
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.print_title_rows == "$4:$4"


def test_who_has_not_reported_is_named_with_what_is_missing(
    app: Flask, cast: Cast, told: None, dung_now: Browser
) -> None:
    missing = of_page(dung_now.get(HERE).text)["missing"]
    assert [row[1] for row in missing[1:]] == ["Trẻ em tiêm chủng đầy đủ"]
    assert missing[1][3] == "19/03/2026"
    half = of_page(dung_now.get("/o/city/report/2025-year").text)["missing"]
    assert {row[1] for row in half[1:]} == {"Báo cáo của kỳ này"}
    assert len(half) == 3


def test_a_closed_period_shows_what_was_frozen_and_what_was_corrected(
    app: Flask, cast: Cast, wednesday: None
) -> None:
    early = NOW - timedelta(days=40)
    (number,) = give(app, cast.north, cast.police, TODAY, now=early)
    publish(app, cast.north, now=early)
    publish(app, cast.north, now=NOW - timedelta(days=31))
    move(app, cast.north, number, State.CANCELLED, now=NOW)
    publish(app, cast.north, now=NOW)
    page = Browser(app).sign_in("dung@city.example").get(HERE).text
    assert "đã khóa ngày 14/03/2026" in page
    tables = of_page(page)
    assert tables["wards"][-1][1] == "1"


def test_a_file_expires_and_is_swept(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser
) -> None:
    made(app, dung_now, HERE, "xlsx")
    link = re.findall(r'href="(/o/city/report/files/[\w-]+)"', dung_now.get(HERE).text)[0]
    behind_the_wall.execute("update app.unit_export set expires_at = timestamptz '2026-04-15 02:00Z'")
    assert dung_now.get(link).status_code == 404
    assert link not in dung_now.get(HERE).text
    sweep_exports(app)
    assert behind_the_wall.query("select count(*) from app.unit_export") == [(0,)]


def test_a_file_whose_worker_dies_is_made_by_another_and_given_up_after_three(
    app: Flask, cast: Cast, behind_the_wall: Snapshot, dung_now: Browser
) -> None:
    dung_now.post(f"{HERE}/files", form="pdf")
    assert "Đang chờ" in dung_now.get(HERE).text
    dead = "update app.unit_export set state = 'running', lease_until = '2026-04-15 01:00Z', attempts = "
    behind_the_wall.execute(f"{dead}3")
    assert carry_out_exports(app) == 1
    assert "Không tạo được" in dung_now.get(HERE).text
    behind_the_wall.execute(f"{dead}1, ended_at = null, expires_at = null")
    assert carry_out_exports(app) == 1
    assert "Tải về (.pdf)" in dung_now.get(HERE).text


def test_nobody_else_finds_the_report_or_its_files(
    app: Flask,
    cast: Cast,
    behind_the_wall: Snapshot,
    dung: Browser,
    bob: Browser,
    charlie: Browser,
    alice: Browser,
) -> None:
    missing = bob.get("/o/khong-co/report").data
    for person in (bob, charlie, alice):
        for address in ("/o/city/report", HERE, f"/o/city/report/files/{new_id()}"):
            answer = person.get(address)
            assert (answer.status_code, answer.data) == (404, missing)
        assert person.post(f"{HERE}/files", form="pdf").status_code == 404
    assert dung.get(f"/o/city/report/files/{new_id()}").status_code == 404
    assert dung.post(f"{HERE}/files", form="exe").status_code == 404
    assert dung.get("/o/city/report/9999-half").status_code == 404
    assert dung.get("/o/city/report?period=between&start=x&end=").status_code == 422


def test_the_page_costs_the_same_with_more_wards(
    app: Flask, cast: Cast, told: None, dung_now: Browser
) -> None:
    dung_now.get(HERE)
    with counted_statements(app) as asked:
        dung_now.get(HERE)
    assert len(asked) <= 16, asked
