"""A target of the unit over its wards, in one period: two numbers, who reported, and small sensitive counts hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.rollups.count_table import CountTable
from portal.rollups.sparkline import Sparkline
from portal.rollups.suppressing import CannotHide, suppress
from portal.rollups.ward_reading import WardReading
from portal.tenants.measure import Kind, Measure
from portal.tenants.ward import Ward

#: The row of all wards together in the table that hides small counts.
_UNIT = "unit"

_SIGNS = {Kind.RATIO: "", Kind.PER_MILLE: "‰", Kind.POINTS: "điểm"}


@dataclass(frozen=True)
class Pair:
    """What is shown of two numbers; None is hidden or was never reported."""

    part: float | None
    whole: float | None


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
    def pairs(self) -> Mapping[int, Pair]:
        """What each ward's numbers may be shown as."""
        return {ward: pair for ward, pair in self._shown.items() if isinstance(ward, int)}

    @property
    def together(self) -> Pair:
        """All wards' numbers added up."""
        return self._shown[_UNIT]

    @cached_property
    def _shown(self) -> dict[int | str, Pair]:
        own = {row.ward_id: _numbers(row, self.today) for row in self.reported}
        parts = [part for part, _whole in own.values() if part is not None]
        wholes = [whole for _part, whole in own.values() if whole is not None]
        if not self.is_sensitive:
            sums = Pair(sum(parts), sum(wholes) if len(wholes) == len(own) else None)
            return {_UNIT: sums, **{ward: Pair(*pair) for ward, pair in own.items()}}
        return _hidden(own)


def _numbers(row: WardReading, today: date) -> tuple[float | None, float | None]:
    if not row.sensitive:
        return row.numerator, row.denominator
    return (row.kept_numerator, row.kept_denominator) if row.due_on < today else (None, None)


def _hidden(own: Mapping[int, tuple[float | None, float | None]]) -> dict[int | str, Pair]:
    """The numbers with small ones hidden, and as many more as it takes; nothing at all when that cannot be done."""
    parents: dict[object, object] = {_UNIT: None, **dict.fromkeys(own, _UNIT)}
    cells = {
        (ward, column): int(value)
        for ward, pair in own.items()
        for column, value in zip(("part", "whole"), pair, strict=True)
        if value is not None and value == int(value)
    }
    try:
        shown = suppress(CountTable(parents, cells, across=False)).shown  # type: ignore[arg-type]
    except CannotHide:
        shown = {}
    rows: list[int | str] = [_UNIT, *own]
    return {row: Pair(shown.get((row, "part")), shown.get((row, "whole"))) for row in rows}


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
        if self.now.is_sensitive or self.value is None or pair.part is None:
            return 0
        return self.measure.lacking(pair.part, pair.whole)

    @property
    def silent(self) -> list[Ward]:
        """The wards that have not reported, by name."""
        found = [self.wards[one] for one in self.now.missing if one in self.wards]
        return sorted(found, key=lambda ward: ward.name)

    def _value(self, one: Round) -> float | None:
        pair = one.together
        if pair.part is None or pair.whole is None or self.measure.kind is Kind.POINTS:
            return None
        return self.measure.value(pair.part, pair.whole)
