"""Files of a unit's report: asked for on the web, made by a worker with a lease, kept a week, then swept."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session, undefer

from portal.db import new_id
from portal.doorbell import ring_after_commit
from portal.errors import NotFound, Refused, or_404
from portal.official_document import DOCX
from portal.reports.unit.gathering import gather
from portal.reports.unit.typesetting import PDF, unit_pdf
from portal.reports.unit.unit_export import DONE, FAILED, QUEUED, RUNNING, UnitExport
from portal.reports.unit.unit_figures import UnitFigures
from portal.reports.unit.unit_paper import unit_docx
from portal.reports.unit.workbook import XLSX, unit_xlsx
from portal.tenants.claiming import MAX_ATTEMPTS
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.report_period import ReportPeriod

#: The doorbell's name for everything that units' files are waiting for.
CARRY_OUT = "reports.carry_out_exports"

#: How a file of each form is written, and what its reader is told it is.
FORMS: dict[str, tuple[Callable[[UnitFigures], bytes], str]] = {
    "docx": (unit_docx, DOCX),
    "xlsx": (unit_xlsx, XLSX),
    "pdf": (unit_pdf, PDF),
}

#: A worker is given this long for one file: a country's takes a minute.
LEASE = timedelta(minutes=4)

#: How long a file can be had.
KEPT = timedelta(days=7)

#: Files of one unit that may wait at once.
_MOST_WAITING = 6


@dataclass(frozen=True)
class ExportClaim:
    """A file that is ours to make until the lease ends; `attempt` fences off a worker that was too slow."""

    export_id: uuid.UUID
    attempt: int


def ask_for_file(
    auth: Session, unit_id: int, period: ReportPeriod, form: str, by: str, now: datetime, today: date
) -> UnitExport:
    """Ask the workers for a file. Raises NotFound for a form there is not, Refused (429) when too many wait."""
    if form not in FORMS:
        raise NotFound
    waiting = select(func.count()).where(
        UnitExport.unit_id == unit_id, UnitExport.state.in_((QUEUED, RUNNING))
    )
    if (auth.scalar(waiting) or 0) >= _MOST_WAITING:
        raise Refused(_("Đang tạo nhiều tệp. Chờ các tệp này xong rồi yêu cầu tiếp."), status=429)
    asked = UnitExport(
        id=new_id(),
        unit_id=unit_id,
        form=form,
        period_code=period.code,
        counted_on=today,
        asked_by=by,
        asked_at=now,
    )
    auth.add(asked)
    auth.flush()
    ring_after_commit(CARRY_OUT)
    return asked


def files_of(auth: Session, unit_id: int, period_code: str, now: datetime) -> Sequence[UnitExport]:
    """The unit's files of a period that can be had or are being made, the latest first."""
    asked = select(UnitExport).where(
        UnitExport.unit_id == unit_id,
        UnitExport.period_code == period_code,
        or_(UnitExport.expires_at.is_(None), UnitExport.expires_at > now),
    )
    return auth.scalars(asked.order_by(UnitExport.asked_at.desc()).limit(20)).all()


def file_or_404(auth: Session, unit_id: int, export_id: uuid.UUID, now: datetime) -> UnitExport:
    """A finished file of the unit, with its bytes. Raises NotFound, also once it has expired."""
    asked = select(UnitExport).where(UnitExport.id == export_id, UnitExport.unit_id == unit_id)
    found = or_404(auth.scalar(asked.options(undefer(UnitExport.document))))
    if found.state != DONE or found.has_expired(now):
        raise NotFound
    return found


def claim_file(auth: Session, now: datetime) -> ExportClaim | None:
    """Take the oldest file that waits, or whose worker died; commit at once. One tried too often fails here."""
    free = or_(UnitExport.state == QUEUED, (UnitExport.state == RUNNING) & (UnitExport.lease_until < now))
    asked = select(UnitExport).where(free).order_by(UnitExport.asked_at).limit(1)
    found = auth.scalar(asked.with_for_update(skip_locked=True))
    if found is None:
        return None
    found.attempts += 1
    found.state, found.lease_until = RUNNING, now + LEASE
    return ExportClaim(found.id, found.attempts)


def make_file(auth: Session, city: Session, claimed: ExportClaim, now: datetime) -> None:
    """Write the file and keep it; one tried too often is given up, one that is ours no more is left alone."""
    row = _ours(auth, claimed)
    if row is None:
        return
    row.lease_until, row.ended_at, row.expires_at = None, now, now + KEPT
    if claimed.attempt > MAX_ATTEMPTS:
        row.state = FAILED
        return
    figures = gather(city, city.get_one(OversightUnit, row.unit_id), row.period, row.counted_on)
    row.state, row.document = DONE, FORMS[row.form][0](figures)


def _ours(auth: Session, claimed: ExportClaim) -> UnitExport | None:
    ours = (UnitExport.state == RUNNING, UnitExport.attempts == claimed.attempt)
    asked = select(UnitExport).where(UnitExport.id == claimed.export_id, *ours).with_for_update()
    return auth.scalar(asked.execution_options(populate_existing=True))


def sweep_files(auth: Session, now: datetime) -> None:
    """Take away what has expired."""
    auth.execute(delete(UnitExport).where(UnitExport.expires_at <= now))
