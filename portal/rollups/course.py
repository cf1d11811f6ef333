"""The course of some weeks as charts: the share finished and what is overdue; a table says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _

from portal.rollups.figures import Figures
from portal.wording import full_date, number

#: The drawing in the units of its viewBox, with room on the left and below for words.
WIDTH, HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 24, 22, 30


@dataclass(frozen=True)
class Chart:
    """One line over days. `values`: whole numbers, 0 to `top`, which is even; `sign` follows each ("%")."""

    name: str
    values: Sequence[tuple[date, int]]
    top: int
    sign: str = ""

    left, right, bottom, width, height = _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM, WIDTH, HEIGHT

    @cached_property
    def points(self) -> list[tuple[float, float, date, str]]:
        """Where each week stands: x, y, its day, its value in words. Distance along the line is distance in time."""
        first, last = self.values[0][0], self.values[-1][0]
        across = (WIDTH - _LEFT - _RIGHT) / max(1, (last - first).days)
        return [
            (round(_LEFT + (day - first).days * across, 1), self._height(value), day, self._said(value))
            for day, value in self.values
        ]

    @property
    def grid(self) -> list[tuple[str, float]]:
        """The values that have a line across, and where."""
        return [(self._said(at), self._height(at)) for at in (0, self.top // 2, self.top)]

    @property
    def words(self) -> str:
        """What the chart shows, for those who do not see it."""
        return f"{self.name}. " + "; ".join(f"{full_date(day)}: {said}" for _x, _y, day, said in self.points)

    def _height(self, value: int) -> float:
        return round(HEIGHT - _BOTTOM - value / self.top * (HEIGHT - _TOP - _BOTTOM), 1)

    def _said(self, value: int) -> str:
        return f"{number(value)}{self.sign}"


@dataclass(frozen=True)
class Course:
    """`weeks`: day and figures, oldest first; days before anything was counted are left out."""

    weeks: Sequence[tuple[date, Figures]]

    @classmethod
    def of(cls, days: Sequence[date], stood: Mapping[date, Figures], day: date, now: Figures) -> "Course":
        """The weeks that have figures, and the day that is shown at the end."""
        known = [(one, stood[one]) for one in days if one in stood and stood[one].total]
        return cls([*known, (day, now)] if now.total else known)

    def __bool__(self) -> bool:
        """A line needs two points."""
        return len(self.weeks) > 1

    @property
    def charts(self) -> list[Chart]:
        """How much is finished, and how much is overdue."""
        shares = [(day, figures.done_percent or 0) for day, figures in self.weeks]
        late = [(day, figures.open_overdue) for day, figures in self.weeks]
        return [
            Chart(_("Tỷ lệ việc hoàn thành"), shares, 100, "%"),
            Chart(_("Số việc quá hạn"), late, _round_above(max(count for _day, count in late))),
        ]


def _round_above(highest: int) -> int:
    """The top of a scale: the next of 2, 4, 10, 20, 40, 100, … that is not below."""
    top = 2
    while top < highest:
        top = top * 5 // 2 if str(top)[0] == "4" else top * 2
    return top
