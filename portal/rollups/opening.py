"""Opening wards for a page of the city: what they published, and what those published that were merged into them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.rollups.figures import Figures
from portal.tenants.overseeing import enter_wards
from portal.tenants.succession import counted_with
from portal.tenants.ward import Ward

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Opened:
    """The wards of a page. `heaps`: each with itself and the wards merged into it; their figures are added up."""

    wards: list[Ward]
    heaps: Mapping[int, list[int]]

    @cached_property
    def ids(self) -> list[int]:
        """Every ward whose rows are read."""
        return sorted({ward_id for heap in self.heaps.values() for ward_id in heap})

    def sum(self, figures: Mapping[int, Figures], ward_id: int) -> Figures:
        """The figures of a ward and its predecessors as one ward's."""
        found = [figures[one] for one in self.heaps[ward_id] if one in figures]
        return found[0] if len(found) == 1 else Figures.together(found)

    def added(self, figures: Mapping[int, Mapping[K, Figures]], ward_id: int) -> dict[K, Figures]:
        """The figures of a ward and its predecessors as one ward's: by the same kind, or the same day."""
        together: dict[K, Figures] = {}
        for one in self.heaps[ward_id]:
            for key, own in figures.get(one, {}).items():
                together[key] = Figures.together([together[key], own]) if key in together else own
        return together


def open_wards(city: Session, wards: list[Ward]) -> Opened:
    """Enter these wards for the rest of the request.

    A ward that stands on the page for itself (a day before its merger is shown) is not counted in its successor too.
    """
    listed = {ward.id for ward in wards}
    heaps = {
        ward_id: [one for one in heap if one == ward_id or one not in listed]
        for ward_id, heap in counted_with(city, sorted(listed)).items()
    }
    opened = Opened(wards, heaps)
    enter_wards(city, opened.ids)
    return opened
