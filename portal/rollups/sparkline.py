"""A line as small as a word: how a share moved over some weeks, drawn by the server, with the same said in text."""

from dataclasses import dataclass

from flask_babel import gettext as _

#: The drawing's size and the room around the line, in the units of its viewBox.
WIDTH, HEIGHT, MARGIN = 96, 22, 3

#: A change of fewer points than this does not fill the height, so that a wobble does not look like a leap.
_LEAST_SPAN = 20


@dataclass(frozen=True)
class Sparkline:
    """`values`: whole percents, oldest first, the newest now; None where nothing was counted."""

    values: tuple[int | None, ...]

    @property
    def known(self) -> list[tuple[int, int]]:
        """Week and percent, where there is one."""
        return [(week, value) for week, value in enumerate(self.values) if value is not None]

    def __bool__(self) -> bool:
        """A line needs two points."""
        return len(self.known) > 1

    @property
    def points(self) -> list[tuple[float, float]]:
        """Where the line goes, from left to right; the latest week is at the right edge."""
        lowest = min(value for _week, value in self.known)
        span = max(_LEAST_SPAN, max(value for _week, value in self.known) - lowest)
        across = (WIDTH - 2 * MARGIN) / (len(self.values) - 1)
        down = (HEIGHT - 2 * MARGIN) / span
        return [
            (round(MARGIN + week * across, 1), round(HEIGHT - MARGIN - (value - lowest) * down, 1))
            for week, value in self.known
        ]

    @property
    def words(self) -> str:
        """What the line shows, for those who do not see it."""
        (first_week, first), (last_week, last) = self.known[0], self.known[-1]
        weeks = last_week - first_week
        return str(_("%(weeks)s tuần: từ %(first)s%% đến %(last)s%%", weeks=weeks, first=first, last=last))
