"""How an indicator goes: period by period what was entered, when, and how it stands to the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.plans.measuring import Measure
from portal.plans.reporter import Reporter
from portal.plans.target_reading import Reading
from portal.tenants.periods import Period
from portal.wording import local_day


@dataclass(frozen=True)
class Entry:
    """One period of an indicator: the figure that counts, and those it replaced, the earliest first."""

    period: Period
    measure: Measure
    reading: Reading | None = None
    earlier: tuple[Reading, ...] = ()

    @property
    def value(self) -> float | None:
        """The value; None without a reading, or when there was nothing to count."""
        if self.reading is None:
            return None
        return self.measure.value(self.reading.numerator, self.reading.denominator)

    @property
    def is_met(self) -> bool:
        """Whether the value keeps the promise."""
        return self.value is not None and self.measure.is_met(self.value)

    @property
    def lacking(self) -> int:
        """How many more (or fewer) it would take."""
        return self.measure.lacking(self.reading.numerator, self.reading.denominator) if self.reading else 0

    @property
    def days_late(self) -> int:
        """By how many days the first figure came late; a later correction is not late."""
        first = self.earlier[0] if self.earlier else self.reading
        return max(0, (local_day(first.entered_at) - self.period.due).days) if first else 0

    def is_missing(self, today: date) -> bool:
        """Left out: the figure should be there by now."""
        return self.reading is None and self.period.is_owed(today)

    def is_asked(self, today: date) -> bool:
        """The period closed and nobody has entered its figure."""
        return self.reading is None and self.period.has_closed(today)


@dataclass(frozen=True)
class Course:
    """An indicator's periods so far, the running one last, with the readings in them."""

    measure: Measure
    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(
        cls, measure: Measure, reporter: Reporter | None, readings: Sequence[Reading], today: date
    ) -> "Course":
        """The course until today; empty while nobody reports."""
        if reporter is None:
            return cls(measure)
        kept = {one.period_end for one in readings}
        begun = [one for one in reporter.periods if one.start <= today or one.end in kept]
        return cls(measure, tuple(_entry(one, measure, readings) for one in begun))

    @cached_property
    def latest(self) -> Entry | None:
        """The latest period that has a figure."""
        return next((one for one in reversed(self.entries) if one.reading), None)

    def missing(self, today: date) -> list[Entry]:
        """Periods whose figure was left out."""
        return [one for one in self.entries if one.is_missing(today)]

    def asked(self, today: date) -> list[Entry]:
        """Periods that closed without a figure, late ones first as they are the earliest."""
        return [one for one in self.entries if one.is_asked(today)]

    def before(self, period: Period) -> Entry | None:
        """The latest period with a figure that closed before this one."""
        return next((one for one in reversed(self.entries) if one.reading and one.period < period), None)

    def entry_of(self, end: date) -> Entry | None:
        """The period that closes on this day."""
        return next((one for one in self.entries if one.period.end == end), None)


def _entry(period: Period, measure: Measure, readings: Sequence[Reading]) -> Entry:
    own = [one for one in readings if one.period_end == period.end]
    current = next((one for one in own if one.replaced_at is None), None)
    return Entry(period, measure, current, tuple(one for one in own if one.replaced_at is not None))
