"""Two numbers of a target as they may be said: of one ward, and of the wards together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.rollups.unit_reading import UnitReading
from portal.rollups.ward_reading import FigureStanding, WardReading


@dataclass(frozen=True)
class Part:
    """What may be said of one ward's (or all wards') two numbers; `hidden` ones have no value here at all."""

    numerator: float | None = None
    denominator: float | None = None
    hidden: bool = False

    @property
    def is_there(self) -> bool:
        """Whether somebody reported it."""
        return self.hidden or self.numerator is not None

    @classmethod
    def of(cls, row: WardReading, *, sensitive: bool) -> "Part":
        """The numbers of a published row; a target that any ward holds for sensitive is sensitive in all of them."""
        if sensitive and not row.sensitive:
            return cls(hidden=row.is_reported)
        return cls(row.numerator, row.denominator, hidden=row.is_reported and row.numerator is None)

    @classmethod
    def added(cls, parts: Iterable["Part"]) -> "Part":
        """Numerators and denominators of those who reported, added up; hidden when one of them is."""
        there = [part for part in parts if part.is_there]
        if any(part.hidden for part in there):
            return cls(hidden=True)
        wholes = [part.denominator for part in there if part.denominator is not None]
        if not there:
            return cls()
        return cls(sum(part.numerator or 0 for part in there), sum(wholes) if wholes else None)

    @classmethod
    def together(cls, rows: Sequence[WardReading], told: UnitReading | None) -> "Part":
        """All rows of a target in a period. Of a sensitive one what was published of the sum (`told`), when that is of
        these very rows: a sum made here would be one more for somebody to subtract.
        """
        if not any(row.sensitive for row in rows):
            return cls.added(cls.of(row, sensitive=False) for row in rows)
        if not any(row.is_reported for row in rows):
            return cls()
        counted = [row for row in rows if row.standing in {FigureStanding.SHOWN, FigureStanding.HIDDEN}]
        if told is None or told.wards != len(counted):
            return cls(hidden=True)
        return cls(told.numerator, told.denominator, hidden=told.numerator is None)
