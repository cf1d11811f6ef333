"""Days of the child-affairs year that a plan names without a date: festivals, the school year, campaigns."""

from datetime import date as Day
from datetime import timedelta

# 15th of the 8th lunar month, Vietnamese reckoning (UTC+7): new moons computed after Meeus. In 2034 it is a day
# before the Chinese one, because the new moon falls between 23:00 and 24:00 Hanoi time.
_MID_AUTUMN = {
    2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3),
    2029: (9, 22), 2030: (9, 12), 2031: (10, 1), 2032: (9, 19), 2033: (9, 8), 2034: (9, 26), 2035: (9, 16),
    2036: (10, 4), 2037: (9, 24), 2038: (9, 13), 2039: (10, 2), 2040: (9, 20),
}  # fmt: skip


def mid_autumn(year: int) -> Day | None:
    """Return the day of Tết Trung thu, or None outside 2022-2040."""
    return Day(year, *_MID_AUTUMN[year]) if year in _MID_AUTUMN else None


def eve(day: Day) -> Day:
    """Return the day before."""
    return day - timedelta(days=1)
