"""The published rows of one target of the unit in one period: they are of one kind, and may be added up."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.rollups.queries import unit_targets
from portal.rollups.ward_reading import WardReading
from portal.tenants.measure import Kind, Measure

#: Rows that may be added up: of one target, measured alike, promised alike, told as often.
_Alike = tuple[uuid.UUID | None, str, str, float, bool, str]


@dataclass(frozen=True)
class TargetRows:
    """`text` and `unit` are the unit's own words of the target: nothing a ward wrote is published."""

    text: str
    unit: str
    rows: tuple[WardReading, ...]

    @property
    def period_end(self) -> date:
        """The last day of the period all rows are of."""
        return self.rows[0].period_end

    @property
    def key(self) -> tuple[uuid.UUID | None, date]:
        """The target of the unit, and the last day of the period."""
        return self.rows[0].unit_target_id, self.period_end

    @property
    def sensitive(self) -> bool:
        """Whether small numbers would tell who it is."""
        return any(row.sensitive for row in self.rows)

    @property
    def measure(self) -> Measure:
        """How the two numbers are judged."""
        row = self.rows[0]
        return Measure(Kind(row.measure), row.target, row.comparator, self.unit, row.falls)


def target_rows(
    city: Session, rows: Sequence[WardReading], period_end: date, today: date
) -> list[TargetRows]:
    """By target in the unit's order: the latest period of each that closed by the report's end."""
    words = {one.id: one for one in unit_targets(city)}
    order = {target_id: n for n, target_id in enumerate(words)}
    alike = defaultdict[_Alike, list[WardReading]](list)
    for row in rows:
        if row.unit_target_id in words and row.period_end <= period_end and row.period_end < today:
            alike[_alike(row)].append(row)
    return [
        TargetRows(words[key[0]].text, words[key[0]].unit or "", _latest(found))
        for key, found in sorted(alike.items(), key=lambda item: (order[item[0][0]], item[0][1:]))
    ]


def _alike(row: WardReading) -> _Alike:
    return (row.unit_target_id, row.measure, row.comparator, row.target, row.falls, row.rhythm)


def _latest(rows: list[WardReading]) -> tuple[WardReading, ...]:
    end = max(row.period_end for row in rows)
    return tuple(row for row in rows if row.period_end == end)
