"""A target of the unit over its wards, in one period: two numbers, who reported; of a sensitive one what is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.rollups.part import Part
from portal.rollups.sparkline import Sparkline
from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import WardReading, publication_day
from portal.tenants.measure import Kind, Measure
from portal.tenants.periods import RHYTHM_TEXTS, Rhythm
from portal.tenants.ward import Ward

_SIGNS = {Kind.RATIO: "", Kind.PER_MILLE: "‰", Kind.POINTS: "điểm"}


@dataclass(frozen=True)
class Round:
    """One period of a target: the rows of the wards that have it. `told`: the published sum of a sensitive one."""

    end: date
    rows: Sequence[WardReading]
    told: UnitReading | None = None

    @cached_property
    def reported(self) -> list[WardReading]:
        """The rows of wards that have reported, whether their numbers may be read or not."""
        return [row for row in self.rows if row.is_reported]

    @property
    def missing(self) -> list[int]:
        """The wards that have not reported."""
        there = {row.ward_id for row in self.reported}
        return sorted({row.ward_id for row in self.rows} - there)

    @property
    def is_sensitive(self) -> bool:
        """Whether any ward holds it for sensitive: then all are treated so."""
        return any(row.sensitive for row in self.rows)

    @property
    def waits_until(self) -> date | None:
        """The day on which a sensitive target is published; None when it is, or is not sensitive."""
        waiting = self.is_sensitive and not any(row.published_on for row in self.rows)
        return publication_day(self.end) if waiting else None

    @cached_property
    def together(self) -> Part:
        """All wards' numbers added up, or that they are hidden."""
        return Part.together(self.rows, self.told)


@dataclass(frozen=True)
class TargetLine:
    """`text`: the unit's own words. `rounds`: the periods that have closed, the latest last."""

    text: str
    rounds: Sequence[Round]
    wards: Mapping[int, Ward]

    @property
    def now(self) -> Round:
        """The latest period."""
        return self.rounds[-1]

    @cached_property
    def measure(self) -> Measure:
        """How the two numbers are judged: as the wards took the target over from the unit."""
        row = self.now.rows[0]
        kind = Kind(row.measure)
        return Measure(kind, row.target, row.comparator, _SIGNS.get(kind, "%"), row.falls)

    @property
    def rhythm(self) -> str:
        """How often these wards report it."""
        return str(RHYTHM_TEXTS[Rhythm(self.now.rows[0].rhythm)])

    @property
    def value(self) -> float | None:
        """What the wards' numbers come to together; None while anything of it is hidden, for points always."""
        return self._value(self.now)

    @property
    def change(self) -> float | None:
        """Points since the period before."""
        before = self._value(self.rounds[-2]) if len(self.rounds) > 1 else None
        return None if before is None or self.value is None else round(self.value - before, 1)

    @property
    def trend(self) -> Sparkline:
        """The periods in whole percents."""
        values = [self._value(one) for one in self.rounds[-6:]]
        return Sparkline(tuple(None if value is None else round(value) for value in values))

    @property
    def is_met(self) -> bool | None:
        """Whether the wards together keep the promise; None when that is not known."""
        return None if self.value is None else self.measure.is_met(self.value)

    @property
    def lacking(self) -> int:
        """How many more a share needs; 0 when met or not known, and never told of sensitive ones."""
        pair = self.now.together
        if self.now.is_sensitive or self.value is None or pair.numerator is None:
            return 0
        return self.measure.lacking(pair.numerator, pair.denominator)

    @property
    def silent(self) -> list[Ward]:
        """The wards that have not reported, by name."""
        found = [self.wards[one] for one in self.now.missing if one in self.wards]
        return sorted(found, key=lambda ward: ward.name)

    def _value(self, one: Round) -> float | None:
        pair = one.together
        if pair.hidden or pair.numerator is None or self.measure.kind is Kind.POINTS:
            return None
        return self.measure.value(pair.numerator, pair.denominator)
