"""A draft goes to the leader to be approved, and comes back with what is missing."""

from datetime import datetime

from flask_babel import gettext as _

from portal.errors import Refused
from portal.reports.drafting import refuse_locked
from portal.reports.ward_report import WardReport


def submit(report: WardReport, by: str, now: datetime) -> None:
    """Have the leader asked to approve it. Raises Refused (409) when it is locked or waits already."""
    refuse_locked(report)
    if report.submitted_at:
        raise Refused(_("Báo cáo này đang chờ lãnh đạo duyệt."), status=409)
    report.submitted_by, report.submitted_at = by, now
    report.returned_by, report.returned_at, report.returned_why = "", None, ""


def give_back(report: WardReport, why: str, by: str, now: datetime) -> None:
    """Return it with a reason. Raises Refused when there is none, or when it does not wait for approval (409)."""
    refuse_locked(report)
    if not report.submitted_at:
        raise Refused(_("Báo cáo này không chờ duyệt."), status=409)
    if not why:
        raise Refused(_("Ghi cần sửa gì để người điều phối biết."), fields={"why": _("Ghi cần sửa gì.")})
    report.submitted_by, report.submitted_at = "", None
    report.returned_by, report.returned_at, report.returned_why = by, now, why
