"""What somebody chose to see on the city's pages: year, period, offices, order; all of it stands in the address."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property

from portal.errors import NotFound
from portal.tenants.report_period import ReportPeriod, report_period, report_periods, reporting_year

#: Wards on one page of the heat map: 3,321 of them are 34 pages of a few kilobytes each.
PER_PAGE = 100

#: The orders of the ranking.
SLOW, NAME = "slow", "name"


@dataclass(frozen=True)
class Choice:
    """`year`: of the plans, None for all. `period`: the code of a closed one, empty for now. `office`: the slug of an
    office below the unit, empty for all. `q`: a part of a ward's name.
    """

    year: int | None = None
    period: str = ""
    office: str = ""
    order: str = SLOW
    q: str = ""
    page: int = 1

    @classmethod
    def of(cls, said: Mapping[str, str], today: date) -> "Choice":
        """What an address says. Raises NotFound for a year or a period that cannot be, or is not over yet."""
        chosen = cls(
            year=_whole(said.get("year", "")),
            period=said.get("period", ""),
            office=said.get("office", ""),
            order=NAME if said.get("order") == NAME else SLOW,
            q=said.get("q", "").strip(),
            page=_whole(said.get("page", "")) or 1,
        )
        if chosen.closed and not chosen.closed.has_closed(today):
            raise NotFound
        return chosen

    @cached_property
    def closed(self) -> ReportPeriod | None:
        """The closed period chosen; None for the board as it stands now."""
        return report_period(self.period) if self.period else None

    @property
    def period_end(self) -> date | None:
        """The last day of the closed period."""
        return self.closed.end if self.closed else None

    def day(self, today: date) -> date:
        """The day whose figures are shown."""
        return self.period_end or today

    @property
    def is_whole(self) -> bool:
        """Whether everything is shown as it stands now: all years, no closed period, all offices."""
        return not (self.year or self.period or self.office)

    def address(self, **different: object) -> dict[str, object]:
        """What goes into an address for this choice, or for it with something else; what is usual stays out."""
        changed = asdict(replace(self, **({"page": 1} | different)))  # type: ignore[arg-type]
        return {name: value for name, value in changed.items() if value != _USUAL[name]}


def pages_of(count: int) -> int:
    """How many pages so many wards fill, one at least."""
    return max(1, math.ceil(count / PER_PAGE))


def named_periods(ends: list[date]) -> list[ReportPeriod]:
    """The longest period that closes on each of these days: what its figures are offered under."""
    found = {one.end: one for year in {reporting_year(end) for end in ends} for one in report_periods(year)}
    return [found[end] for end in ends if end in found]


def _whole(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or not 0 < int(typed) < 10_000:
        raise NotFound
    return int(typed)


_USUAL = asdict(Choice())
