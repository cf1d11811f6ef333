"""What is asked about reports: a ward's own, and what a unit received."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, undefer

from portal.db import db
from portal.errors import or_404
from portal.reports.ward_report import DRAFT, SentReport, WardReport
from portal.tenants.boundary import entered_ward
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.ward import Ward

#: The first half of the advisory lock's key, any number; the second half is the ward.
_LOCK = 7206


def reports() -> Sequence[WardReport]:
    """The ward's reports, the latest period first, of one period the latest edition first."""
    asked = select(WardReport).order_by(WardReport.period_end.desc(), WardReport.edition.desc())
    return db.session.scalars(asked).all()


def drafts_handed_over() -> Sequence[WardReport]:
    """Drafts that wait for the leader, or came back."""
    moved = or_(WardReport.submitted_at.is_not(None), WardReport.returned_at.is_not(None))
    return db.session.scalars(select(WardReport).where(WardReport.state == DRAFT, moved)).all()


def sent_reports() -> dict[uuid.UUID, SentReport]:
    """What the ward sent, by report."""
    return {sent.report_id: sent for sent in db.session.scalars(select(SentReport))}


def was_sent(report_id: uuid.UUID) -> SentReport | None:
    """How a report was sent, if it was."""
    return db.session.scalar(select(SentReport).where(SentReport.report_id == report_id))


def report_or_404(report_id: uuid.UUID, *, held: bool = False) -> WardReport:
    """A report of the entered ward; `held`: of two who change it at once one waits. Raises NotFound."""
    asked = select(WardReport).where(WardReport.id == report_id).options(undefer(WardReport.document))
    if held:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return or_404(db.session.scalar(asked))


def latest_edition(period_code: str) -> WardReport | None:
    """The latest edition of a period's report, if there is one; of two who begin one at once the second waits."""
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, entered_ward())))
    asked = select(WardReport).where(WardReport.period_code == period_code)
    return db.session.scalar(asked.order_by(WardReport.edition.desc()).limit(1))


def unit_of(ward: Ward) -> OversightUnit | None:
    """The unit above the ward."""
    return db.session.get(OversightUnit, ward.oversight_unit_id) if ward.oversight_unit_id else None


def received(city: Session, unit_id: int) -> Sequence[SentReport]:
    """What the entered wards sent to this unit, the latest first."""
    asked = select(SentReport).where(SentReport.unit_id == unit_id).order_by(SentReport.sent_at.desc())
    return city.scalars(asked).all()


def senders(city: Session, unit_id: int, period_code: str) -> frozenset[int]:
    """The entered wards that sent this unit their report of a period."""
    asked = select(SentReport.ward_id).where(
        SentReport.unit_id == unit_id, SentReport.period_code == period_code
    )
    return frozenset(city.scalars(asked))


def received_or_404(city: Session, unit_id: int, sent_id: uuid.UUID) -> SentReport:
    """One report of the entered wards that was sent to this unit, with its document. Raises NotFound."""
    asked = select(SentReport).where(SentReport.unit_id == unit_id, SentReport.id == sent_id)
    return or_404(city.scalar(asked.options(undefer(SentReport.document))))
