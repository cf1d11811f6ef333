"""Jobs of a ward are carried out: claimed for one worker, worked on outside any transaction, kept in one."""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from portal.db import session_as, utc_now
from portal.errors import NotFound
from portal.plans import importing
from portal.plans.lineage_publishing import PUBLISH, publish_lineage
from portal.plans.receiving import READ
from portal.tenants.claiming import Claim, LostLease, claim, end
from worker.wards import job, job_for_one_ward

log = logging.getLogger(__name__)

#: Seconds. A sweep takes new jobs for this long, then leaves the rest to the next one.
SLICE = 5.0


@dataclass(frozen=True)
class Handler:
    """How one kind of job is done. `work` may take long, so nothing of the database is held while it runs.

    `keep` and `give_up` answer with the code the job ends with, empty when it ended well.
    """

    fetch: Callable[[uuid.UUID], Any]
    work: Callable[[Any], Any]
    keep: Callable[[uuid.UUID, Any], str]
    give_up: Callable[[uuid.UUID], str]


def _publish_lineage(_plan_id: uuid.UUID, _nothing: None) -> str:
    publish_lineage(utc_now())
    return ""


HANDLERS = {
    READ: Handler(importing.fetch, importing.read, importing.keep, importing.give_up),
    # Nothing to fetch and nothing slow: the ward is compared in the transaction that ends the job.
    PUBLISH: Handler(lambda _id: None, lambda _nothing: None, _publish_lineage, lambda _id: "crashed"),
}


def carry_out_next(app: Flask, job_id: uuid.UUID | None = None) -> bool:
    """Claim and carry out one waiting job of any ward, or this one; False when there was none to claim."""
    with job(app):
        claimed = claim(session_as("dispatch"), utc_now(), job_id)
    if claimed is None:
        return False
    try:
        _carry_out(app, claimed, HANDLERS[claimed.kind])
    except LostLease:
        log.warning("job %s was taken over by another worker", claimed.job_id)
    return True


def carry_out_waiting(app: Flask) -> int:
    """Carry out what waits, for one slice of time; how many jobs that were."""
    until, done = time.monotonic() + SLICE, 0
    while time.monotonic() < until and carry_out_next(app):
        done += 1
    return done


def _carry_out(app: Flask, claimed: Claim, handler: Handler) -> None:
    if claimed.exhausted:
        _end(app, claimed, lambda: handler.give_up(claimed.subject_id))
        return
    try:
        with job_for_one_ward(app, claimed.ward_id):
            material = handler.fetch(claimed.subject_id)
    except NotFound:
        _end(app, claimed, lambda: "gone")
        return
    found = handler.work(material)
    _end(app, claimed, lambda: handler.keep(claimed.subject_id, found))


def _end(app: Flask, claimed: Claim, keep: Callable[[], str]) -> None:
    """Keep the result and close the job in one transaction: both happen, or neither."""
    with job_for_one_ward(app, claimed.ward_id):
        end(claimed, utc_now(), keep())
