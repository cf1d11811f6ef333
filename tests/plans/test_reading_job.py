"""The job that reads a plan: claimed once, taken over when its worker dies, given up after three deaths."""

import uuid
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from portal.db import session_as, utc_now
from portal.plans import importing
from portal.tenants.claiming import LEASE, MAX_ATTEMPTS, Claim, LostLease, claim, end
from tests.cast import Browser, Cast
from tests.city import Snapshot
from tests.plans.walking import address_of_plan, read_waiting
from worker.wards import job, job_for_one_ward


def _send(browser: Browser) -> str:
    return address_of_plan(browser.post("/w/north/plans/new", sample="1"))


def _claim_and_die(app: Flask, after: timedelta) -> Claim | None:
    """What a worker leaves behind that is killed while it reads: a lease, and nothing else."""
    with job(app):
        return claim(session_as("dispatch"), utc_now() + after)


def _proposed(behind_the_wall: Snapshot) -> object:
    return behind_the_wall.query("select count(*) from app.proposed_card")[0][0]


def test_a_worker_killed_in_the_middle_is_replaced_and_nothing_is_doubled(
    alice: Browser, app: Flask, behind_the_wall: Snapshot
) -> None:
    address = _send(alice)
    assert _claim_and_die(app, -2 * LEASE) is not None
    assert read_waiting(app) == 1
    assert _proposed(behind_the_wall) == 23
    assert "Tạo 23 việc" in alice.get(address).text
    assert read_waiting(app) == 0


def test_nobody_takes_a_job_whose_worker_is_still_at_it(alice: Browser, app: Flask) -> None:
    _send(alice)
    assert _claim_and_die(app, timedelta(0)) is not None
    assert read_waiting(app) == 0


def test_a_worker_that_was_too_slow_keeps_nothing(
    alice: Browser, app: Flask, cast: Cast, behind_the_wall: Snapshot
) -> None:
    _send(alice)
    slow = _claim_and_die(app, -2 * LEASE)
    assert slow is not None
    quick = _claim_and_die(app, timedelta(0))
    assert quick is not None
    with pytest.raises(LostLease), job_for_one_ward(app, cast.north):
        outcome = importing.read(importing.fetch(slow.subject_id))
        end(slow, utc_now(), importing.keep(slow.subject_id, outcome))
    assert _proposed(behind_the_wall) == 0


def test_after_three_deaths_the_plan_is_given_up_with_a_clear_message(alice: Browser, app: Flask) -> None:
    address = _send(alice)
    for attempt in range(MAX_ATTEMPTS):
        assert _claim_and_die(app, 2 * (attempt - MAX_ATTEMPTS) * LEASE) is not None
    assert read_waiting(app) == 1
    page = alice.get(address).text
    assert "Không đọc được tệp này" in page
    assert read_waiting(app) == 0


def test_a_job_whose_plan_was_removed_ends(alice: Browser, app: Flask, behind_the_wall: Snapshot) -> None:
    address = _send(alice)
    assert alice.post(f"{address}/removal").status_code == 303
    assert read_waiting(app) == 1
    assert behind_the_wall.query("select state, last_code from app.ward_job") == [("failed", "gone")]


def test_who_hands_out_jobs_sees_keys_of_all_wards_and_no_plan(
    alice: Browser, charlie: Browser, app: Flask
) -> None:
    _send(alice)
    address_of_plan(charlie.post("/w/south/plans/new", sample="1"))
    with app.app_context():
        dispatch = session_as("dispatch")
        assert len(dispatch.execute(text("select ward_id, id from app.ward_job")).all()) == 2
        for forbidden in (
            "select last_code from app.ward_job",
            "select 1 from app.plan",
            "select 1 from app.card",
        ):
            with pytest.raises(Exception, match="permission denied"):
                dispatch.execute(text(forbidden))
            dispatch.rollback()


def test_ringing_for_a_job_that_is_done_does_nothing(alice: Browser, app: Flask) -> None:
    _send(alice)
    read_waiting(app)
    with job(app):
        assert claim(session_as("dispatch"), utc_now(), uuid.uuid4()) is None
