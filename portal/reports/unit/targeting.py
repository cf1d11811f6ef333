"""The targets of a unit over its wards: two numbers each, added up, small sensitive ones hidden; late changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext as _

from portal.reports.unit.target_rows import TargetRows
from portal.reports.unit.unit_figures import Corrected, TargetFigures
from portal.rollups.veiling import Part, veiled
from portal.rollups.ward_reading import WardReading
from portal.wording import decimal


def target_figures(of: TargetRows, home: Mapping[int, int], today: date) -> TargetFigures:
    """What may be said of a target; `home`: the ward of the report that a row's ward counts in."""
    by_ward = defaultdict[int, list[Part]](list)
    for row in of.rows:
        by_ward[home[row.ward_id]].append(_frozen(row, today) if of.sensitive else _current(row))
    parts = {ward_id: added(own) for ward_id, own in by_ward.items()}
    shown, together = parts, added(parts.values())
    if of.sensitive:
        shown, together = veiled(parts, is_share=of.measure.is_share)
    return TargetFigures(of.text, of.measure, of.period_end, of.sensitive, shown, together)


def _current(row: WardReading) -> Part:
    return Part(row.numerator, row.denominator)


def _frozen(row: WardReading, today: date) -> Part:
    """A sensitive figure is told once: as it stood at the end of its last day in time (suppressing.py)."""
    return Part(row.kept_numerator, row.kept_denominator) if row.due_on < today else Part()


def added(parts: Iterable[Part]) -> Part:
    """Numerators and denominators of those who reported, added up."""
    there = [part for part in parts if part.numerator is not None]
    if not there:
        return Part()
    wholes = [part.denominator for part in there if part.denominator is not None]
    return Part(sum(part.numerator or 0 for part in there), sum(wholes) if wholes else None)


def late_changes(of: TargetRows, home: Mapping[int, int], names: Mapping[int, str]) -> list[Corrected]:
    """Figures first told or replaced after their last day in time; of a sensitive one only that it was."""
    late = [(row, max(filter(None, (row.reported_on, row.corrected_on)), default=None)) for row in of.rows]
    return [
        Corrected(names[home[row.ward_id]], "", of.text, _note(row, hide=of.sensitive), since)
        for row, since in late
        if since and since > row.due_on
    ]


def _note(row: WardReading, *, hide: bool) -> str:
    if hide:
        return _("có thay đổi sau hạn, không nêu số")
    before = _said(row.kept_numerator, row.kept_denominator)
    return f"{before} → {_said(row.numerator, row.denominator)}"


def _said(numerator: float | None, denominator: float | None) -> str:
    if numerator is None:
        return _("chưa có số")
    return decimal(numerator) + (f"/{decimal(denominator)}" if denominator is not None else "")
