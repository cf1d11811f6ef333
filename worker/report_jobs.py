"""Units' files are made one by one: claimed for one worker, written, kept; what has expired is swept."""

import time

from flask import Flask

from portal.db import session_as, utc_now
from portal.reports.unit.exporting import claim_file, make_file, sweep_files
from portal.reports.webhooks.delivering import sweep_deliveries
from worker.ward_jobs import SLICE
from worker.wards import job


def carry_out_exports(app: Flask) -> int:
    """Make files that wait, for one slice of time; how many that were."""
    until, made = time.monotonic() + SLICE, 0
    while time.monotonic() < until:
        with job(app):
            claimed = claim_file(session_as("auth"), utc_now())
        if claimed is None:
            break
        with job(app):
            make_file(session_as("auth"), session_as("city"), claimed, utc_now())
        made += 1
    return made


def sweep_exports(app: Flask) -> None:
    """Take away files that have expired, and what was sent to webhooks long ago."""
    with job(app):
        sweep_files(session_as("auth"), utc_now())
        sweep_deliveries(session_as("auth"), utc_now())
