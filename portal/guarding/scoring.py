"""How well the guard reads: recall and false alarms by class, on sentences it was tuned on and on others."""

import re
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.guarding.reading import Read, mask, read, read_file_name

#: The rules were tuned on the first half; the second was written at the same time and then left alone.
HALVES = ("development", "holdout")
_LINE = re.compile(r"([+-]) (\w+) \| (.*)")


@dataclass(frozen=True)
class Example:
    """A sentence of the corpus: whether it must be stopped, and its class."""

    tells: bool
    kind: str
    text: str

    def read(self) -> Read:
        """As the guard reads it."""
        return read_file_name(self.text) if self.kind == "filename" else read(self.text)


@dataclass
class Score:
    """Of a class: how many sentences, how many judged rightly, and those that were not."""

    total: int
    right: int
    wrong: list[str]


@cache
def corpus(half: str) -> tuple[Example, ...]:
    """The examples of one half. All names in it are invented."""
    lines = (Path(__file__).parent / "corpus" / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_example(line) for line in lines if line and not line.startswith("#"))


def _example(line: str) -> Example:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not an example: {line!r}")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), match[3]).replace("\\t", "\t")
    return Example(
        match[1] == "+", match[2], unicodedata.normalize("NFD", text) if match[2] == "nfd" else text
    )


def score(half: str) -> dict[tuple[bool, str], Score]:
    """By (must be stopped, class): how the sentences of one half are judged."""
    scores: dict[tuple[bool, str], Score] = defaultdict(lambda: Score(0, 0, []))
    for example in corpus(half):
        one = scores[example.tells, example.kind]
        one.total += 1
        if bool(example.read().findings) == example.tells:
            one.right += 1
        else:
            one.wrong.append(example.text)
    return dict(scores)


def share(scores: dict[tuple[bool, str], Score], *, tells: bool) -> float:
    """The share judged rightly: recall over what must be stopped, or what rightly passed of the rest."""
    of_these = [one for (told, _kind), one in scores.items() if told is tells]
    return sum(one.right for one in of_these) / sum(one.total for one in of_these)


def unmasked(half: str) -> list[str]:
    """Sentences that still tell something after one click on "mask"."""
    return [
        masked
        for example in corpus(half)
        if (masked := mask(example.read())) and Example(True, example.kind, masked).read().findings
    ]


def microseconds(half: str, rounds: int = 5) -> float:
    """How long one sentence takes, the best of several rounds."""
    examples = corpus(half)
    best = float("inf")
    for _round in range(rounds):
        start = time.perf_counter()
        for example in examples:
            example.read()
        best = min(best, time.perf_counter() - start)
    return best / len(examples) * 1_000_000
