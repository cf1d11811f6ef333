"""Somebody who knows every published number and every sum, and solves for the hidden ones by linear programming."""

from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

from portal.rollups.count_table import ALL, CountTable, Key


def ranges(
    table: CountTable, shown: Mapping[Key, int], wanted: Collection[Key]
) -> dict[Key, tuple[float, float]]:
    """The least and the most each wanted number can be; the attacker uses the shape of the table, not its counts."""
    known = [([key], float(count)) for key, count in shown.items()]
    return spans(known, {key: [key] for key in wanted}, [*table.counts], _sums(table))


def spans(
    known: Sequence[tuple[Sequence[Hashable], float]],
    wanted: Mapping[Key, Sequence[Hashable]],
    counts: Sequence[Hashable],
    sums: Sequence[tuple[Hashable, Sequence[Hashable]]] = (),
) -> dict[Key, tuple[float, float]]:
    """The least and the most that each wanted heap of counts can add up to.

    `known`: heaps with what they add up to. `sums`: counts that are the sum of others. No count is below 0.
    """
    place = {count: n for n, count in enumerate(counts)}
    matrix, right = np.zeros((len(sums) + len(known), len(counts))), np.zeros(len(sums) + len(known))
    for line, (whole, parts) in zip(matrix, sums, strict=False):
        line[place[whole]] = -1
        line[[place[part] for part in parts]] = 1
    for at, (heap, value) in enumerate(known, len(sums)):
        matrix[at, [place[one] for one in heap]], right[at] = 1, value
    goals = {}
    for key, heap in wanted.items():
        goals[key] = np.zeros(len(counts))
        goals[key][[place[one] for one in heap]] = 1
    return {key: (_least(matrix, right, goal), -_least(matrix, right, -goal)) for key, goal in goals.items()}


def _sums(table: CountTable) -> list[tuple[Key, list[Key]]]:
    """Every sum a reader of the table knows of: down the tree for each column, and over the columns for each row."""
    keys = list(table.counts)
    down = [
        (whole, [part for part in keys if table.parents[part[0]] == whole[0] and part[1] == whole[1]])
        for whole in keys
    ]
    across = [
        ((row, ALL), [part for part in keys if part[0] == row and part[1] != ALL])
        for row in {row for row, _column in keys}
    ]
    return [(whole, parts) for whole, parts in down + across if parts]


def _least(matrix: np.ndarray, right: np.ndarray, goal: np.ndarray) -> float:
    found = linprog(goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs")
    if found.status == 3:  # unbounded
        return -float("inf")
    assert found.status == 0, found.message
    return float(found.fun)
