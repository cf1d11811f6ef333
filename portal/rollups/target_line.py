"""A target of the unit over its wards, in one period: two numbers, who reported, and small sensitive counts hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.rollups.sparkline import Sparkline
from portal.rollups.veiling import Part, veiled
from portal.rollups.ward_reading import WardReading
from portal.tenants.measure import Kind, Measure
from portal.tenants.ward import Ward

_SIGNS = {Kind.RATIO: "", Kind.PER_MILLE: "‰", Kind.POINTS: "điểm"}


@dataclass(frozen=True)
class Round:
    """One period of a target: the rows of the wards that have it. `pairs` by ward; `together` for all of them."""

    end: date
    rows: Sequence[WardReading]
    today: date

    @cached_property
    def reported(self) -> list[WardReading]:
        """The rows whose numbers are there. Sensitive ones count as they stood on the last day in time: later
        changes are not published, for two versions of a period could be subtracted.
        """
        return [row for row in self.rows if _numbers(row, self.today)[0] is not None]

    @property
    def missing(self) -> list[int]:
        """The wards that have not reported."""
        there = {row.ward_id for row in self.reported}
        return sorted({row.ward_id for row in self.rows} - there)

    @property
    def is_sensitive(self) -> bool:
        """Whether any ward holds it for sensitive: then all are treated so."""
        return any(row.sensitive for row in self.rows)

    @cached_property
    def together(self) -> Part:
        """All wards' numbers added up, or that they are hidden."""
        own = {row.ward_id: Part(*_numbers(row, self.today)) for row in self.reported}
        if self.is_sensitive:
            is_share = Kind(self.rows[0].measure) in {Kind.SHARE, Kind.PER_MILLE}
            return veiled(own, is_share=is_share)[1]
        wholes = [part.denominator for part in own.values() if part.denominator is not None]
        return Part(sum(part.numerator or 0 for part in own.values()), sum(wholes) if wholes else None)


def _numbers(row: WardReading, today: date) -> tuple[float | None, float | None]:
    if not row.sensitive:
        return row.numerator, row.denominator
    return (row.kept_numerator, row.kept_denominator) if row.due_on < today else (None, None)


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
