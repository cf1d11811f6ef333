"""A month of the board: the cards that are due on each day of it, week by week from Monday."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.tasks.card_face import Face

_MONDAY_FIRST = calendar.Calendar(firstweekday=0)


@dataclass
class Day:
    """One square of the calendar; `inside`: it belongs to the month, not to the week before or after it."""

    on: date
    inside: bool
    faces: list[Face] = field(default_factory=list)


@dataclass
class Month:
    """`weeks` of seven days each; `undated`: open cards that stand on no day at all."""

    first: date
    weeks: list[list[Day]]
    undated: int

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def count(self) -> int:
        """How many cards are due in it."""
        return sum(len(day.faces) for week in self.weeks for day in week if day.inside)


def month_of(faces: Iterable[Face], first: date, today: date) -> Month:
    """The month that begins on `first`. A card stands on its last day: `trước 15/11` on the 14th."""
    days = {
        on: Day(on, on.month == first.month) for on in _MONDAY_FIRST.itermonthdates(first.year, first.month)
    }
    undated = 0
    for face in faces:
        undated += face.undated
        last = last_day_of(face, today)
        if last in days and face.counts_as:
            days[last].faces.append(face)
    squares = list(days.values())
    return Month(first, [squares[at : at + 7] for at in range(0, len(squares), 7)], undated)


def last_day_of(face: Face, today: date) -> date | None:
    """The last day on which a card's work is in time; None without a date."""
    return today + timedelta(days=face.days_left) if face.days_left is not None else None
