"""What changed in a unit's wards since a day: finished, overdue, given; the wards that moved most first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.rollups.choosing import PER_PAGE, Choice
from portal.rollups.figures import Figures
from portal.rollups.opening import open_wards
from portal.rollups.queries import figures_on
from portal.rollups.ward_line import lines_of
from portal.tenants.overseeing import wards_under
from portal.tenants.ward import Ward


@dataclass(frozen=True)
class Change:
    """A ward then and now. `before` is all zero when nothing was published by then."""

    ward: Ward
    before: Figures
    now: Figures

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many more are done, overdue, and there at all; below zero for fewer."""
        before, now = self.before, self.now
        return (now.done - before.done, now.open_overdue - before.open_overdue, now.total - before.total)


@dataclass(frozen=True)
class Changes:
    """`moved`: the wards in which something changed, more overdue first."""

    since: date
    moved: list[Change]
    still: int

    @property
    def shown(self) -> list[Change]:
        """Those that are listed."""
        return self.moved[:PER_PAGE]

    @property
    def together(self) -> tuple[int, int, int]:
        """The changes of all wards added up."""
        done, overdue, total = (sum(one.counts[at] for one in self.moved) for at in range(3))
        return done, overdue, total


def changes_since(city: Session, unit_id: int, since: date, today: date) -> Changes:
    """What changed in the wards below the unit since the end of a day."""
    opened = open_wards(city, wards_under(city, unit_id, today))
    stood = figures_on(city, opened.ids, [since])
    found = [
        Change(line.ward, opened.added(stood, line.ward.id).get(since, Figures()), line.figures)
        for line in lines_of(city, opened, Choice(), today)
    ]
    moved = [one for one in found if any(one.counts)]
    moved.sort(key=lambda one: (-one.counts[1], -abs(one.counts[0]), one.ward.name))
    return Changes(since, moved, len(found) - len(moved))
