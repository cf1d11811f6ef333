"""A ward's targets are weighed against the unit's: which promise answers which, and whether it is as strict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from portal.plans.published_lineage import Verdict
from portal.text import fold


class Promise(Protocol):
    """Anything that says how much of what: an indicator of a ward, a target of a unit."""

    @property
    def text(self) -> str:
        """The words of the plan."""

    @property
    def comparator(self) -> str | None:
        """=, >=, >, <= or <; None without a figure."""

    @property
    def value(self) -> float | None:
        """The figure, in `unit`."""

    @property
    def unit(self) -> str | None:
        """%, ‰, điểm, or a ratio in words."""


@dataclass(frozen=True)
class Weighed:
    """One of the unit's promises, by its position; the ward's that answers it, None when none does; the verdict."""

    theirs: int
    ours: int | None
    verdict: Verdict


#: Share of words and pairs of words that two promises have in common (Dice, 0 to 1) from which they mean the same
#: indicator. In the three real plans two different ones reach 0.57 at most (screening before and after birth).
SAME_INDICATOR = 0.6

# Figures say how much, not of what; only an age is part of the indicator.
_WORD = re.compile(r"\d+ tuoi|[^\W\d]+")
#: How a promise is opened, and of which level: says nothing about what is promised.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "phan dau dam bao duy tri dat tu tren duoi tro len xuong it nhat toi thieu da khong qua ty le ti "
        "phuong xa thi tran thanh pho huyen quan tinh dia ban toan nam",
    )
)
_FALLS = re.compile(r"\b(?:giam|suy dinh duong|tu vong|tao hon|bo hoc|con duoi|xuong con)\b")
_Marks = frozenset[str | tuple[str, str]]


def weighed(ours: Sequence[Promise], theirs: Sequence[Promise]) -> list[Weighed]:
    """A verdict for each of the unit's promises, in their order; a promise of the ward answers one at most."""
    left, right = [_marks(one.text) for one in ours], [_marks(one.text) for one in theirs]
    pairs = sorted(
        (-likeness, at, here)
        for at, their in enumerate(right)
        for here, our in enumerate(left)
        if (likeness := _likeness(our, their)) >= SAME_INDICATOR
    )
    answers: dict[int, int] = {}
    for _likeness_of, at, here in pairs:
        if at not in answers and here not in answers.values():
            answers[at] = here
    return [
        Weighed(
            at, answers.get(at), verdict_on(ours[answers[at]], their) if at in answers else Verdict.MISSING
        )
        for at, their in enumerate(theirs)
    ]


def verdict_on(ours: Promise, theirs: Promise) -> Verdict:
    """Whether a promise asks as much as the one above: less, another unit or no figure at all is softer."""
    if theirs.value is None:
        return Verdict.SAME if ours.value is None else Verdict.STRICTER
    less = falls(theirs)
    if ours.value is None or ours.unit != theirs.unit or _turned(ours, less):
        return Verdict.SOFTER
    if ours.value == theirs.value:
        return Verdict.SAME
    return Verdict.STRICTER if (ours.value < theirs.value) == less else Verdict.SOFTER


def falls(promise: Promise) -> bool:
    """Whether less is better: the plan says "at most", or speaks of something that is to become less."""
    if promise.comparator in {"<", "<="}:
        return True
    if promise.comparator in {">", ">="} or promise.value == 100:
        return False
    return bool(_FALLS.search(fold(promise.text)))


def _turned(ours: Promise, falls: bool) -> bool:
    """Whether the ward promises the other way round: "at most 90 %" where at least 90 % is asked."""
    return ours.comparator in ({">", ">="} if falls else {"<", "<="})


def _marks(text: str) -> _Marks:
    words = [word for word in _WORD.findall(fold(text)) if word not in _EMPTY]
    return frozenset([*words, *pairwise(words)])


def _likeness(first: _Marks, other: _Marks) -> float:
    together = len(first) + len(other)
    return 2 * len(first & other) / together if together else 0.0
