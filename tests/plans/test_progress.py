"""While a plan is read: steps that have happened, giving up, reading again after a failure, a killed worker told."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import Flask

from portal.db import session_as, utc_now
from portal.plans import importing
from portal.tenants.claiming import LEASE, MAX_ATTEMPTS, claim
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.reviewed import PLAN, refused_to_strangers
from tests.plans.walking import address_of_plan, plan_under_review, read_waiting, upload
from worker.wards import job, job_for_one_ward


@pytest.fixture
def address(alice: Browser) -> str:
    """A plan nobody read yet."""
    return address_of_plan(upload(alice, PLAN.format(year=2026).encode(), "a.txt"))


def _id(address: str) -> uuid.UUID:
    return uuid.UUID(address.rsplit("/", 1)[1])


def _give_up(app: Flask) -> None:
    """Every attempt kills its worker."""
    for attempt in range(MAX_ATTEMPTS):
        _claim(app, 2 * (MAX_ATTEMPTS - attempt) * LEASE)
    assert read_waiting(app) == 1


def _claim(app: Flask, late: timedelta = timedelta(0)) -> None:
    with job(app):
        assert claim(session_as("dispatch"), utc_now() - late)


def _steps(page: str) -> list[str]:
    """The steps that have happened, and the one that comes now."""
    steps = re.findall(r'<li class="(ok|now)"[^>]*><b>.*?</b>([^<]+)</li>', page)
    return [f"{state} {words}" for state, words in steps if words.strip() not in {"Tải lên", "Kiểm tra"}]


def test_a_step_is_shown_when_it_has_happened(alice: Browser, app: Flask, cast: Cast, address: str) -> None:
    waiting = alice.get(address, HX_Request="true").text
    assert _steps(waiting) == ["ok Nhận tệp", "now Mở tài liệu"]
    assert "Đang chờ đến lượt." in waiting
    _claim(app)
    assert _steps(alice.get(address, HX_Request="true").text) == ["ok Nhận tệp", "now Mở tài liệu"]
    with job_for_one_ward(app, cast.north):
        importing.fetch(_id(address))
    page = alice.get(address, HX_Request="true").text
    assert _steps(page) == ["ok Nhận tệp", "ok Mở tài liệu", "now Đọc phần giao việc"]
    assert 'max="4" value="2"' in page


def test_a_killed_worker_is_told_and_the_plan_read_again_by_itself(
    alice: Browser, app: Flask, address: str
) -> None:
    _claim(app, 2 * LEASE)
    assert "tự đọc lại" in alice.get(address).text
    _claim(app)
    assert "Đang đọc lại, lần 2." in alice.get(address).text


def test_who_reads_can_be_stopped_and_nothing_is_left(
    alice: Browser, app: Flask, address: str, behind_the_wall: Snapshot
) -> None:
    assert "Dừng đọc, bỏ tệp này" in alice.get(address).text
    assert alice.post(f"{address}/removal").status_code == 303
    read_waiting(app)
    assert behind_the_wall.query("select count(*) from app.plan") == [(0,)]
    assert behind_the_wall.query("select state, last_code from app.ward_job") == [("failed", "gone")]


def test_stopping_in_the_middle_of_a_reading_keeps_nothing_of_it(
    alice: Browser, app: Flask, cast: Cast, address: str, behind_the_wall: Snapshot
) -> None:
    with job_for_one_ward(app, cast.north):
        original = importing.fetch(_id(address))
    alice.post(f"{address}/removal")
    with job_for_one_ward(app, cast.north):
        assert importing.keep(_id(address), importing.read(original)) == "gone"
    assert behind_the_wall.query("select count(*) from app.proposed_card") == [(0,)]


def test_a_plan_that_could_not_be_read_is_read_again_on_request(
    alice: Browser, app: Flask, address: str
) -> None:
    _give_up(app)
    page = alice.get(address).text
    assert "Không đọc được tệp này" in page
    assert "Đọc lại" in page
    assert alice.post(f"{address}/reading").status_code == 303
    assert "Đang đọc" in alice.get(address).text
    assert read_waiting(app) == 1
    assert "Kiểm tra các việc đọc được" in alice.get(address).text


def test_a_plan_that_is_read_is_not_read_again(
    alice: Browser, app: Flask, address: str, behind_the_wall: Snapshot
) -> None:
    assert alice.post(f"{address}/reading").status_code == 409
    read_waiting(app)
    assert alice.post(f"{address}/reading").status_code == 409
    assert behind_the_wall.query("select count(*) from app.ward_job") == [(1,)]


def test_a_file_that_came_again_meanwhile_is_not_read_twice(alice: Browser, app: Flask, address: str) -> None:
    _give_up(app)
    again = plan_under_review(alice, app, PLAN.format(year=2026).encode(), "a.txt")
    assert again != address
    answer = alice.post(f"{address}/reading")
    assert answer.status_code == 409
    assert "đã được tải lên lại" in answer.text


def test_reading_again_is_for_those_who_manage_plans_of_this_ward(
    bob: Browser, charlie: Browser, app: Flask, address: str
) -> None:
    _give_up(app)
    refused_to_strangers(f"{address}/reading", bob, charlie)
