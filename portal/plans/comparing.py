"""Two versions of a plan, duty by duty: which of the new ones is which of the old ones. Pure: no rows, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.plans.reading.similarity import overlap
from portal.text import fold

#: From this share of common letters on, two duties are the same one in other words (0 to 1).
ALIKE = 0.8

# Two texts that share fewer neighbouring syllables are not ALIKE unless nearly every word is misspelt; of texts
# shorter than this (in characters) the letters are counted at once.
_COMMON_PAIRS, _SHORT = 0.3, 30

#: Shorter words (in characters) are contained in others by chance.
_LEAST = 12


@dataclass(frozen=True)
class Statement:
    """One duty as it is compared. `key` names it within its version and never repeats there."""

    key: str
    text: str
    agency: str = ""
    section: str = ""


@dataclass(frozen=True)
class Matching:
    """`pairs`: (key of the old, key of the new); `gone` are old keys and `added` new keys without a counterpart.

    `parts`: the same, where the words of one stand whole within those of the other: a duty that people split or merged
    when they reviewed the former version.
    """

    pairs: frozenset[tuple[str, str]]
    gone: frozenset[str]
    added: frozenset[str]
    parts: frozenset[tuple[str, str]] = frozenset()


def match(old: Iterable[Statement], new: Iterable[Statement]) -> Matching:
    """Pair every duty with at most one: those of the same words first, then the most alike.

    Among equals the same agency decides, then the same section, then the keys; so neither the order in which the
    duties come nor how often this is asked makes a difference.
    """
    old, new = list(old), list(new)
    unpaired_old, unpaired_new = {one.key: one for one in old}, {one.key: one for one in new}
    pairs: set[tuple[str, str]] = set()
    for candidates in (_of_same_words, _alike):
        for first, second in candidates(list(unpaired_old.values()), list(unpaired_new.values())):
            if first in unpaired_old and second in unpaired_new:
                pairs.add((first, second))
                del unpaired_old[first], unpaired_new[second]
    parts = {(part, whole) for whole, part in _within(new, unpaired_new, unpaired_old)}
    parts |= set(_within(old, unpaired_old, unpaired_new))
    gone = unpaired_old.keys() - {first for first, _second in parts}
    added = unpaired_new.keys() - {second for _first, second in parts}
    return Matching(frozenset(pairs), frozenset(gone), frozenset(added), frozenset(parts))


def similarity(text: str, other: str) -> float:
    """The share of letters two texts have in common, in the same order; accents and spaces aside (0 to 1)."""
    return SequenceMatcher(None, fold(text), fold(other), autojunk=False).ratio()


def _of_same_words(old: list[Statement], new: list[Statement]) -> Iterator[tuple[str, str]]:
    by_words: dict[str, list[Statement]] = defaultdict(list)
    for one in old:
        by_words[fold(one.text)].append(one)
    found = [(1.0, first, second) for second in new for first in by_words.get(fold(second.text), [])]
    return _best_first(found)


def _alike(old: list[Statement], new: list[Statement]) -> Iterator[tuple[str, str]]:
    found = []
    for first in old:
        # The matcher remembers much about its second text, so that stays while the first one changes.
        matcher = SequenceMatcher(None, "", fold(first.text), autojunk=False)
        for second in new:
            if not _may_be_alike(first.text, second.text):
                continue
            matcher.set_seq1(fold(second.text))
            share = matcher.ratio()
            if share >= ALIKE:
                found.append((share, first, second))
    return _best_first(found)


def _within(
    wholes: list[Statement], unpaired: Mapping[str, Statement], pieces: Mapping[str, Statement]
) -> Iterator[tuple[str, str]]:
    """(whole, piece) for each piece whose words stand in a whole.

    A whole without a counterpart must be mostly pieces; beside a counterpart only a piece of the same agency is a part,
    since the same words for another agency are another duty.
    """
    folded = {key: fold(piece.text) for key, piece in pieces.items()}
    for whole in wholes:
        text = fold(whole.text)
        found = [key for key, words in folded.items() if len(words) >= _LEAST and words in text]
        if whole.key not in unpaired:
            found = [key for key in found if pieces[key].agency == whole.agency]
        elif sum(len(folded[key]) for key in found) < ALIKE * len(text):
            continue
        yield from ((whole.key, key) for key in found)


def _may_be_alike(text: str, other: str) -> bool:
    """Whether it is worth counting letters: a hundred times quicker to tell from the neighbouring syllables."""
    shorter, longer = sorted((len(text), len(other)))
    if 2 * shorter < ALIKE * (shorter + longer):
        return False
    return shorter < _SHORT or overlap(text, other) >= _COMMON_PAIRS


def _best_first(found: list[tuple[float, Statement, Statement]]) -> Iterator[tuple[str, str]]:
    def rank(one: tuple[float, Statement, Statement]) -> tuple[float, bool, bool, str, str]:
        share, first, second = one
        other_agency, other_section = first.agency != second.agency, first.section != second.section
        return -share, other_agency, other_section, first.key, second.key

    return ((first.key, second.key) for _share, first, second in sorted(found, key=rank))
