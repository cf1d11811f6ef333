"""Which numbers of a sensitive target may be told for one closed period: the arithmetic, without the database.

Figures count from the begin of the year, so what is told of June minus what is told of March is told as well. Every
period therefore adds a table of its own, of what came in since the last publication, and each is suppressed by itself
(suppressing.py). A figure is told only when every part it is added up from may be told: then a reader who subtracts
all he ever read holds the parts that may be told, and nothing else. The promise of `suppress` for each part is that of
the whole.

* What is lower than the figure counted before adds 0, and so hides the ward for the rest of the year.
* A ward that did not report in time adds nothing; its figure counts in the next period.
* The second number is told once a year, with the year's last period: for a share as what is left beside the part, a
  table of its own again. Of a change against last year it is never told: it was last year's first number.
* Points are not counts, and are never told.
"""

import uuid
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from portal.rollups.count_table import CountTable
from portal.rollups.suppressing import Suppressed, suppress

#: Measures whose first number is a part of the second; whose two numbers are counted apart from each other.
_PART_OF_WHOLE, _APART = frozenset({"share", "per_mille"}), "ratio"

_COLUMN = "n"


@dataclass(frozen=True)
class Entry:
    """One ward's sensitive figure as it stood on the day; `numerator` is None when it was not reported for the period.

    `unit_id`: its office. `counted`: how much of it is published or hidden already, `is_open`: none of that is hidden.
    """

    ward_id: int
    reporter_id: uuid.UUID
    unit_id: int
    unit_target_id: uuid.UUID | None
    measure: str
    numerator: float | None
    denominator: float | None
    counted: int
    is_open: bool

    @property
    def row(self) -> tuple[int, uuid.UUID]:
        """Its row in a table; offices are rows by their id."""
        return (self.ward_id, self.reporter_id)

    @property
    def is_reported(self) -> bool:
        """Whether there is a count for the period."""
        return self.numerator is not None and self.numerator.is_integer()

    @property
    def fresh(self) -> int:
        """What came in since the last publication."""
        return max(0, int(self.numerator or 0) - self.counted)

    @property
    def second(self) -> int | None:
        """What the second number adds to the first; None when it is never told."""
        if self.denominator is None or not self.denominator.is_integer():
            return None
        if self.measure in _PART_OF_WHOLE:
            return max(0, int(self.denominator) - self.counted - self.fresh)
        return int(self.denominator) if self.measure == _APART else None


class Told(NamedTuple):
    """What may be told of one row: None is hidden."""

    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Veil:
    """One target in one closed period. `offices`: what was told of each office in this year before, None for hidden.

    `above`: for each office the one above it, on the period's last day. `closes_year`: it is the year's last period.
    `unsettled`: offices whose wards were others earlier in the year, so that their two numbers are not of the same.
    """

    entries: Sequence[Entry]
    above: Mapping[int, int | None]
    offices: Mapping[int, int | None]
    closes_year: bool
    unsettled: frozenset[int] = frozenset()

    @cached_property
    def reported(self) -> list[Entry]:
        """The entries with a count."""
        return [entry for entry in self.entries if entry.is_reported]

    def of_wards(self) -> Iterator[tuple[Entry, Told]]:
        """What may be told of each ward that reported."""
        for entry in self.reported:
            before = entry.counted if entry.is_open else None
            yield entry, self._told(entry.row, before, entry.second)

    def of_offices(self) -> Iterator[tuple[int, Told, int]]:
        """What may be told of each office above them, and how many wards reported; nothing without a unit's target."""
        if any(entry.unit_target_id is None for entry in self.entries):
            return
        rest = self._rest
        for unit_id, wards in self._wards_below.items():
            second = rest.counts.get((unit_id, _COLUMN)) if unit_id not in self._incomplete else None
            yield unit_id, self._told(unit_id, self.offices.get(unit_id, 0), second), wards

    def _told(self, row: Hashable, before: int | None, second: int | None) -> Told:
        """The sums of a row; the second number of a share is told only beside the first."""
        fresh = self._first.shown.get((row, _COLUMN))
        first = None if before is None or fresh is None else before + fresh
        if second is None or (row, _COLUMN) not in self._second.shown:
            return Told(first, None)
        if self._measure in _PART_OF_WHOLE:
            return Told(first, None if first is None else first + second)
        return Told(first, second)

    @cached_property
    def _first(self) -> Suppressed:
        return suppress(self._table({entry.row: entry.fresh for entry in self.reported}))

    @cached_property
    def _second(self) -> Suppressed:
        return suppress(self._rest)

    @cached_property
    def _rest(self) -> CountTable:
        told = self.reported if self.closes_year and self._measure else []
        return self._table({entry.row: entry.second for entry in told if entry.second is not None})

    @cached_property
    def _measure(self) -> str | None:
        """The one measure of all entries; None when wards measure differently, and second numbers do not add up."""
        measures = {entry.measure for entry in self.entries}
        return measures.pop() if len(measures) == 1 else None

    def _table(self, counts: Mapping[Hashable, int]) -> CountTable:
        parents = dict[Hashable, Hashable | None](self.above.items())
        alone = any(entry.unit_target_id is None for entry in self.entries)
        parents |= {entry.row: None if alone else entry.unit_id for entry in self.entries}
        return CountTable(parents, {(row, _COLUMN): count for row, count in counts.items()}, across=False)

    @cached_property
    def _wards_below(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for entry in self.reported:
            for unit_id in self._up(entry):
                found[unit_id] = found.get(unit_id, 0) + 1
        return found

    @cached_property
    def _incomplete(self) -> frozenset[int]:
        """Offices with a ward that is counted in the first number and has no second one now, or is elsewhere."""
        lacking = [
            one for one in self.entries if one.counted and not (one.is_reported and one.second is not None)
        ]
        return self.unsettled | {unit_id for entry in lacking for unit_id in self._up(entry)}

    def _up(self, entry: Entry) -> Iterator[int]:
        unit_id: int | None = entry.unit_id
        while unit_id is not None:
            yield unit_id
            unit_id = self.above[unit_id]
