"""Reports among what somebody has to do: the leader's to approve, and what came back to those who write."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from portal.reports.queries import drafts_handed_over
from portal.reports.ward_report import WardReport
from portal.tasks.errands import Errand
from portal.tenants.access import Actor, Permission
from portal.wording import local_day, short_date


def reports_waiting(actor: Actor, today: date) -> list[Errand]:
    """One errand for each draft that waits for this person."""
    if not actor.may(Permission.MAKE_REPORTS):
        return []
    found = [_errand(report, actor, today) for report in drafts_handed_over()]
    return [errand for errand in found if errand]


def _errand(report: WardReport, actor: Actor, today: date) -> Errand | None:
    approves, period = actor.may(Permission.APPROVE_REPORTS), report.period.name
    address = url_for("reports.report_page", report_id=report.id)
    if report.submitted_at and approves:
        day = local_day(report.submitted_at)
        note = _("%(name)s trình %(day)s", name=report.submitted_by, day=short_date(day, today))
        return Errand(_("Duyệt báo cáo: %(period)s", period=period), note, address, day, False)
    if report.returned_at and not approves:
        day = local_day(report.returned_at)
        note = _("%(name)s trả lại %(day)s", name=report.returned_by, day=short_date(day, today))
        return Errand(_("Sửa báo cáo: %(period)s", period=period), note, address, day, False)
    return None
