"""Where the rows of a printed table begin, when all that is known is which lines carry a row's number.

Most programs print a row's number on its first line; those that centre it print it in the middle, so that as
many lines of the row stand above the number as below.
"""

from dataclasses import dataclass

_FEWEST_DOUBTS = 0.3
_BROKEN_WORDS = 2


@dataclass(frozen=True)
class TableLine:
    """One line: whether a row's number is on it, how many cells go on in lower case, whether a page begins."""

    numbered: bool
    going_on: int
    on_new_page: bool = False


def row_starts(lines: list[TableLine]) -> set[int]:
    """Return the positions in `lines` at which rows begin; the first line always begins one."""
    numbered = [position for position, line in enumerate(lines) if line.numbered]
    doubted = sum(lines[position].going_on > 0 for position in numbered[1:])
    if doubted <= _FEWEST_DOUBTS * len(numbered):
        return set(numbered)
    return set(_centred(lines, numbered))


def _centred(lines: list[TableLine], numbered: list[int]) -> list[int]:
    """Return the row starts that keep every number nearest to the middle of its row."""
    middle = numbered[-1]
    # For each place where a row may start: the cost from there on, and where the row after it starts.
    costs = {
        start: _unevenness(start, middle, len(lines)) + _broken(lines[start])
        for start in _between(numbered, -1)
    }
    chosen: list[dict[int, int]] = []
    for row in range(len(numbered) - 2, -1, -1):
        middle, after = numbered[row], costs
        nexts = {
            start: min(after, key=lambda following: after[following] + _unevenness(start, middle, following))
            for start in _between(numbered, row)
        }
        costs = {
            start: after[following] + _unevenness(start, middle, following) + _broken(lines[start])
            for start, following in nexts.items()
        }
        chosen.append(nexts)
    starts = [0]
    for nexts in reversed(chosen):
        starts.append(nexts[starts[-1]])
    return starts


def _between(numbered: list[int], row: int) -> range:
    """Where the row may start: after the number above it, at the latest on its own number."""
    row %= len(numbered)
    return range(numbered[row - 1] + 1 if row else 0, numbered[row] + 1)


def _unevenness(start: int, middle: int, following: int) -> int:
    return abs((middle - start) - (following - 1 - middle))


def _broken(line: TableLine) -> int:
    """A row that starts in the middle of somebody's words is an unlikely one, but on a new page."""
    return 0 if line.on_new_page else _BROKEN_WORDS * line.going_on
