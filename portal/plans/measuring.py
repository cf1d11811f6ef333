"""Which measure an indicator's words and unit make (tenants/measure.py says what it comes to)."""

import re

from portal.errors import NotFound
from portal.plans.target import Indicator
from portal.plans.weighing import falls
from portal.tenants import measure
from portal.tenants.measure import Kind
from portal.text import fold

_AGAINST_BEFORE = re.compile(r"\bso voi\b.{0,20}\b(?:nam|cung ky)\b")
_LESS = re.compile(r"\b(?:giam|ha)\b")


class Measure(measure.Measure):
    """The measure of an indicator of a plan."""

    @classmethod
    def of(cls, indicator: Indicator) -> "Measure":
        """The measure of an indicator. Raises NotFound when the plan gives it no figure."""
        if indicator.value is None:
            raise NotFound
        kind = _kind(indicator)
        less = kind not in {Kind.DECREASE, Kind.INCREASE} and falls(indicator)
        return cls(kind, indicator.value, indicator.comparator or "=", indicator.unit or "", less)


def _kind(indicator: Indicator) -> Kind:
    if indicator.unit == "điểm":
        return Kind.POINTS
    if indicator.unit not in {"%", "‰"}:
        return Kind.RATIO
    text = fold(indicator.text)
    if _AGAINST_BEFORE.search(text):
        return Kind.DECREASE if _LESS.search(text) else Kind.INCREASE
    return Kind.PER_MILLE if indicator.unit == "‰" else Kind.SHARE
