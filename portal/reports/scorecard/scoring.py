"""What a scorecard comes to: points by rule where the rule is verified, as typed elsewhere; and the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from portal.reports.scorecard.criteria import Criterion, Part, Standard, UnitClass

#: By part: `part` and `whole` of a share, `most` and `points`, `note`; what nobody typed is absent.
Entries = dict[str, dict[str, Any]]


class Result(StrEnum):
    """What can be said. `ENOUGH` is enough points; whether each criterion is met is for the council to judge."""

    OPEN = "open"
    SHORT = "short"
    ENOUGH = "enough"


@dataclass(frozen=True)
class ScoredPart:
    """A part with what was entered for it."""

    part: Part
    entry: Mapping[str, Any]

    @property
    def most(self) -> float | None:
        """The points it can have: verified, otherwise typed."""
        return self.part.most if self.part.most is not None else self.entry.get("most")

    @property
    def share(self) -> float | None:
        """The share in percent; None before both numbers are there."""
        part, whole = self.entry.get("part"), self.entry.get("whole")
        return None if part is None or not whole else part / whole * 100

    @property
    def points(self) -> float | None:
        """Its points; None while they are not known."""
        if self.part.at_least is None:
            return self.entry.get("points")
        if self.share is None:
            # Nobody there to be helped: what that is worth was not verified, so it is typed.
            return self.entry.get("points") if self.entry.get("whole") == 0 else None
        return self.part.most if self.share >= self.part.at_least else 0.0


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion with its parts."""

    criterion: Criterion
    parts: list[ScoredPart]

    @property
    def points(self) -> float | None:
        """Points of all parts; None while one is not known."""
        known = [one.points for one in self.parts if one.points is not None]
        return sum(known) if len(known) == len(self.parts) else None

    @property
    def most(self) -> float | None:
        """What it can have at most; None while that is not known."""
        known = [one.most for one in self.parts if one.most is not None]
        return sum(known) if len(known) == len(self.parts) else None


@dataclass(frozen=True)
class Score:
    """A whole scorecard."""

    standard: Standard
    unit_class: UnitClass
    entries: Mapping[str, Mapping[str, Any]]

    @cached_property
    def criteria(self) -> list[ScoredCriterion]:
        """The criteria in order."""
        return [
            ScoredCriterion(one, [ScoredPart(part, self.entries.get(part.key, {})) for part in one.parts])
            for one in self.standard.criteria
        ]

    @property
    def total(self) -> float:
        """The points that are known, together."""
        return sum(part.points or 0.0 for one in self.criteria for part in one.parts)

    @property
    def threshold(self) -> float:
        """The points that a place of this class needs."""
        return self.standard.thresholds[self.unit_class]

    @property
    def missing(self) -> list[int]:
        """Criteria whose points are not known."""
        return [one.criterion.number for one in self.criteria if one.points is None]

    @property
    def empty(self) -> list[int]:
        """Criteria at no points, which rule recognition out."""
        return [one.criterion.number for one in self.criteria if one.points == 0]

    @property
    def result(self) -> Result:
        """Open while points are missing; then whether they are enough and no criterion is at none."""
        if self.missing:
            return Result.OPEN
        return Result.ENOUGH if self.total >= self.threshold and not self.empty else Result.SHORT
