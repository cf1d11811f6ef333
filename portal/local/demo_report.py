"""The demo's reports: the last closed period's is approved and with the city, this year's waits for the leader."""

from datetime import datetime

from portal.reports.choosing import offered
from portal.reports.drafting import approve, begin, send, write
from portal.reports.queries import unit_of
from portal.reports.scorecard.keeping import begin as begin_scorecard
from portal.reports.scorecard.keeping import write as write_scorecard
from portal.reports.submitting import submit
from portal.tenants.report_period import ReportPeriod, reporting_year
from portal.tenants.ward import Ward
from portal.wording import local_day

_RESULTS = (
    "Các cơ quan phối hợp tốt; truyền thông và khai sinh đi trước kế hoạch, kinh phí in tài liệu còn chậm."
)


#: A scorecard that somebody is in the middle of.
_SCORES = {
    "unit_class": "other",
    "points-1a": "50",
    "note-1a": "Quyết định phân công, 01 công chức",
    "points-1b": "12",
    "points-1c": "15",
    "note-1c": "Họp 4 lần, có biên bản",
    "part-6a": "116",
    "whole-6a": "120",
    "part-7": "312",
    "whole-7": "317",
    "points-2": "60",
    "most-2": "75",
}


def make_reports(ward: Ward, writer: str, leader: str, now: datetime) -> None:
    """Write both for the entered ward."""
    today = local_day(now)
    periods = offered(today)
    send_report(periods[0], ward, writer, leader, now)
    draft, _new = begin(periods[-1], writer, now, today)
    submit(draft, writer, now)
    card = begin_scorecard(reporting_year(today), writer, now, today)
    write_scorecard(card, _SCORES, card.version, writer, now)


def send_report(period: ReportPeriod, ward: Ward, writer: str, leader: str, now: datetime) -> None:
    """Write a period's report for the entered ward, have it approved, and send it to the unit."""
    unit = unit_of(ward)
    assert unit is not None
    report, _new = begin(period, writer, now, local_day(now))
    write(report, {"results": _RESULTS}, report.version)
    approve(report, ward, unit.name, report.version, leader, now)
    send(report, unit.id, now)
