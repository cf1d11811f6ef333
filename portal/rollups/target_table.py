"""The unit's targets over its wards: which are met, which will be missed, and who has not reported."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from portal.rollups.opening import open_wards
from portal.rollups.queries import readings, unit_readings, unit_targets
from portal.rollups.target_line import Round, TargetLine
from portal.rollups.ward_reading import WardReading
from portal.tenants.overseeing import wards_under

#: Rows that may be added up: of one target, measured alike, promised alike, told as often.
_Alike = tuple[uuid.UUID | None, str, str, float, bool, str]


@dataclass(frozen=True)
class TargetTable:
    """`lines` in the order of the unit's plan. `own`: targets of wards' own that answer none of the unit's."""

    year: int
    lines: list[TargetLine]
    own: int

    @property
    def by_target(self) -> list[list[TargetLine]]:
        """The lines that answer one promise together: wards that report it monthly, and those that do twice a year."""
        return [list(lines) for _text, lines in groupby(self.lines, lambda line: line.text)]

    @property
    def met(self) -> int:
        """How many are met."""
        return sum(line.is_met is True for line in self.lines)

    @property
    def missed(self) -> int:
        """How many are not met so far."""
        return sum(line.is_met is False for line in self.lines)

    @property
    def unreported(self) -> int:
        """How many wait for a ward's figure."""
        return sum(bool(line.now.missing) for line in self.lines)


def target_table(city: Session, unit_id: int, year: int, today: date) -> TargetTable:
    """The targets of a year, from the wards' published figures of periods that have closed."""
    opened = open_wards(city, wards_under(city, unit_id, today))
    wards = {ward.id: ward for ward in opened.wards}
    found = readings(city, opened.ids, year)
    alike: dict[_Alike, dict[date, list[WardReading]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        if row.unit_target_id and row.period_end < today and (row.ward_id in wards or row.is_reported):
            alike[_alike(row)][row.period_end].append(row)
    sums = unit_readings(city, [unit_id], year)
    told = {(one.unit_target_id, one.period_end): one for one in sums}
    lines = [
        TargetLine(
            target.text,
            [Round(end, rows, told.get((target.id, end))) for end, rows in sorted(ends.items())],
            wards,
        )
        for target in unit_targets(city)
        for key, ends in sorted(alike.items(), key=lambda one: one[0][1:])
        if key[0] == target.id
    ]
    own = len({row.reporter_id for row in found if row.unit_target_id is None})
    return TargetTable(year, lines, own)


def _alike(row: WardReading) -> _Alike:
    return (row.unit_target_id, row.measure, row.comparator, row.target, row.falls, row.rhythm)
