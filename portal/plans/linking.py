"""Activities find the cards that carry them out, where the words say so clearly; a doubtful pair stays apart."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from portal.text import fold

#: Cosine of the pairs of syllables, rare ones weighing more (0 to 1). In the three real plans the right pairs reach
#: 0.31 to 0.49; the best wrong one is at 0.19 (a fund beside loudspeakers), and the next doubtful one at 0.23.
CLEAR = 0.3

_Pair = tuple[str, str]


def linked(activities: Sequence[str], cards: Sequence[str]) -> list[int | None]:
    """For each activity the position of the card that clearly carries it out; None where none does."""
    pieces, works = [_pairs(text) for text in activities], [_pairs(text) for text in cards]
    weights = _weights([*pieces, *works])
    lengths = [_length(work, weights) for work in works]
    holders: dict[_Pair, list[int]] = {}
    for position, work in enumerate(works):
        for pair in work:
            holders.setdefault(pair, []).append(position)
    return [_clearest(piece, holders, lengths, weights) for piece in pieces]


def _clearest(
    piece: frozenset[_Pair],
    holders: Mapping[_Pair, list[int]],
    lengths: Sequence[float],
    weights: Mapping[_Pair, float],
) -> int | None:
    shared: dict[int, float] = {}
    for pair in piece:
        for position in holders.get(pair, ()):
            shared[position] = shared.get(position, 0.0) + weights[pair] ** 2
    own = _length(piece, weights)
    alike = [(weight / (own * lengths[position]), position) for position, weight in shared.items()]
    likeness, position = max(alike, default=(0.0, 0), key=lambda found: (found[0], -found[1]))
    return position if likeness >= CLEAR else None


def _weights(texts: Sequence[frozenset[_Pair]]) -> dict[_Pair, float]:
    """A pair that stands in every paragraph ("trẻ em") says little, a rare one much."""
    found = Counter(pair for text in texts for pair in text)
    return {pair: math.log(1 + len(texts) / count) for pair, count in found.items()}


def _length(text: frozenset[_Pair], weights: Mapping[_Pair, float]) -> float:
    return math.sqrt(sum(weights[pair] ** 2 for pair in text))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[_Pair]:
    return frozenset(pairwise(re.findall(r"\w+", fold(text))))
