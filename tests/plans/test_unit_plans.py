"""A unit publishes its plan once: read by a worker, seen by every ward below, replaced and withdrawn."""

import io

import psycopg
import pytest
from flask import Flask

from portal.db import session_as, utc_now
from portal.plans.unit_reading import LEASE, claim_unit_plan
from tests.cast import Browser, Cast
from tests.city import City, Snapshot
from tests.plans.upper import UPPER, publish, sent
from tests.statements import counted_statements
from worker.unit_jobs import carry_out_units
from worker.wards import job


def test_a_plan_is_taken_read_and_published(dung: Browser, app: Flask) -> None:
    address = sent(dung.post("/o/city/plans", file=(io.BytesIO(UPPER.encode()), "ke-hoach-tp.txt")))
    assert "Đang đọc" in dung.get(address).text
    assert 'id="reading"' in dung.get(address, HX_Request="true").text
    carry_out_units(app)
    assert dung.get(address, HX_Request="true").headers["HX-Refresh"] == "true"
    page = dung.get(address).text
    assert "Bảo vệ, chăm sóc trẻ em thành phố Thử năm 2026" in page
    assert "90/KH-UBND · 27/02/2026" in page
    assert "4 chỉ tiêu" in page
    assert "≥ 90%" in page
    assert "Kiểm tra các điểm nước sâu" in page
    assert "Đã công bố" in dung.get("/o/city/plans").text


def test_pasted_text_is_published_like_a_file(dung: Browser, app: Flask) -> None:
    address = sent(dung.post("/o/city/plans", text=UPPER))
    carry_out_units(app)
    assert "4 chỉ tiêu" in dung.get(address).text


def test_the_bar_leads_to_the_plans(dung: Browser) -> None:
    assert 'href="/o/city/plans"' in dung.get("/o/city/").text


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "Tệp trống"),
        (b"MZ", "a.exe", "Chưa đọc được loại tệp này"),
        (b"", "", "Chọn tệp kế hoạch, hoặc dán nội dung"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(
    dung: Browser, data: bytes, name: str, why: str
) -> None:
    answer = dung.post("/o/city/plans", file=(io.BytesIO(data), name), text="" if name else " ")
    assert answer.status_code == 422
    assert why in answer.text


def test_a_file_nobody_can_read_says_so_and_is_shown_to_no_ward(
    dung: Browser, alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = sent(dung.post("/o/city/plans", file=(io.BytesIO(b"PK\x03\x04 broken"), "a.docx")))
    carry_out_units(app)
    assert "bị hỏng" in dung.get(address).text
    assert alice.get(address.replace("/o/city/plans", "/w/north/upper-plans")).status_code == 404
    assert behind_the_wall.query("select state from app.unit_plan") == [("unreadable",)]


def test_the_same_file_again_is_the_plan_it_made(
    dung: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    assert publish(dung, app) == publish(dung, app)
    assert behind_the_wall.query("select count(*) from app.unit_plan") == [(1,)]


def test_a_newer_plan_takes_the_place_of_the_older(
    dung: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    older = publish(dung, app)
    newer = publish(dung, app, UPPER.replace("90/KH", "91/KH"), replaces=older.rsplit("/", 1)[1])
    assert "Đã có bản thay" in dung.get(older).text
    assert "Đã công bố" in dung.get(newer).text
    assert behind_the_wall.query("select count(*) from app.unit_plan where ended_at is not null") == [(1,)]


def test_a_plan_of_another_unit_cannot_be_replaced(
    dung: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    older = publish(dung, app)
    behind_the_wall.execute(
        "insert into app.oversight_unit (slug, name, short_name) values ('khac', 'X', 'X')"
    )
    behind_the_wall.execute(
        "update app.unit_plan set unit_id = (select id from app.oversight_unit where slug = 'khac')"
    )
    answer = dung.post("/o/city/plans", text=UPPER, replaces=older.rsplit("/", 1)[1])
    assert answer.status_code == 422
    assert dung.get(older).status_code == 404
    assert dung.post(f"{older}/withdrawal").status_code == 404
    assert dung.get(f"{older}/original").status_code == 404


def test_a_withdrawn_plan_is_gone_for_the_wards_and_stays_in_the_list(
    dung: Browser, alice: Browser, app: Flask
) -> None:
    address = publish(dung, app)
    seen = address.replace("/o/city/plans", "/w/north/upper-plans")
    assert alice.get(seen).status_code == 200
    sent(dung.post(f"{address}/withdrawal"))
    carry_out_units(app)
    assert alice.get(seen).status_code == 404
    assert "Đã rút" in dung.get("/o/city/plans").text


def test_a_blank_number_and_day_are_filled_in(dung: Browser, app: Flask) -> None:
    address = publish(
        dung,
        app,
        UPPER.replace("Số: 90/KH-UBND", "Số: /KH-UBND").replace("ngày 27 tháng 02", "ngày tháng 02"),
    )
    assert "Ghi số và ngày" in dung.get(address).text
    refused = dung.post(f"{address}/head", number="90", day="32/13")
    assert refused.status_code == 422
    assert 'value="32/13"' in refused.text
    sent(dung.post(f"{address}/head", number="90", day="27/2"))
    page = dung.get(address).text
    assert "90/KH-UBND · 27/02/2026" in page
    assert "Ghi số và ngày" not in page


def test_the_original_is_a_download_for_the_unit_and_for_wards_below(
    dung: Browser, alice: Browser, app: Flask
) -> None:
    address = publish(dung, app)
    for browser, place in (
        (dung, address),
        (alice, address.replace("/o/city/plans", "/w/north/upper-plans")),
    ):
        answer = browser.get(f"{place}/original")
        assert answer.data == UPPER.encode()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_people_of_wards_and_the_operator_do_not_find_the_units_pages(
    dung: Browser, alice: Browser, charlie: Browser, olga: Browser, app: Flask
) -> None:
    address = publish(dung, app)
    for browser in (alice, charlie, olga):
        for page in ("/o/city/plans", address, f"{address}/original"):
            assert browser.get(page).status_code == 404
        assert browser.post("/o/city/plans", text=UPPER).status_code == 404
        assert browser.post(f"{address}/withdrawal").status_code == 404


def test_a_worker_that_died_is_replaced_and_after_three_deaths_the_plan_is_given_up(
    dung: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    sent(dung.post("/o/city/plans", text=UPPER))
    for back in (6, 4, 2):
        with job(app):
            assert claim_unit_plan(session_as("auth"), utc_now() - back * LEASE) is not None
    carry_out_units(app)
    assert behind_the_wall.query("select state, problem from app.unit_plan") == [("unreadable", "crashed")]


def test_two_workers_never_take_the_same_plan(dung: Browser, app: Flask) -> None:
    sent(dung.post("/o/city/plans", text=UPPER))
    with job(app):
        assert claim_unit_plan(session_as("auth"), utc_now()) is not None
    with job(app):
        assert claim_unit_plan(session_as("auth"), utc_now()) is None


TABLES = ("unit_plan", "unit_plan_paragraph", "unit_target")


def _login(city: City, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(city.url(role).replace("+psycopg", ""))


@pytest.mark.parametrize("role", ["portal_app", "portal_city"])
def test_wards_and_the_watching_role_read_units_plans_and_change_nothing(
    city: City, cast: Cast, role: str
) -> None:
    with _login(city, role) as connection:
        connection.execute("set transaction read write")
        for table in TABLES:
            connection.execute(f"select 1 from app.{table}")
            for act in (f"delete from app.{table}", f"insert into app.{table} default values"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(act)


def test_the_publishing_role_reaches_nothing_of_a_ward_and_deletes_nothing(city: City, cast: Cast) -> None:
    with _login(city, "portal_auth") as connection:
        for act in (
            *(f"select 1 from app.{table}" for table in ("plan", "plan_paragraph", "target", "activity")),
            *(f"select 1 from app.{table}" for table in ("plan_citation", "target_verdict")),
            *(f"delete from app.{table}" for table in TABLES),
            "update app.unit_plan set unit_id = 1",
            "update app.unit_plan_paragraph set text = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(act)


@pytest.mark.parametrize("role", ["portal_dispatch", "portal_rollup"])
def test_other_roles_do_not_even_read(city: City, cast: Cast, role: str) -> None:
    with _login(city, role) as connection:
        for table in (*TABLES, "activity", "plan_citation", "target_verdict"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(f"select 1 from app.{table}")


def test_the_units_pages_ask_twelve_questions_at_most(dung: Browser, app: Flask) -> None:
    address = publish(dung, app)
    for page in ("/o/city/plans", address):
        dung.get(page)
        with counted_statements(app) as seen:
            assert dung.get(page).status_code == 200
        assert len(seen) <= 12, seen
