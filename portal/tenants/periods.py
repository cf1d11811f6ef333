"""Periods of a plan's year for which figures are entered: where each closes, until when it is expected, its name.

The days come from the table of reporting windows (Decree 09/2019/ND-CP as provinces apply it: a month from the 15th to
the 14th, six months until 14 June, the year until 14 December). Figures count from the beginning of the year until the
period closes, so a quarter's end is "6 tháng", not "Quý II".
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.tenants.report_windows import windows_of

#: Days after the close within which a figure is in time: the two working days of the decree, a weekend, and one more.
GRACE = timedelta(days=5)


class Rhythm(StrEnum):
    """How often a figure is reported."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]


RHYTHM_TEXTS = {
    Rhythm.MONTH: _l("Hằng tháng"),
    Rhythm.QUARTER: _l("Hằng quý"),
    Rhythm.HALF: _l("6 tháng một lần"),
    Rhythm.YEAR: _l("Mỗi năm một lần"),
}


@dataclass(frozen=True, order=True)
class Period:
    """`start` and `end` are its first and last day."""

    end: date
    start: date
    rhythm: Rhythm

    @property
    def due(self) -> date:
        """The last day on which its figure is in time."""
        return self.end + GRACE

    def has_closed(self, today: date) -> bool:
        """Whether the figure can be final."""
        return today > self.end

    def is_owed(self, today: date) -> bool:
        """Whether the figure should be there by now."""
        return today > self.due

    @property
    def name(self) -> str:
        """`6 tháng 2026`, `Đến tháng 5/2026`, `Cả năm 2026`."""
        month, year = self.end.month, self.end.year
        if month == 12 and self.rhythm is not Rhythm.MONTH:
            return _("Cả năm %(year)s", year=year)
        if self.rhythm is Rhythm.MONTH:
            return _("Đến tháng %(month)s/%(year)s", month=month, year=year)
        return _("%(months)s tháng %(year)s", months=month, year=year)

    @property
    def short_name(self) -> str:
        """What fits under a point of a chart: `T5`, `6T`."""
        month = self.end.month
        return _("T%(month)s", month=month) if self.rhythm is Rhythm.MONTH else _("%(months)sT", months=month)


@lru_cache(maxsize=64)
def periods_of(rhythm: Rhythm, year: int) -> tuple[Period, ...]:
    """The periods of a year, the earliest first."""
    ends = [
        date(year, month, windows_of(year).closes_on) for month in range(rhythm.months, 13, rhythm.months)
    ]
    year_before = date(year - 1, 12, windows_of(year - 1).closes_on)
    starts = [before + timedelta(days=1) for before in (year_before, *ends)]
    return tuple(Period(end, start, rhythm) for start, end in zip(starts, ends, strict=False))
