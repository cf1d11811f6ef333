"""Some wards of a unit side by side, and beside them the whole unit: the same figures for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.errors import NotFound
from portal.rollups.choosing import Choice
from portal.rollups.figures import Figures
from portal.rollups.opening import open_wards
from portal.rollups.ward_line import WardLine, kinds_among, lines_of, with_kinds
from portal.rollups.wording import figures_said
from portal.tenants.catalogue import AgencyKind
from portal.tenants.overseeing import wards_under

#: Wards that fit beside each other on paper.
MOST = 6


@dataclass(frozen=True)
class Comparison:
    """The wards chosen, and all wards of the unit together."""

    lines: list[WardLine]
    everywhere: Figures
    too_many: bool

    @property
    def kinds(self) -> list[AgencyKind | None]:
        """The kinds of agencies that have cards in any of them."""
        return kinds_among(self.lines)

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """What is compared: its words, and how it stands in each ward and in the whole unit."""
        each = [*(line.figures for line in self.lines), self.everywhere]
        columns = [figures_said(figures) for figures in each]
        return [(words, [column[words] for column in columns]) for words in columns[0]]


def comparison_of(
    city: Session, unit_id: int, choice: Choice, slugs: Collection[str], today: date
) -> Comparison:
    """The wards with these slugs, in this order. Raises NotFound when one of them is not below the unit."""
    opened = open_wards(city, wards_under(city, unit_id, choice.day(today)))
    lines = lines_of(city, opened, choice, today)
    known = {line.ward.slug: line for line in lines}
    if not set(slugs) <= known.keys():
        raise NotFound
    chosen = [known[slug] for slug in dict.fromkeys(slugs)]
    everywhere = Figures.together(line.figures for line in lines)
    beside = with_kinds(city, opened, chosen[:MOST], choice)
    return Comparison(beside, everywhere, len(chosen) > MOST)
