"""How alike two Vietnamese texts are, by the pairs of neighbouring syllables they share."""

import re
from functools import lru_cache
from itertools import pairwise

from portal.text import fold

_CLEAR = 0.34
_MOST = 3


def closest(text: str, candidates: list[str]) -> tuple[int, ...]:
    """Return the positions of the candidates that clearly resemble `text`, the closest first, at most three."""
    scores = [(overlap(text, other), position) for position, other in enumerate(candidates)]
    clear = sorted((score for score in scores if score[0] >= _CLEAR), key=lambda score: (-score[0], score[1]))
    return tuple(position for _, position in clear[:_MOST])


def overlap(text: str, other: str) -> float:
    """Return the share of the shorter text's syllable pairs that the other has too, 0 to 1."""
    first, second = _pairs(text), _pairs(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = re.findall(r"\w+", fold(text))
    return frozenset(pairwise(words))
