"""The targets of a unit over its wards: two numbers each, added up, sensitive ones as published; late changes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.reports.unit.target_rows import TargetRows
from portal.reports.unit.unit_figures import Corrected, TargetFigures
from portal.rollups.part import Part
from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import WardReading
from portal.wording import decimal


def target_figures(of: TargetRows, home: Mapping[int, int], told: UnitReading | None) -> TargetFigures:
    """What may be said of a target; `home`: the ward of the report that a row's ward counts in.

    `told`: what was published of the sum of a sensitive target.
    """
    by_ward = defaultdict[int, list[Part]](list)
    for row in of.rows:
        by_ward[home[row.ward_id]].append(Part.of(row, sensitive=of.sensitive))
    parts = {ward_id: Part.added(own) for ward_id, own in by_ward.items()}
    together = Part.together(of.rows, told)
    return TargetFigures(of.text, of.measure, of.period_end, of.sensitive, parts, together)


def late_changes(of: TargetRows, home: Mapping[int, int], names: Mapping[int, str]) -> list[Corrected]:
    """Figures first told or replaced after their last day in time; of a sensitive one only that it was."""
    late = [(row, max(filter(None, (row.reported_on, row.corrected_on)), default=None)) for row in of.rows]
    return [
        Corrected(names[home[row.ward_id]], "", of.text, _note(row, hide=of.sensitive), since)
        for row, since in late
        if since and since > _last_day(row)
    ]


def _last_day(row: WardReading) -> date:
    """The last day on which a figure could still come into what is told of the period."""
    return row.published_on - timedelta(days=1) if row.published_on else row.due_on


def _note(row: WardReading, *, hide: bool) -> str:
    if hide:
        return _("có thay đổi sau hạn, không nêu số")
    before = _said(row.kept_numerator, row.kept_denominator)
    return f"{before} → {_said(row.numerator, row.denominator)}"


def _said(numerator: float | None, denominator: float | None) -> str:
    if numerator is None:
        return _("chưa có số")
    return decimal(numerator) + (f"/{decimal(denominator)}" if denominator is not None else "")
