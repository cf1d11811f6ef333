"""Runs of words on a line of fixed-width text, parted where a gap is wide enough."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A run of words on a line and the column it starts at."""

    start: int
    text: str


def fragments_of(line: str, gap: re.Pattern[str]) -> list[Words]:
    """Return the runs of words of `line` that `gap` parts; none for an empty line."""
    fragments, start = [], len(line) - len(line.lstrip())
    for match in gap.finditer(line):
        fragments.append(Words(start, line[start : match.start()]))
        start = match.end()
    return [*fragments, Words(start, line[start:])] if line.strip() else []
