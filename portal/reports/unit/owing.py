"""Which wards have not reported: their report of the period, or the figure of a target."""

from collections.abc import Mapping
from datetime import date

from portal.reports.unit.target_rows import TargetRows
from portal.reports.unit.unit_figures import Missing
from portal.tenants.report_period import ReportPeriod
from portal.tenants.working_days import WorkingDays


def missing_reports(
    names: Mapping[int, str], sent: frozenset[int], period: ReportPeriod, today: date
) -> list[Missing]:
    """Wards that have not sent their report of a closed period, by name. Windows no ward owes a report of: none."""
    if period.window not in {"half", "action", "year"} or not period.has_closed(today):
        return []
    due = period.send_by(WorkingDays())
    return [Missing(name, "", period.end, due) for ward_id, name in names.items() if ward_id not in sent]


def missing_figures(of: TargetRows, home: Mapping[int, int], names: Mapping[int, str]) -> list[Missing]:
    """Wards that have not told a target's figure."""
    return [
        Missing(names[home[row.ward_id]], of.text, row.period_end, row.due_on)
        for row in of.rows
        if not row.is_reported
    ]
