"""What printing left in a text: page numbers on lines of their own, and the running line beside them."""

import re
from collections import Counter

from portal.text import fold

_LONE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
_LONGEST_RUNNING = 80


def without_page_marks(lines: list[str]) -> list[str]:
    """Return `lines` with page numbers that count on, and running lines beside them, made empty."""
    numbers = _page_numbers(lines)
    beside = {at: _beside(lines, at) for at in numbers}
    seen = Counter(fold(lines[other]) for others in beside.values() for other in others)
    running = {other for others in beside.values() for other in others if seen[fold(lines[other])] > 1}
    return ["" if at in running or at in beside else line for at, line in enumerate(lines)]


def _page_numbers(lines: list[str]) -> list[int]:
    """The lines that hold nothing but a number, next to an empty line, where these count on from 1 or 2."""
    alone = [at for at, line in enumerate(lines) if _LONE_NUMBER.match(line) and _parted(lines, at)]
    values = [int(lines[at]) for at in alone]
    counts_on = values and values[0] in (1, 2) and values == list(range(values[0], values[0] + len(values)))
    return alone if counts_on else []


def _parted(lines: list[str], at: int) -> bool:
    above = at == 0 or not lines[at - 1].strip()
    below = at + 1 == len(lines) or not lines[at + 1].strip()
    return above or below


def _beside(lines: list[str], at: int) -> list[int]:
    """The short lines right above and below, or over an empty line where they stand alone."""
    found = [other for other in (at - 1, at + 1) if _is_short(lines, other)]
    for step in (-1, 1):
        other = at + 2 * step
        alone = not _is_short(lines, at + step) and not _has_words(lines, other + step)
        found += [other] if alone and _is_short(lines, other) else []
    return found


def _is_short(lines: list[str], at: int) -> bool:
    return _has_words(lines, at) and len(lines[at].strip()) <= _LONGEST_RUNNING


def _has_words(lines: list[str], at: int) -> bool:
    return 0 <= at < len(lines) and bool(lines[at].strip())
