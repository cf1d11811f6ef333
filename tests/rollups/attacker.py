"""Somebody who knows every published number and every sum, and solves for the hidden ones by linear programming."""

from collections.abc import Collection, Mapping

import numpy as np
from scipy.optimize import linprog

from portal.rollups.count_table import ALL, CountTable, Key


def ranges(
    table: CountTable, shown: Mapping[Key, int], wanted: Collection[Key]
) -> dict[Key, tuple[float, float]]:
    """The least and the most each wanted number can be; the attacker uses the shape of the table, not its counts."""
    keys = list(table.counts)
    place = {key: n for n, key in enumerate(keys)}
    sums = _sums(table)
    matrix = np.zeros((len(sums), len(keys)))
    for line, (whole, parts) in zip(matrix, sums, strict=True):
        line[place[whole]] = -1
        line[[place[part] for part in parts]] = 1
    bounds = [(shown[key], shown[key]) if key in shown else (0, None) for key in keys]
    return {
        key: (_end(matrix, bounds, place[key], 1), _end(matrix, bounds, place[key], -1)) for key in wanted
    }


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


def _end(matrix: np.ndarray, bounds: list[tuple[int, int | None]], at: int, sign: int) -> float:
    goal = np.zeros(len(bounds))
    goal[at] = sign
    found = linprog(goal, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds, method="highs")
    if found.status == 3:  # unbounded
        return -sign * float("inf")
    assert found.status == 0, found.message
    return sign * float(found.fun)
