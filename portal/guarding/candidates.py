"""What could be a name: runs of capitals, or where capitals tell nothing a family name and a sure middle name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.guarding import names
from portal.guarding.cleaning import Sentence
from portal.guarding.words import CHILD, COURTESY, FAMILY, OFFICE, YOUNG, Phrases
from portal.text import spelling, unmarked

_WORD = re.compile(r"(?:[HYK]['’])?[^\W\d_]+")
_JOINED = re.compile(r"[ _]{1,3}")
_LONGEST_NAME = 5
_MINORITY = re.compile(r"[HYK]['’]\w+|Y [A-Z]\w+")


@dataclass(frozen=True)
class Word:
    """One word of a sentence; `key` is its spelling, without accents where the sentence has none."""

    start: int
    end: int
    text: str
    key: str

    @property
    def is_capitalised(self) -> bool:
        """A capital and then small letters, or one capital alone ("A" in Giàng A Páo)."""
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper() or "'" in self.text)


@dataclass(frozen=True)
class Candidate:
    """Words that could be a name; `full`: with a family name, and so a name even without "cháu" before it."""

    words: tuple[Word, ...]
    full: bool

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


def _words(sentence: Sentence) -> list[Word]:
    fold = unmarked if sentence.plain else spelling
    return [
        Word(m.start(), m.end(), m[0], fold(m[0]))
        for m in _WORD.finditer(sentence.text)
        if not _is_initial(m)
    ]


def _is_initial(match: re.Match[str]) -> bool:
    """One letter beside a full stop: a name that is masked already ("N.V.A.")."""
    return len(match[0]) == 1 and "." in match.string[max(0, match.start() - 1) : match.end() + 1]


def candidates(sentence: Sentence) -> list[Candidate]:
    """What could be a name in a sentence, in order."""
    words = _words(sentence)
    if not sentence.cased:
        return list(_without_capitals(sentence, words))
    found = list(_with_capitals(sentence, words))
    taken = [(one.start, one.end) for one in found]
    shouted = (one for one in _without_capitals(sentence, words) if not _overlaps(one, taken))
    return sorted([*found, *shouted], key=lambda one: one.start)


def _overlaps(candidate: Candidate, taken: list[tuple[int, int]]) -> bool:
    return any(candidate.start < end and start < candidate.end for start, end in taken)


def _surnames(sentence: Sentence) -> frozenset[str]:
    return names.PLAIN_SURNAMES if sentence.plain else names.SURNAMES


def _sure_middles(sentence: Sentence) -> frozenset[str]:
    return names.PLAIN_SURE_MIDDLES if sentence.plain else names.SURE_MIDDLES | {"a"}


def _with_capitals(sentence: Sentence, words: list[Word]) -> Iterator[Candidate]:
    """Runs of capitalised words: from a family name on, or a single name right after "cháu", "em", "chị"."""
    surnames = _surnames(sentence)
    for run in _runs(sentence, words):
        run = _without_callers(sentence, run)
        if not run:
            continue
        at = next((i for i, word in enumerate(run[:-1]) if word.key in surnames), None)
        if at is not None:
            yield Candidate(tuple(run[at : at + _LONGEST_NAME]), full=True)
        elif len(run) > 1 and _MINORITY.match(sentence.text, run[0].start):
            yield Candidate(tuple(run[:3]), full=True)
        elif len(run) <= 3 and run[0].key not in names.NO_NAME:
            yield Candidate(tuple(run), full=False)


def _runs(sentence: Sentence, words: list[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if run and not (word.is_capitalised and _JOINED.fullmatch(sentence.text, run[-1].end, word.start)):
            yield run
            run = []
        if word.is_capitalised:
            run.append(word)
    if run:
        yield run


def _without_callers(sentence: Sentence, run: list[Word]) -> list[Word]:
    """The run without what stands before a name and is capitalised by its place only ("Cháu", "Bà", "Học sinh")."""
    while len(run) > 1 and _is_caller(sentence, run[0]) and not _begins_a_name(sentence, run):
        run = run[1:]
    return [] if len(run) == 1 and _is_caller(sentence, run[0]) and run[0].start == 0 else run


def _begins_a_name(sentence: Sentence, run: list[Word]) -> bool:
    """ "Co Van Binh": a family name by what follows it, although it looks like "cô" without its accents."""
    surnames = _surnames(sentence)
    if len(run) < 3 or run[0].key not in surnames:
        return False
    return run[1].key not in surnames or run[1].key in _sure_middles(sentence)


def _is_caller(sentence: Sentence, word: Word) -> bool:
    pattern = [one.pattern(plain=sentence.plain) for one in (CHILD, YOUNG, COURTESY, FAMILY, OFFICE)]
    return any(one.fullmatch(sentence.lower, word.start, word.end) for one in pattern) and not (
        word.key in {"chu", "cha", "anh", "ban", "bạn", "nha"} and word.start
    )


def _without_capitals(sentence: Sentence, words: list[Word]) -> Iterator[Candidate]:
    """Text all small or all capital: a family name, a sure middle name, and one or two words of a given name."""
    plain = sentence.plain
    surnames = _surnames(sentence)
    middles = _sure_middles(sentence)
    paired = names.PLAIN_PAIRED if plain else names.PAIRED
    at = 0
    while at < len(words) - 2:
        if words[at].key in surnames and _is_name_here(sentence, words, at, middles):
            last = at + 2
            if last + 1 < len(words) and {words[last].key, words[last + 1].key} <= paired:
                last += _JOINED.fullmatch(sentence.text, words[last].end, words[last + 1].start) is not None
            yield Candidate(tuple(words[at : last + 1]), full=True)
            at = last
        at += 1


def _is_name_here(sentence: Sentence, words: list[Word], at: int, middles: frozenset[str]) -> bool:
    first, middle, given = words[at : at + 3]
    joined = all(
        _JOINED.fullmatch(sentence.text, one.end, two.start)
        for one, two in ((first, middle), (middle, given))
    )
    if not joined or (sentence.cased and not (first.text.isupper() and given.text.isupper())):
        return joined and sentence.cased and first.text.islower() and middle.key in middles
    if middle.key in middles:
        return True
    known = names.PLAIN_MIDDLES if sentence.plain else names.MIDDLES
    called = sentence.text[: first.start].rstrip().endswith(":") or any(
        touches(sentence, callers, first.start) for callers in (CHILD, YOUNG, FAMILY, COURTESY)
    )
    return middle.key in known and called


def touches(sentence: Sentence, phrases: Phrases, at: int) -> bool:
    """Whether one of the phrases ends right before this place."""
    pattern = phrases.pattern(plain=sentence.plain)
    left = sentence.lower[max(0, at - 24) : at]
    return any(not left[found.end() :].strip(" :_") for found in pattern.finditer(left))
