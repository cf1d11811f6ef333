"""A report's course: begun, counted again, written, approved and locked, corrected by a new edition, sent."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _

from portal.db import db
from portal.errors import Refused
from portal.reports.changes import changes_between
from portal.reports.counting import count
from portal.reports.queries import latest_edition, was_sent
from portal.reports.text_blocks import BLOCKS, cleaned
from portal.reports.ward_report import APPROVED, SentReport, WardReport
from portal.reports.writing import report_docx
from portal.tenants.report_period import ReportPeriod
from portal.tenants.ward import Ward


def begin(period: ReportPeriod, by: str, now: datetime, today: date) -> tuple[WardReport, bool]:
    """The latest edition of the period's report, a new draft when there is none; whether it is new.

    Raises Refused before the period has begun.
    """
    if period.start > today:
        raise Refused(
            _("Kỳ báo cáo này chưa bắt đầu. Chọn kỳ khác."), fields={"period": _("Kỳ chưa bắt đầu.")}
        )
    known = latest_edition(period.code)
    return (known, False) if known else (_draft(period, 1, {}, by, now, today), True)


def correct(report: WardReport, by: str, now: datetime, today: date) -> WardReport:
    """A draft of the next edition with the locked one's words and fresh figures. Raises Refused (409)."""
    latest = latest_edition(report.period_code)
    if latest is None or not latest.is_locked:
        raise Refused(_("Báo cáo kỳ này đã có một bản nháp. Sửa bản nháp đó."), status=409)
    return _draft(report.period, latest.edition + 1, latest.texts, by, now, today)


def _draft(
    period: ReportPeriod, edition: int, texts: Mapping[str, str], by: str, now: datetime, today: date
) -> WardReport:
    report = WardReport(
        period_code=period.code,
        period_start=period.start,
        period_end=period.end,
        edition=edition,
        figures=count(period, today).to_json(),
        texts=dict(texts),
        refreshed_at=now,
        created_by=by,
        created_at=now,
    )
    db.session.add(report)
    db.session.flush()
    return report


def refresh(report: WardReport, now: datetime, today: date) -> int:
    """Count again; the words stay. Returns how many figures changed. Raises Refused when it is locked."""
    refuse_locked(report)
    after = count(report.period, today)
    report.changes = changes_between(report.counted, after)
    report.figures, report.refreshed_at = after.to_json(), now
    report.version += 1
    return len(report.changes)


def write(report: WardReport, typed: Mapping[str, str], seen: int) -> None:
    """Keep the words of the blocks. Raises Refused when locked (409), or written by somebody else since (409)."""
    refuse_locked(report)
    texts = {block.code: cleaned(block.code, typed.get(block.code, "")) for block in BLOCKS}
    if texts == report.texts:
        return
    if seen != report.version:
        raise Refused(
            _("Bản nháp vừa được sửa ở nơi khác. Phần anh/chị viết còn ở dưới: so lại rồi lưu lần nữa."),
            status=409,
        )
    report.texts = texts
    report.version += 1


def approve(report: WardReport, ward: Ward, unit_name: str, seen: int, by: str, now: datetime) -> None:
    """Lock figures and words as the leader saw them. Raises Refused (409)."""
    refuse_locked(report)
    if seen != report.version:
        raise Refused(_("Báo cáo vừa thay đổi sau khi anh/chị mở. Xem lại rồi duyệt."), status=409)
    report.document = report_docx(ward, unit_name, report)
    report.state, report.approved_by, report.approved_at = APPROVED, by, now


def send(report: WardReport, unit_id: int, now: datetime) -> None:
    """Hand the locked document to the unit above. Raises Refused (409) when it is not locked, or was sent."""
    if report.document is None:
        raise Refused(_("Lãnh đạo duyệt báo cáo rồi mới gửi."), status=409)
    if was_sent(report.id):
        raise Refused(_("Bản này đã gửi."), status=409)
    db.session.add(
        SentReport(
            report_id=report.id,
            unit_id=unit_id,
            period_code=report.period_code,
            edition=report.edition,
            sent_at=now,
            document=report.document,
        )
    )
    db.session.flush()


def refuse_locked(report: WardReport) -> None:
    """Raise Refused (409) when the leader approved it."""
    if report.is_locked:
        raise Refused(_("Báo cáo đã duyệt và khóa. Lập bản điều chỉnh để sửa."), status=409)
