"""A file of a unit's report that somebody asked for: made by a worker, there for a while, then gone."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.tenants.report_period import ReportPeriod, report_period

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"

_WAITING = text("state in ('queued', 'running')")


class UnitExport(Base):
    """`counted_on`: the day whose figures it holds where the period is not frozen. `document`: the file, once made.

    queued -> running (leased until `lease_until`) -> done until `expires_at`, or failed after three attempts.
    """

    __tablename__ = "unit_export"
    __table_args__ = (
        CheckConstraint("form in ('docx', 'xlsx', 'pdf')", name="form"),
        CheckConstraint("state in ('queued', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("(state = 'done') = (document is not null)", name="made"),
        Index(None, "unit_id", "asked_at"),
        Index(None, "asked_at", postgresql_where=_WAITING),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    form: Mapped[str]
    period_code: Mapped[str]
    counted_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=QUEUED)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    document: Mapped[bytes | None] = mapped_column(deferred=True)

    @property
    def period(self) -> ReportPeriod:
        """The period it is about."""
        return report_period(self.period_code)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has still to make it."""
        return self.state in {QUEUED, RUNNING}

    def has_expired(self, now: datetime) -> bool:
        """Whether the file may not be had any more, whether or not it was swept yet."""
        return self.expires_at is not None and self.expires_at <= now
