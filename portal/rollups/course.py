"""The course of some weeks as a chart: the share finished, drawn by the server; its table says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _

from portal.rollups.figures import Figures
from portal.wording import full_date

#: The drawing in the units of its viewBox, with room on the left and below for words.
WIDTH, HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 24, 22, 30


@dataclass(frozen=True)
class Course:
    """`weeks`: day and figures, oldest first; days before anything was counted are left out."""

    weeks: Sequence[tuple[date, Figures]]

    left, right, bottom, width, height = _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM, WIDTH, HEIGHT

    @classmethod
    def of(cls, days: Sequence[date], stood: Mapping[date, Figures], day: date, now: Figures) -> "Course":
        """The weeks that have figures, and the day that is shown at the end."""
        known = [(one, stood[one]) for one in days if one in stood and stood[one].total]
        return cls([*known, (day, now)] if now.total else known)

    def __bool__(self) -> bool:
        """A line needs two points."""
        return len(self.weeks) > 1

    @cached_property
    def points(self) -> list[tuple[float, float, date, int]]:
        """Where each week stands: x, y, its day, its percent. Distance along the line is distance in time."""
        first, last = self.weeks[0][0], self.weeks[-1][0]
        across = (WIDTH - _LEFT - _RIGHT) / max(1, (last - first).days)
        down = (HEIGHT - _TOP - _BOTTOM) / 100
        return [
            (
                round(_LEFT + (day - first).days * across, 1),
                round(HEIGHT - _BOTTOM - (figures.done_percent or 0) * down, 1),
                day,
                figures.done_percent or 0,
            )
            for day, figures in self.weeks
        ]

    @property
    def grid(self) -> list[tuple[int, float]]:
        """The percents that have a line across, and where."""
        return [(at, HEIGHT - _BOTTOM - at / 100 * (HEIGHT - _TOP - _BOTTOM)) for at in (0, 50, 100)]

    @property
    def words(self) -> str:
        """What the chart shows, for those who do not see it."""
        told = [f"{full_date(day)}: {percent}%" for _x, _y, day, percent in self.points]
        return _("Tỷ lệ việc hoàn thành.") + " " + "; ".join(told)
