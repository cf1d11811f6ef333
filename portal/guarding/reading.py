"""Reading a text for what would tell who a child is; and the same text with it masked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from portal.guarding.addresses import find_addresses, find_schools, has_initials
from portal.guarding.cleaning import Clean, Sentence, clean, sentences
from portal.guarding.finding import HIDDEN, NAMES, Finding
from portal.guarding.naming import find_names
from portal.guarding.numbers import find_numbers
from portal.guarding.words import CHILD

#: Shorter texts can tell nothing ("OK", "12/6").
_SHORTEST = 5


@dataclass(frozen=True)
class Read:
    """A text and what was found in it, in the text's own places (composed form)."""

    text: str
    findings: tuple[Finding, ...]


def read(text: str) -> Read:
    """What a text tells of a child. Well under a millisecond a sentence."""
    cleaned = clean(text)
    if len(cleaned.text) < _SHORTEST:
        return Read(cleaned.source, ())
    found = [
        _moved(finding, sentence, cleaned)
        for sentence in sentences(cleaned.text)
        for finding in _find(sentence)
    ]
    return Read(cleaned.source, tuple(_apart(found)))


def read_file_name(name: str) -> Read:
    """The same for a file's name, whose words are joined by dashes and underscores; what ends it is not read."""
    path = PurePath(name)
    stem = path.name.removesuffix(path.suffix)
    found = read(re.sub(r"[-_]", " ", stem))
    shown = stem if len(stem) == len(found.text) else found.text
    return Read(shown + path.suffix, found.findings)


def mask(read: Read) -> str:
    """The text with names cut to their initials and everything else hidden."""
    pieces, at = [], 0
    for finding in read.findings:
        pieces += [read.text[at : finding.start], _instead(read.text, finding)]
        at = finding.end
    return "".join([*pieces, read.text[at:]])


def _instead(text: str, finding: Finding) -> str:
    if finding.kind not in NAMES:
        return HIDDEN
    short = initials(text[finding.start : finding.end])
    return short.removesuffix(".") if text[finding.end : finding.end + 1] == "." else short


def initials(name: str) -> str:
    """`N.V.A.` for Nguyễn Văn An."""
    return "".join(f"{word[0].upper()}." for word in re.findall(r"[^\W\d_]+", name))


def _find(sentence: Sentence) -> list[Finding]:
    named = list(find_names(sentence))
    child = CHILD.pattern(plain=sentence.plain).search(sentence.lower)
    initialled = has_initials(sentence)
    one = bool(named) or initialled or child is not None
    found = [
        *named,
        *find_numbers(sentence, about_one=one),
        *find_addresses(sentence, about_one=bool(named) or initialled),
    ]
    return [*found, *find_schools(sentence, about_one=bool(named) or initialled)]


def _moved(finding: Finding, sentence: Sentence, cleaned: Clean) -> Finding:
    start, end = cleaned.place(sentence.start + finding.start, sentence.start + finding.end)
    return Finding(start, end, finding.kind)


def _apart(found: Iterable[Finding]) -> list[Finding]:
    """In order, none over another: of two that overlap the earlier and longer stays."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
