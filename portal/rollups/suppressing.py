"""Hides small counts of sensitive figures, and as many more as it takes that nobody can work them out.

The one entrance is `suppress`. It promises of what is left, for somebody who solves every published sum by linear
programming: a hidden count under FLOOR could be anything from 0 to 4, and no other hidden count is known to within 4.

How: the sums of a table whose rows are a tree are the balances of a network. A number is an arc from its row to the
column of the office above; a sum over columns runs back. Changing a hidden number without any published sum noticing
means pushing flow around a circle of hidden arcs. So for each hidden number the cheapest circle that moves it far
enough is sought, and the published numbers on it are hidden as well. (Cell suppression by network flow: Cox 1995.)

What it cannot do for you, and what the publisher of sensitive figures must keep to:
* Hidden numbers bear one mark, whether small or hidden for another's sake, and their values are not stored where the
  city's login reads. A share made of a hidden number is hidden, too.
* One closed period is published once, on a fixed day. Late changes are announced without figures: two versions of one
  period would be a subtraction, by reload or by export.
* One period has one tree: that of the period's last day. Another grouping of the same wards is a subtraction.
* A period that contains published ones (a year of two halves) is published in one table with them: the halves are its
  columns, and `earlier` says what is out already.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count as counter

from portal.rollups.count_table import ALL, CountTable, Key

#: Counts below this are hidden, 0 included: "nobody" is a fact about somebody as well (domain.md f).
FLOOR = 5

#: How far a hidden number has to be movable: 0 to 4.
_REACH = FLOOR - 1

_Node = tuple[str, Hashable, Hashable]


class CannotHide(Exception):
    """What was published before gives a count away that has to stay hidden: the table must not be published."""


@dataclass(frozen=True)
class Suppressed:
    """What may be published: `shown` with their values, and the keys of the `hidden`, whose values stay here."""

    shown: dict[Key, int]
    hidden: frozenset[Key]


def suppress(table: CountTable, earlier: Suppressed | None = None) -> Suppressed:
    """The table with small counts hidden, protected as the module promises.

    `earlier`: what was published before of this very table, the same keys with the same counts: hidden ones stay
    hidden, and shown ones are of no use for hiding others. Raises CannotHide.
    """
    network = _Network(table, earlier)
    for key in sorted(network.hidden, key=lambda key: -table.breadth[key]):
        network.protect(key)
    while network.added:
        network.protect(network.added.pop())
    shown = {key: count for key, count in table.counts.items() if key not in network.hidden}
    return Suppressed(
        {key: count for key, count in shown.items() if table.is_shown(key)}, frozenset(network.hidden)
    )


@dataclass
class _Network:
    """The arcs of a table, which of them are hidden, and which were hidden for another's sake and wait for a look."""

    table: CountTable
    earlier: Suppressed | None
    hidden: set[Key] = field(init=False)
    added: list[Key] = field(default_factory=list)

    def __post_init__(self) -> None:
        out = self.earlier.shown if self.earlier else {}
        before = self.earlier.hidden if self.earlier else frozenset()
        self.public = {key for key in self.table.counts if key in out}
        self.hidden = {
            key
            for key, count in self.table.counts.items()
            if self.table.is_shown(key) and key not in self.public and (count < FLOOR or key in before)
        }
        inner = set(self.table.parents.values())
        # Of several ways that cost the same, the one over the smallest numbers is found first.
        by_size = sorted(self.table.counts, key=self.table.counts.__getitem__)
        self.ends = {key: self._ends(key, key[0] in inner) for key in by_size}
        self.leaving: dict[_Node, list[Key]] = defaultdict(list)
        self.arriving: dict[_Node, list[Key]] = defaultdict(list)
        for key, (tail, head) in self.ends.items():
            self.leaving[tail].append(key)
            self.arriving[head].append(key)

    def _ends(self, key: Key, is_sum: bool) -> tuple[_Node, _Node]:
        row, column = key
        above = self.table.parents[row]
        below: _Node = ("sum", row, column) if is_sum else ("ward", row, None)
        top: _Node = ("top", row, None) if above is None else ("sum", above, column)
        return (top, below) if column == ALL else (below, top)

    def protect(self, key: Key) -> None:
        """See to it that the hidden number can be anything it must be able to be."""
        count = self.table.counts[key]
        tail, head = self.ends[key]
        if count < FLOOR:
            rest = self._push(head, tail, key, _REACH - count) + self._push(tail, head, key, count)
        else:
            less = self._push(head, tail, key, _REACH, most=0)
            less -= self._push(tail, head, key, less)
            rest = self._push(head, tail, key, _REACH - less)
        if rest:
            raise CannotHide(f"nothing is left to hide {key!r} with")

    def _push(
        self, source: _Node, target: _Node, without: Key, amount: int, most: float = float("inf")
    ) -> int:
        """Send `amount` from one node to the other around the number itself, hiding what the cheapest way needs.

        No way that costs more than `most` is taken. Returns how much could not be sent.
        """
        moved: dict[Key, int] = defaultdict(int)
        while amount > 0 and (way := self._cheapest(source, target, without, moved, most)):
            room = [self.table.counts[key] + moved[key] for key, sign in way if sign < 0]
            step = min([amount, *room])
            for key, sign in way:
                moved[key] += sign * step
                if key not in self.hidden and self.table.is_shown(key):
                    self.hidden.add(key)
                    self.added.append(key)
            amount -= step
        return amount

    def _cheapest(
        self, source: _Node, target: _Node, without: Key, moved: dict[Key, int], most: float
    ) -> list[tuple[Key, int]]:
        """The way that hides the least: the arcs with +1 for more and -1 for less; none if there is none (Dijkstra)."""
        order = counter()
        queue: list[tuple[int, int, _Node]] = [(0, next(order), source)]
        cost: dict[_Node, int] = {source: 0}
        came: dict[_Node, tuple[_Node, Key, int]] = {}
        while queue:
            spent, _turn, node = heappop(queue)
            if node == target:
                return _traced(came, source, target)
            if spent > cost[node]:
                continue
            for key, sign, following in self._open_arcs(node, moved):
                total = spent + self._price(key)
                if key != without and total <= most and total < cost.get(following, total + 1):
                    cost[following] = total
                    came[following] = (node, key, sign)
                    if following == target and total == 0:
                        return _traced(came, source, target)
                    heappush(queue, (total, next(order), following))
        return []

    def _open_arcs(self, node: _Node, moved: dict[Key, int]) -> list[tuple[Key, int, _Node]]:
        more = [(key, 1, self.ends[key][1]) for key in self.leaving[node]]
        less = [
            (key, -1, self.ends[key][0])
            for key in self.arriving[node]
            if self.table.counts[key] + moved.get(key, 0) > 0
        ]
        return [arc for arc in more + less if arc[0] not in self.public]

    def _price(self, key: Key) -> int:
        """What is lost when a number is hidden: the more counts it sums up, the more, so that totals stay."""
        return 0 if key in self.hidden or not self.table.is_shown(key) else self.table.breadth[key] ** 2


def _traced(came: dict[_Node, tuple[_Node, Key, int]], source: _Node, target: _Node) -> list[tuple[Key, int]]:
    way, node = [], target
    while node != source:
        node, key, sign = came[node]
        way.append((key, sign))
    return way
