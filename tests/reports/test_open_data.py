"""Open data: a program reads a unit's published figures with a token, and nothing else, and not for ever."""

import csv
import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.reports.open_data.records import DATASETS
from portal.reports.routes.open_data import EACH
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.reports.reading_back import HERE, HOSTILE, of_page

API = "/api/v1/periods/2026-quarter-1"
PAGE = "/o/city/open-data"


def given(browser: Browser, name: str = "Kho dữ liệu tỉnh") -> str:
    answer = browser.post(PAGE, name=name)
    assert answer.status_code == 200
    return str(re.findall(r'<code class="rep-text">([\w-]{43})</code>', answer.text)[0])


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    return app.test_client()


def read(program: FlaskClient, address: str, token: str, **headers: str) -> TestResponse:
    return program.get(address, headers={"Authorization": f"Bearer {token}", **headers})


def test_what_a_program_reads_is_what_the_report_says(
    app: Flask, cast: Cast, told: None, dung_now: Browser, program: FlaskClient
) -> None:
    token, tables = given(dung_now), of_page(dung_now.get(HERE).text)
    wards = json.loads(read(program, f"{API}/wards.json", token).data)
    assert (wards["unit"], wards["period_end"]) == ("Thành phố Thử · Phòng LĐTB&XH", "2026-03-14")
    four = ("done_on_time", "done_late", "open_in_time", "open_overdue")
    assert [[one["ward"], *(str(one[name]) for name in four)] for one in wards["records"]] == [
        [row[0], *row[2:6]] for row in tables["wards"][1:-1]
    ]
    counts = json.loads(read(program, f"{API}/counts.json", token).data)["records"]
    assert sum(one["done_late"] for one in counts) == int(tables["wards"][-1][3])
    for one in json.loads(read(program, f"{API}/targets.json", token).data)["records"]:
        assert set(one) == set(DATASETS["targets"].fields)
        if one["hidden"]:
            assert one["numerator"] is None and one["met"] is None
    hidden = [
        one
        for one in json.loads(read(program, f"{API}/targets.json", token).data)["records"]
        if one["hidden"]
    ]
    assert len(hidden) >= 2
    assert {one["code"] for one in json.loads(read(program, "/api/v1/periods.json", token).data)["periods"]}


def test_a_csv_opens_as_text_and_numbers_and_never_as_a_formula(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser, program: FlaskClient
) -> None:
    token = given(dung_now)
    for words in (HOSTILE, "+1", "-1", "@SUM(A1)", "\\t=1", "＝1", "\\u200b=1", "|x"):
        behind_the_wall.execute(f"update app.unit_target set text = e'{words}'")
        text = read(program, f"{API}/targets.csv", token).data.decode()
        assert text.startswith("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert list(rows[0]) == list(DATASETS["targets"].fields)
        assert {row["target"][:1] for row in rows} == {"'"}
        assert any(row["numerator"] == "1173.0" for row in rows)


def test_the_same_figures_are_not_sent_twice(
    app: Flask, cast: Cast, told: None, dung_now: Browser, program: FlaskClient
) -> None:
    token = given(dung_now)
    first = read(program, f"{API}/wards.json", token)
    again = read(program, f"{API}/wards.json", token, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = read(program, f"{API}/counts.json", token, **{"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_token_reads_its_own_unit_until_it_is_revoked(
    app: Flask, cast: Cast, told: None, behind_the_wall: Snapshot, dung_now: Browser, program: FlaskClient
) -> None:
    token = given(dung_now)
    for wrong in ("", "x", token[:-1]):
        answer = read(program, f"{API}/wards.json", wrong)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert program.get(f"{API}/wards.json?token={token}").status_code == 401
    assert token.encode() not in str(behind_the_wall.query("select * from app.read_token")).encode()
    page = dung_now.get(PAGE).text
    assert token not in page
    assert "Kho dữ liệu tỉnh" in page
    for strange in (f"{API}/cards.json", f"{API}/wards.exe", "/api/v1/periods/9999-half/wards.json"):
        assert read(program, strange, token).status_code == 404
    behind_the_wall.execute(f"update app.ward set oversight_unit_id = null where id = {cast.north}")
    names = [one["ward"] for one in json.loads(read(program, f"{API}/wards.json", token).data)["records"]]
    assert names == [f"phường {HOSTILE}"]
    revocation = re.findall(rf'action="({PAGE}/[\w-]+/revocation)"', page)[0]
    assert dung_now.post(revocation).status_code == 303
    assert read(program, f"{API}/wards.json", token).status_code == 401


def test_a_token_needs_a_name_and_only_the_unit_gives_one(
    app: Flask, cast: Cast, dung: Browser, bob: Browser, charlie: Browser
) -> None:
    refused = dung.post(PAGE, name="  ")
    assert refused.status_code == 422
    assert "Ghi mã này cấp cho ai" in refused.text
    for person in (bob, charlie):
        assert person.get(PAGE).status_code == 404
        assert person.post(PAGE, name="x").status_code == 404


def test_the_document_describes_every_field_and_address_there_is(
    app: Flask, cast: Cast, told: None, dung_now: Browser, program: FlaskClient
) -> None:
    document = json.loads(program.get("/api/v1/openapi.json").data)
    token = given(dung_now)
    assert document["openapi"].startswith("3.1")
    for path in document["paths"]:
        answer = read(program, path.replace("{period}", "2026-quarter-1"), token)
        assert answer.status_code == 200, path
        if path.endswith(".json") and "{period}" in path:
            name = path.rsplit("/", 1)[1].removesuffix(".json")
            assert {key for one in json.loads(answer.data)["records"] for key in one} == set(
                document["components"]["schemas"][name]["properties"]
            )


def test_each_token_is_limited_by_itself(
    app: Flask, cast: Cast, dung: Browser, program: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = given(dung), given(dung, "Sở Y tế")
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    answers = [
        read(program, "/api/v1/periods.json", first).status_code for _each in range(int(EACH.split()[0]) + 1)
    ]
    assert answers[-2:] == [200, 429]
    assert read(program, "/api/v1/periods.json", second).status_code == 200
