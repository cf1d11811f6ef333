"""A ward's reports: begun, counted, written, approved, sent, downloaded; the cards behind each number."""

import io
import uuid
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.db import utc_now
from portal.errors import NotFound, Refused
from portal.files import as_download
from portal.official_document import DOCX
from portal.pages import see_other, today
from portal.permits import needs
from portal.reports import drafting
from portal.reports.choosing import chosen_period, offered
from portal.reports.queries import report_or_404, reports, sent_reports, unit_of, was_sent
from portal.reports.routes.blueprint import bp
from portal.reports.routes.scorecards import offered_years
from portal.reports.scorecard.queries import scorecards
from portal.reports.submitting import give_back, submit
from portal.reports.text_blocks import BLOCKS
from portal.reports.ward_report import WardReport
from portal.reports.wording import BUCKET_LOOKS, document_name
from portal.reports.writing import report_docx
from portal.tenants.access import Permission
from portal.tenants.entrance import current_actor, current_ward
from portal.tenants.report_period import BETWEEN
from portal.tenants.working_days import WorkingDays, own_days
from portal.text import normalise_spaces


@bp.get("/w/<ward>/reports")
@needs(Permission.MAKE_REPORTS)
def reports_page() -> str:
    """Every report of the ward, and the form to begin one."""
    return _list()


def _list(**refused: Any) -> str:
    return render_template(
        "reports/list.html",
        reports=reports(),
        sent=sent_reports(),
        offered=offered(today()),
        calendar=WorkingDays(own_days()),
        BETWEEN=BETWEEN,
        score_years=offered_years(),
        scorecards=scorecards(),
        **refused,
    )


@bp.post("/w/<ward>/reports")
@needs(Permission.MAKE_REPORTS)
def begin_report() -> ResponseReturnValue:
    """Begin the report of a period, or open the one there is."""
    try:
        period = chosen_period(request.form, today())
        report, new = drafting.begin(period, current_actor().name, utc_now(), today())
    except Refused as refusal:
        return _list(typed=request.form, faults=refusal.fields, why=refusal.why), refusal.status
    return see_other(_address(report), None if new else _("Kỳ này đã có báo cáo. Đây là bản mới nhất."))


def _address(report: WardReport, anchor: str | None = None) -> str:
    return url_for("reports.report_page", report_id=report.id, _anchor=anchor)


@bp.get("/w/<ward>/reports/<uuid:report_id>")
@needs(Permission.MAKE_REPORTS)
def report_page(report_id: uuid.UUID) -> str:
    """The report: its figures, its text blocks, what can be done with it."""
    return _drawn(report_or_404(report_id))


def _drawn(report: WardReport, **refused: Any) -> str:
    return render_template(
        "reports/report.html",
        report=report,
        figures=report.counted,
        sent=was_sent(report.id),
        unit=unit_of(current_ward()),
        blocks=BLOCKS,
        looks=BUCKET_LOOKS,
        send_by=report.period.send_by(WorkingDays(own_days())),
        **refused,
    )


@bp.get("/w/<ward>/reports/<uuid:report_id>/cards")
@needs(Permission.MAKE_REPORTS)
def counted_cards_page(report_id: uuid.UUID) -> str:
    """The cards behind one number: `count` is one of the four or empty, `agency` an id, "none", or empty."""
    report = report_or_404(report_id)
    bucket, agency = request.args.get("count", ""), request.args.get("agency")
    if bucket and bucket not in BUCKET_LOOKS:
        raise NotFound
    agency_id = "" if agency == "none" else agency
    return render_template(
        "reports/cards.html",
        report=report,
        cards=report.counted.cards_of(bucket, agency_id),
        bucket=bucket,
        agency_id=agency_id,
        agency=next((line.name for line in report.counted.by_agency if line.id == agency_id), ""),
        looks=BUCKET_LOOKS,
    )


@bp.post("/w/<ward>/reports/<uuid:report_id>/figures")
@needs(Permission.MAKE_REPORTS)
def refresh_figures(report_id: uuid.UUID) -> Response:
    """Count again and show what changed."""
    report = report_or_404(report_id, held=True)
    changed = drafting.refresh(report, utc_now(), today())
    said = _("Đã cập nhật: %(n)s số thay đổi.", n=changed) if changed else _("Số liệu không thay đổi.")
    return see_other(_address(report, "thay-doi" if changed else None), said)


@bp.post("/w/<ward>/reports/<uuid:report_id>/texts")
@needs(Permission.MAKE_REPORTS)
def write_texts(report_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the text blocks; what was typed comes back with a refusal."""
    report = report_or_404(report_id, held=True)
    try:
        drafting.write(report, request.form, _seen())
    except Refused as refusal:
        return _drawn(report, typed=request.form, faults=refusal.fields, why=refusal.why), refusal.status
    return see_other(_address(report, "noi-dung-viet"), _("Đã lưu nội dung báo cáo."))


def _seen() -> int:
    """The version the form was made from."""
    return request.form.get("version", type=int) or 0


@bp.post("/w/<ward>/reports/<uuid:report_id>/submission")
@needs(Permission.MAKE_REPORTS)
def submit_report(report_id: uuid.UUID) -> Response:
    """Have the leader asked to approve it."""
    report = report_or_404(report_id, held=True)
    submit(report, current_actor().name, utc_now())
    return see_other(_address(report), _("Đã trình lãnh đạo duyệt."))


@bp.post("/w/<ward>/reports/<uuid:report_id>/return")
@needs(Permission.APPROVE_REPORTS)
def return_report(report_id: uuid.UUID) -> ResponseReturnValue:
    """Give it back to those who write, with what is missing."""
    report = report_or_404(report_id, held=True)
    try:
        give_back(report, normalise_spaces(request.form.get("why", "")), current_actor().name, utc_now())
    except Refused as refusal:
        return _drawn(report, faults=refusal.fields, why=refusal.why), refusal.status
    return see_other(_address(report), _("Đã trả lại để sửa."))


@bp.post("/w/<ward>/reports/<uuid:report_id>/approval")
@needs(Permission.APPROVE_REPORTS)
def approve_report(report_id: uuid.UUID) -> Response:
    """Lock the report."""
    report, unit = report_or_404(report_id, held=True), unit_of(current_ward())
    by = current_actor().name
    drafting.approve(report, current_ward(), unit.name if unit else "", _seen(), by, utc_now())
    return see_other(_address(report), _("Đã duyệt và khóa báo cáo."))


@bp.post("/w/<ward>/reports/<uuid:report_id>/correction")
@needs(Permission.MAKE_REPORTS)
def correct_report(report_id: uuid.UUID) -> Response:
    """A new edition of a locked report."""
    report = report_or_404(report_id, held=True)
    corrected = drafting.correct(report, current_actor().name, utc_now(), today())
    return see_other(_address(corrected), _("Đã lập bản điều chỉnh, giữ nguyên nội dung đã viết."))


@bp.post("/w/<ward>/reports/<uuid:report_id>/sending")
@needs(Permission.MAKE_REPORTS)
def send_report(report_id: uuid.UUID) -> Response:
    """Send the locked report to the unit above."""
    report, unit = report_or_404(report_id, held=True), unit_of(current_ward())
    if unit is None:
        raise Refused(_("Phường chưa có cơ quan theo dõi cấp trên trong hệ thống. Tải báo cáo về để gửi."))
    drafting.send(report, unit.id, utc_now())
    return see_other(_address(report), _("Đã gửi %(unit)s.", unit=unit.short_name))


@bp.get("/w/<ward>/reports/<uuid:report_id>/document")
@needs(Permission.MAKE_REPORTS)
def report_document(report_id: uuid.UUID) -> Response:
    """The report as .docx: a locked one as it was approved."""
    report, ward = report_or_404(report_id), current_ward()
    unit = unit_of(ward)
    written = report.document or report_docx(ward, unit.name if unit else "", report)
    return as_download(io.BytesIO(written), document_name(ward, report.period_code, report.edition), DOCX)
