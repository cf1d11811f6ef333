"""Which cards of the board somebody asked for: read from the address, so that a filter can be kept and sent."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from portal.tasks.timeliness import Bucket
from portal.text import fold, nfc

VIEWS = ("columns", "lanes", "list", "calendar", "year")
QUICK = (
    *("late", "soon", "unaccepted", "undated", "silent", "explain", "explained", "blocked"),
    *("todo", "doing", "review", "done", *Bucket),
)
ORDERS = ("number", "title", "agency", "section", "state", "due")


@dataclass(frozen=True)
class BoardFilter:
    """`words`: folded search words. `quick`: one of QUICK, judged by the day and so applied after the query.

    `sort`: a column of the list, with "-" in front the other way round. `month`: the first day of the month that
    the calendar shows, or of the year that the timeline shows; none is the present one. `pick`: cards of the columns
    and lanes stand to be chosen, many at once.
    """

    view: str = "columns"
    agency_id: uuid.UUID | None = None
    plan_id: uuid.UUID | None = None
    words: str = ""
    typed: str = ""
    mine: bool = False
    quick: str = ""
    sort: str = ""
    month: date | None = None
    label: str = ""
    pick: bool = False

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> "BoardFilter":
        """What the address says; what it says wrongly is left out, so an old bookmark still opens a board."""
        view, quick, sort = args.get("view", ""), args.get("quick", ""), args.get("sort", "")
        return cls(
            view=view if view in VIEWS else "columns",
            agency_id=_uuid(args.get("agency")),
            plan_id=_uuid(args.get("plan")),
            words=fold(args.get("q", ""))[:100],
            typed=args.get("q", "")[:100],
            mine=args.get("mine") == "1",
            quick=quick if quick in QUICK else "",
            sort=sort if sort.removeprefix("-") in ORDERS else "",
            month=_month(args.get("month", "")),
            label=nfc(args.get("label", ""))[:60],
            pick=args.get("pick") == "1",
        )

    @property
    def is_empty(self) -> bool:
        """Whether it keeps every card."""
        return not (self.agency_id or self.plan_id or self.words or self.mine or self.quick or self.label)

    def address(self, **changed: str | None) -> dict[str, str]:
        """The query of the same filter with some parts changed; None drops a part."""
        parts = {
            "view": self.view if self.view != "columns" else None,
            "agency": str(self.agency_id) if self.agency_id else None,
            "plan": str(self.plan_id) if self.plan_id else None,
            "q": self.typed or None,
            "mine": "1" if self.mine else None,
            "quick": self.quick or None,
            "sort": self.sort or None,
            "month": f"{self.month:%Y-%m}" if self.month else None,
            "label": self.label or None,
            "pick": "1" if self.pick else None,
        }
        parts.update(changed)
        return {name: value for name, value in parts.items() if value}

    @property
    def query(self) -> str:
        """What stands behind the `?` of its address: how a view is kept."""
        return urlencode(self.address(pick=None))


def _month(value: str) -> date | None:
    """`2026-11` in an address; years far from ours are nobody's plan."""
    try:
        found = date.fromisoformat(f"{value}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _uuid(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None
