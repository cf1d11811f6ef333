"""Workers take waiting jobs one by one, across all wards, each with a lease: nothing is lost, nothing done twice."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from portal.db import db
from portal.tenants.ward_job import WardJob

#: A worker is given this long; the longest job, reading a plan, is stopped after 20 seconds.
LEASE = timedelta(seconds=30)

#: How often a job is tried. A worker that dies three times over the same job was killed by it.
MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class Claim:
    """A job that is ours until the lease ends. `attempt` counts from 1 and fences off a worker that was too slow."""

    ward_id: int
    job_id: uuid.UUID
    kind: str
    subject_id: uuid.UUID
    attempt: int

    @property
    def exhausted(self) -> bool:
        """Whether every attempt was used up: the job is to be given up, not tried."""
        return self.attempt > MAX_ATTEMPTS


class LostLease(Exception):
    """Another worker took the job since; whatever this one found out must be dropped."""


def claim(dispatch: Session, now: datetime, job_id: uuid.UUID | None = None) -> Claim | None:
    """Take the oldest waiting job of any ward, or exactly `job_id`; None when there is none to take.

    `dispatch`: a session of the role that sees the keys of every ward's jobs and nothing else. Commit at once.
    """
    waiting = or_(WardJob.state == "queued", and_(WardJob.state == "running", WardJob.lease_until < now))
    asked = select(WardJob.ward_id, WardJob.id, WardJob.kind, WardJob.subject_id, WardJob.attempts).where(
        waiting
    )
    if job_id is not None:
        asked = asked.where(WardJob.id == job_id)
    found = dispatch.execute(
        asked.order_by(WardJob.created_at).limit(1).with_for_update(skip_locked=True)
    ).first()
    if found is None:
        return None
    dispatch.execute(
        update(WardJob)
        .where(WardJob.ward_id == found.ward_id, WardJob.id == found.id)
        .values(state="running", lease_until=now + LEASE, attempts=found.attempts + 1)
    )
    return Claim(found.ward_id, found.id, found.kind, found.subject_id, found.attempts + 1)


def end(claimed: Claim, now: datetime, code: str = "") -> None:
    """Close a claimed job in its ward: done, or failed with a code. Raises LostLease when it is ours no more.

    Call it in the transaction that keeps the result: both are kept, or neither.
    """
    ours = (WardJob.id == claimed.job_id, WardJob.state == "running", WardJob.attempts == claimed.attempt)
    closed = db.session.execute(
        update(WardJob)
        .where(*ours)
        .values(state="failed" if code else "done", last_code=code, lease_until=None, ended_at=now)
        .returning(WardJob.id)
    )
    if closed.first() is None:
        raise LostLease
