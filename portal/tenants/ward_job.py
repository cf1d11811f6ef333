"""Work of a ward that takes longer than a request may: a row that asks for it, with a lease for whoever does it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import db
from portal.doorbell import ring_after_commit
from portal.tenants.boundary import WardRow, entered_ward


class WardJob(WardRow):
    """`kind` says what to do with the row `subject_id`; `last_code` says how it ended, empty when well.

    queued -> running (leased until `lease_until`) -> done or failed. A lease that ran out means that the worker
    died: the job is taken again, three times at most (see claiming.py).
    """

    __tablename__ = "ward_job"
    __table_args__ = (CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),)

    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    last_code: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def ask_for(kind: str, subject_id: uuid.UUID, now: datetime) -> WardJob:
    """Ask the workers for a job in the entered ward, and ring for them once the row is kept."""
    job = WardJob(kind=kind, subject_id=subject_id, created_at=now)
    db.session.add(job)
    db.session.flush()
    ring_after_commit(kind, entered_ward(), str(job.id))
    return job
