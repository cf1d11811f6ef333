"""A periodic report of a ward: figures as they were counted, the text blocks people wrote, and whether it is locked."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.reports.figures import ReportFigures
from portal.tenants.boundary import WardRow
from portal.tenants.report_period import ReportPeriod, report_period

DRAFT, APPROVED = "draft", "approved"


class WardReport(WardRow):
    """One edition of the report of a period; a correction of a locked one is the next edition.

    `figures`: ReportFigures as JSON. `changes`: what the last refresh changed. `texts`: by the codes of text_blocks.
    `submitted_at`: since when it waits for the leader; `returned_why`: what was missing, until it is submitted again.
    `version` rises with every change of a draft. `document`: the .docx as it was approved.
    """

    __tablename__ = "ward_report"
    __table_args__ = (
        UniqueConstraint("ward_id", "period_code", "edition"),
        CheckConstraint("state in ('draft', 'approved')", name="state"),
        CheckConstraint("period_start <= period_end", name="period"),
        CheckConstraint("(state = 'approved') = (document is not null)", name="frozen"),
        CheckConstraint("(returned_at is null) = (returned_why = '')", name="returned"),
        CheckConstraint("submitted_at is null or returned_at is null", name="waiting"),
    )

    period_code: Mapped[str]
    period_start: Mapped[date]
    period_end: Mapped[date]
    edition: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default=DRAFT)
    figures: Mapped[dict[str, object]] = mapped_column(JSONB)
    changes: Mapped[list[list[str]]] = mapped_column(JSONB, default=list)
    texts: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    refreshed_at: Mapped[datetime]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    submitted_by: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    returned_by: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None]
    returned_why: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    document: Mapped[bytes | None] = mapped_column(deferred=True)

    @property
    def is_locked(self) -> bool:
        """Whether the leader approved it: figures and texts stay as they are."""
        return self.state == APPROVED

    @property
    def period(self) -> ReportPeriod:
        """The period it is about."""
        return report_period(self.period_code)

    @property
    def counted(self) -> ReportFigures:
        """Its figures."""
        return ReportFigures.from_json(self.figures)


class SentReport(WardRow):
    """What a unit received: the locked .docx, when, of which period. Nothing else of the ward comes with it."""

    __tablename__ = "sent_report"
    __table_args__ = (
        UniqueConstraint("ward_id", "report_id"),
        ForeignKeyConstraint(["ward_id", "report_id"], ["app.ward_report.ward_id", "app.ward_report.id"]),
    )

    report_id: Mapped[uuid.UUID]
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    period_code: Mapped[str]
    edition: Mapped[int]
    sent_at: Mapped[datetime]
    document: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def period(self) -> ReportPeriod:
        """The period it is about."""
        return report_period(self.period_code)
