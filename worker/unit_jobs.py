"""What units' plans wait for is carried out: claimed for one worker, read outside any transaction, then compared."""

import logging
import time

from flask import Flask

from portal.db import session_as, utc_now
from portal.plans import importing
from portal.plans.lineage_publishing import publish_lineage
from portal.plans.reading import PlanReading, UnreadablePlan
from portal.plans.unit_reading import (
    UnitClaim,
    claim_unit_plan,
    end_spreading,
    fetch_unit_plan,
    publish_unit_plan,
)
from portal.tenants.overseeing import wards_under
from portal.wording import local_day
from worker.ward_jobs import SLICE
from worker.wards import job, job_for_one_ward

log = logging.getLogger(__name__)


def carry_out_units(app: Flask) -> int:
    """Read and spread what waits, for one slice of time; how many steps that were."""
    until, done = time.monotonic() + SLICE, 0
    while time.monotonic() < until:
        with job(app):
            claimed = claim_unit_plan(session_as("auth"), utc_now())
        if claimed is None:
            break
        (_read if claimed.unread else _spread)(app, claimed)
        done += 1
    return done


def _read(app: Flask, claimed: UnitClaim) -> None:
    outcome: PlanReading | UnreadablePlan = UnreadablePlan("crashed")
    if not claimed.exhausted:
        with job(app):
            original = fetch_unit_plan(session_as("auth"), claimed)
        outcome = importing.read(original)
    with job(app):
        publish_unit_plan(session_as("auth"), claimed, outcome, utc_now())


def _spread(app: Flask, claimed: UnitClaim) -> None:
    """Every ward below compares for itself, inside its own wall; one that fails does not stop the others."""
    now = utc_now()
    with job(app):
        wards = [ward.id for ward in wards_under(session_as("auth"), claimed.unit_id, local_day(now))]
    for ward_id in wards:
        try:
            with job_for_one_ward(app, ward_id):
                publish_lineage(now)
        except Exception as error:
            log.error("the lineage of ward %s was not published: %s", ward_id, type(error).__name__)
    with job(app):
        end_spreading(session_as("auth"), claimed, utc_now())
