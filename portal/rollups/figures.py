"""The figures of a heap of cards: the four-way count and what is counted beside it. Figures add up."""

from collections.abc import Iterable
from typing import NamedTuple


class Figures(NamedTuple):
    """Numbers of assigned cards that are not cancelled; each card is in exactly one of the first four.

    `extensions` counts extensions granted, not cards; `not_accepted` cards wait for their agency's first word;
    `blocked` open ones have an obstacle noted (vướng mắc). `answer_minutes`: from being given to being taken, summed
    over the `answered` cards, so that means of any heap can be made and none is ever averaged.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    awaiting_approval: int = 0
    without_date: int = 0
    extensions: int = 0
    with_evidence: int = 0
    not_accepted: int = 0
    blocked: int = 0
    answered: int = 0
    answer_minutes: int = 0

    @classmethod
    def together(cls, many: Iterable["Figures"]) -> "Figures":
        """The figures of several heaps as one; all zero of none."""
        return cls(*map(sum, zip(*many, strict=True)))

    @property
    def done(self) -> int:
        """Finished, on time or late."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """Not finished yet, overdue or not."""
        return self.open_in_time + self.open_overdue

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.open

    @property
    def done_percent(self) -> int | None:
        """Whole percent finished; None without cards. 100 only when nothing is left, 0 only when nothing is done."""
        return whole_percent(self.done, self.total)

    @property
    def on_time_percent(self) -> int | None:
        """Whole percent of the finished that were submitted in time; None when nothing is finished."""
        return whole_percent(self.done_on_time, self.done)

    @property
    def evidence_percent(self) -> int | None:
        """Whole percent with evidence; None without cards."""
        return whole_percent(self.with_evidence, self.total)

    @property
    def answer_days(self) -> float | None:
        """Mean days from being given a card to taking it, one decimal; None when none was taken."""
        return round(self.answer_minutes / self.answered / 1440, 1) if self.answered else None

    @property
    def shade(self) -> int:
        """How dark the share finished is drawn: 0 nothing, 1 below a third, 2 below two thirds, 3 more, 4 all."""
        if self.done in {0, self.total}:
            return 4 if self.done else 0
        return 1 + self.done * 3 // self.total

    @property
    def is_slow(self) -> bool:
        """Whether a fifth or more of the cards is overdue: such a ward needs a call."""
        return self.open_overdue > 0 and self.open_overdue * 5 >= self.total


#: The names of the figures, in order; the published tables have a column for each.
NAMES = Figures._fields


def whole_percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in percent, rounded half up, but never rounded to 0 or 100. None when there is no whole."""
    if whole == 0:
        return None
    if part in {0, whole}:
        return 100 * part // whole
    return min(99, max(1, (200 * part + whole) // (2 * whole)))
