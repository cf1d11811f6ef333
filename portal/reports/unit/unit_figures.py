"""The figures of a unit's report: its wards' four counts, its targets, who is missing, what was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from portal.rollups.figures import Figures
from portal.rollups.part import Part
from portal.tenants.measure import Measure
from portal.tenants.report_period import ReportPeriod


@dataclass(frozen=True)
class WardCounts:
    """One ward: its counts by the code of the kind of agency; `as_of` is None while it has published nothing."""

    ward_id: int
    name: str
    by_kind: Mapping[str, Figures]
    as_of: datetime | None

    @cached_property
    def figures(self) -> Figures:
        """All kinds together."""
        return Figures.together(self.by_kind.values())


@dataclass(frozen=True)
class TargetFigures:
    """A target of the unit in one period: every ward that reports it, by id, and all of them together."""

    text: str
    measure: Measure
    period_end: date
    sensitive: bool
    by_ward: Mapping[int, Part]
    together: Part

    def value(self, part: Part) -> float | None:
        """What the two numbers come to; percentages are made last and never averaged (domain.md b)."""
        return None if part.numerator is None else self.measure.value(part.numerator, part.denominator)

    def is_met(self, part: Part) -> bool | None:
        """Whether the promise is kept; None when that cannot be said."""
        value = self.value(part)
        return None if value is None else self.measure.is_met(value)


@dataclass(frozen=True)
class Missing:
    """What a ward still owes: the figure of a target, or (`text` empty) its report of the period."""

    ward: str
    text: str
    period_end: date
    due_on: date


@dataclass(frozen=True)
class Corrected:
    """What counts differently than when the period closed: by kind of agency (`kind`), or of a target (`text`)."""

    ward: str
    kind: str
    text: str
    note: str
    since: date


@dataclass(frozen=True)
class Scored:
    """What a ward's scorecard of the year came to; of one that sent none only the name is there.

    `lacking`: the criteria with no points, by number.
    """

    ward: str
    total: float | None = None
    threshold: float | None = None
    result: str = ""
    lacking: tuple[int, ...] = ()
    sent_on: date | None = None


@dataclass(frozen=True)
class UnitFigures:
    """`frozen`: whether the counts are those kept at the close of the period, or the boards as they stand now.

    `scored`: every ward in the report of a whole year once one has sent its scorecard, else empty.
    """

    unit: str
    parent: str
    period: ReportPeriod
    today: date
    frozen: bool
    wards: tuple[WardCounts, ...]
    targets: tuple[TargetFigures, ...]
    missing: tuple[Missing, ...]
    corrected: tuple[Corrected, ...]
    scored: tuple[Scored, ...]

    @cached_property
    def figures(self) -> Figures:
        """All wards together."""
        return Figures.together(ward.figures for ward in self.wards)

    @cached_property
    def by_kind(self) -> dict[str, Figures]:
        """All wards together, by kind of agency."""
        codes = dict.fromkeys(code for ward in self.wards for code in ward.by_kind)
        return {
            code: Figures.together(ward.by_kind[code] for ward in self.wards if code in ward.by_kind)
            for code in codes
        }
