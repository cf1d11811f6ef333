"""A unit's own report over its wards: on screen, and as files that workers make."""

import io
import uuid

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.db import session_as, utc_now
from portal.errors import NotFound, Refused
from portal.files import as_download
from portal.pages import see_other, today
from portal.permits import needs
from portal.reports.choosing import chosen_period, offered
from portal.reports.routes.blueprint import bp
from portal.reports.unit.exporting import FORMS, ask_for_file, file_or_404, files_of
from portal.reports.unit.gathering import gather
from portal.reports.unit.tables import report_tables
from portal.reports.wording import BUCKET_LOOKS, unit_file_name
from portal.tenants.access import Permission
from portal.tenants.entrance import current_unit
from portal.tenants.report_period import BETWEEN, ReportPeriod, report_period
from portal.tenants.working_days import WorkingDays


@bp.get("/o/<unit>/report")
@needs(Permission.SEE_ROLLUP)
def unit_report_periods() -> ResponseReturnValue:
    """Choose a period: those that have begun, or days of one's own; a choice leads to its report."""
    if not request.args:
        return _choice()
    try:
        period = chosen_period(request.args, today())
    except Refused as refusal:
        return _choice(typed=request.args, faults=refusal.fields, why=refusal.why), refusal.status
    return see_other(url_for("reports.unit_report", code=period.code))


def _choice(**refused: object) -> str:
    return render_template(
        "reports/unit_periods.html",
        offered=offered(today()),
        unit=current_unit(),
        calendar=WorkingDays(),
        BETWEEN=BETWEEN,
        **refused,
    )


@bp.get("/o/<unit>/report/<code>")
@needs(Permission.SEE_ROLLUP)
def unit_report(code: str) -> str:
    """The report of a period: the same tables as in its files."""
    period = begun_period(code)
    figures = gather(session_as("city"), current_unit(), period, today())
    return render_template(
        "reports/unit_report.html",
        unit=current_unit(),
        figures=figures,
        tables=report_tables(figures),
        looks=BUCKET_LOOKS,
        files=files_of(session_as("auth"), current_unit().id, period.code, utc_now()),
        forms=FORMS,
    )


@bp.post("/o/<unit>/report/<code>/files")
@needs(Permission.SEE_ROLLUP)
def ask_for_report_file(code: str) -> Response:
    """Ask for the report as a file: `form` is docx, xlsx or pdf."""
    period, auth = begun_period(code), session_as("auth")
    form = request.form.get("form", "")
    ask_for_file(auth, current_unit().id, period, form, current_user.name, utc_now(), today())
    return see_other(
        url_for("reports.unit_report", code=period.code, _anchor="tep"),
        _("Đang tạo tệp. Tải lại trang sau vài giây để lấy tệp."),
    )


@bp.get("/o/<unit>/report/files/<uuid:export_id>")
@needs(Permission.SEE_ROLLUP)
def report_file(export_id: uuid.UUID) -> Response:
    """A finished file, until it expires."""
    found = file_or_404(session_as("auth"), current_unit().id, export_id, utc_now())
    name = unit_file_name(current_unit(), found.period_code, found.form)
    return as_download(io.BytesIO(found.document or b""), name, FORMS[found.form][1])


def begun_period(code: str) -> ReportPeriod:
    """A period of this name that has begun. Raises NotFound."""
    period = report_period(code)
    if period.start > today():
        raise NotFound
    return period
