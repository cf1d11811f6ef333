"""What two numbers of a target mean: which measure they make, what it comes to, and whether the promise is kept."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from portal.wording import decimal


class Kind(StrEnum):
    """A share of a whole, a share per thousand, two counts side by side, a change against last year, or points."""

    SHARE = "share"
    PER_MILLE = "per_mille"
    RATIO = "ratio"
    DECREASE = "decrease"
    INCREASE = "increase"
    POINTS = "points"


_HALVES: dict[Kind, tuple[str, str]] = {
    Kind.SHARE: (_l("Số đạt"), _l("Trên tổng số")),
    Kind.PER_MILLE: (_l("Số ca"), _l("Trên tổng số")),
    Kind.RATIO: (_l("Số bé trai"), _l("Số bé gái")),
    Kind.DECREASE: (_l("Số năm nay"), _l("Số cùng kỳ năm trước")),
    Kind.INCREASE: (_l("Số năm nay"), _l("Số cùng kỳ năm trước")),
    Kind.POINTS: (_l("Số điểm"), ""),
}

_VALUES: dict[Kind, Callable[[float, float], float]] = {
    Kind.SHARE: lambda part, whole: 100 * part / whole,
    Kind.PER_MILLE: lambda part, whole: 1000 * part / whole,
    Kind.RATIO: lambda part, whole: 100 * part / whole,
    Kind.DECREASE: lambda now, before: 100 * (before - now) / before,
    Kind.INCREASE: lambda now, before: 100 * (now - before) / before,
}


@dataclass(frozen=True)
class Measure:
    """How a target is measured; `falls`: less is better."""

    kind: Kind
    target: float
    comparator: str
    unit: str
    falls: bool

    @property
    def labels(self) -> tuple[str, str]:
        """What the two fields are called."""
        return _HALVES[self.kind]

    @property
    def needs_whole(self) -> bool:
        """Whether there is a second number."""
        return self.kind is not Kind.POINTS

    @property
    def is_share(self) -> bool:
        """Whether the first number is a part of the second."""
        return self.kind in {Kind.SHARE, Kind.PER_MILLE}

    @property
    def sign(self) -> str:
        """The unit as it is printed behind a value."""
        return self.unit if self.unit in {"%", "‰"} else f" {self.unit}" if self.kind is Kind.POINTS else ""

    def value(self, numerator: float, denominator: float | None) -> float | None:
        """What two numbers come to, in the unit of the target; None when there was nothing to count."""
        if not self.needs_whole:
            return numerator
        return _VALUES[self.kind](numerator, denominator) if denominator else None

    def is_met(self, value: float) -> bool:
        """Whether a value keeps the promise; "= 100 %" is at least, unless less is better."""
        if self.comparator == "<":
            return value < self.target
        if self.comparator == ">":
            return value > self.target
        shown = round(value, 2)
        return shown <= self.target if self.falls else shown >= self.target

    def lacking(self, numerator: float, denominator: float | None) -> int:
        """How many more the share needs, or how many are too many; 0 when met or when it is no share."""
        value = self.value(numerator, denominator)
        if not self.is_share or value is None or denominator is None or self.is_met(value):
            return 0
        wanted = self.target * denominator / (100 if self.kind is Kind.SHARE else 1000)
        return math.ceil(numerator - wanted if self.falls else wanted - numerator) or 1

    def said(self, value: float) -> str:
        """`97,6%`."""
        return f"{decimal(value)}{self.sign}"

    @property
    def said_target(self) -> str:
        """`≥ 98%`."""
        mark = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}.get(self.comparator, "")
        return f"{mark}{self.said(self.target)}"
