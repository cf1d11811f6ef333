"""A table of counts as it is published: rows in a tree of offices, columns, and every sum that is shown beside them."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

#: A row and a column. A row is a ward or an office; a column an indicator, a period, a kind of agency.
Key = tuple[Hashable, Hashable]

#: The column of the sums over all columns: `(row, ALL)`.
ALL = "*"


@dataclass(frozen=True)
class CountTable:
    """Whole numbers of the wards, and the tree above them; the sums follow from both.

    `parents` names for every row the one above it, None at the top (several tops are several tables). `cells` holds
    the counts of rows that have nobody below them; a count that was never reported is left out, not set to 0.
    `across`: whether sums over the columns are shown; leave it False when columns do not add up (two indicators).
    Raises ValueError for counts that are no whole number from 0, for rows out of the tree, for a column named ALL.
    """

    parents: Mapping[Hashable, Hashable | None]
    cells: Mapping[Key, int]
    across: bool = True

    def __post_init__(self) -> None:
        inner = set(self.parents.values())
        for (row, column), count in self.cells.items():
            if row not in self.parents or row in inner or column == ALL:
                raise ValueError(f"no place for a count: row {row!r}, column {column!r}")
            if not isinstance(count, int) or count < 0:
                raise ValueError(f"not a count: {count!r}")

    def upwards(self, row: Hashable) -> Iterator[Hashable]:
        """The row, the one above it, and so on to the top. Raises ValueError when the tree goes in a circle."""
        seen: set[Hashable] = set()
        at: Hashable | None = row
        while at is not None:
            if at in seen:
                raise ValueError(f"the tree goes in a circle at {at!r}")
            seen.add(at)
            yield at
            at = self.parents[at]

    @cached_property
    def counts(self) -> dict[Key, int]:
        """Every number of the table: the wards' own, sums up the tree, sums over the columns (also when not shown)."""
        return self._summed(self.cells)

    @cached_property
    def breadth(self) -> dict[Key, int]:
        """How many of the wards' own counts are summed up in each number."""
        return self._summed(dict.fromkeys(self.cells, 1))

    def is_shown(self, key: Key) -> bool:
        """Whether the number has a place on the page at all."""
        return self.across or key[1] != ALL

    def _summed(self, own: Mapping[Key, int]) -> dict[Key, int]:
        sums: dict[Key, int] = defaultdict(int)
        for (row, column), count in own.items():
            for above in self.upwards(row):
                sums[above, column] += count
                sums[above, ALL] += count
        return dict(sums)
