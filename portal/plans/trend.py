"""The chart of an indicator: its values period by period beside the target, drawn by the server, said in words too."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.plans.course import Course, Entry

#: The drawing in the units of its viewBox: its size, and the room around the plot for the words.
WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 34


@dataclass(frozen=True)
class Point:
    """One period: where it stands, and its value if there is one."""

    entry: Entry
    x: float
    y: float | None
    missing: bool


@dataclass(frozen=True)
class Trend:
    """`points` of all periods; `target_y` where the line of the target runs."""

    course: Course
    points: tuple[Point, ...]
    target_y: float
    low: float
    high: float

    width, height, bottom, left, right = WIDTH, HEIGHT, HEIGHT - _BOTTOM, _LEFT, WIDTH - _RIGHT

    @classmethod
    def of(cls, course: Course, today: date) -> "Trend":
        """The drawing of a course."""
        low, high = _axis(course)
        step = (WIDTH - _LEFT - _RIGHT) / max(1, len(course.entries) - 1)

        def down(value: float) -> float:
            return round(_TOP + (high - value) / (high - low) * (HEIGHT - _TOP - _BOTTOM), 1)

        points = tuple(
            Point(
                entry,
                round(_LEFT + at * step, 1) if len(course.entries) > 1 else WIDTH / 2,
                down(entry.value) if entry.value is not None else None,
                entry.is_missing(today),
            )
            for at, entry in enumerate(course.entries)
        )
        return cls(course, points, down(course.measure.target), low, high)

    @property
    def stretches(self) -> list[str]:
        """The lines between neighbouring periods that have a value; a period left out breaks the line."""
        lines: list[list[str]] = [[]]
        for point in self.points:
            if point.y is None:
                lines.append([])
            else:
                lines[-1].append(f"{point.x},{point.y}")
        return [" ".join(line) for line in lines if len(line) > 1]

    @property
    def words(self) -> str:
        """What the chart shows, for those who do not see it."""
        measure = self.course.measure
        told = [
            f"{point.entry.period.name}: "
            + (measure.said(point.entry.value) if point.entry.value is not None else _("không có số"))
            for point in self.points
        ]
        return _("Mức đề ra %(target)s.", target=measure.said_target) + " " + "; ".join(told)


def _axis(course: Course) -> tuple[float, float]:
    """From where to where the values are drawn: shares that are all high get the upper part alone, which is said."""
    known = [course.measure.target, *(one.value for one in course.entries if one.value is not None)]
    if course.measure.is_share and course.measure.sign == "%":
        return max(0.0, 10.0 * ((min(known) - 10) // 10)), 100.0
    return min(0.0, *known), max(0.0, *known) or 1.0
