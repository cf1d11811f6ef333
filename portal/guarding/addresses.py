"""Where one child lives, and the class and school of one child."""

import re
from collections.abc import Iterator

from portal.guarding.cleaning import Sentence
from portal.guarding.finding import Finding, Kind
from portal.guarding.words import HOME
from portal.text import CAPITALS

_WAY = r"(?:duong|pho|ngo|ngach|hem|to|thon|ban|xom|ap|khu)"
_SMALL = r"(?!(?:co|la|va|voi|cung|chua|dang)\b)"
_NAMED = rf"(?: {_SMALL}[^\W\d_]+(?: {_SMALL}[^\W\d_]+)?| \d+(?:/\d+)*)"
_HOUSE = re.compile(
    rf"\b(?:so nha|nha so|sn|so)\s?\d{{1,4}}[a-z]?(?:/\d+)*(?:,? {_WAY}{_NAMED}){{1,3}}"
    rf"|\b(?:so nha|nha so)\s?\d{{1,4}}[a-z]?(?:/\d+)*"
    rf"|\bngo \d+(?:/\d+)*(?:,? {_WAY}{_NAMED}){{0,2}}"
)
_CLASS = re.compile(r"\blop (?:\d{1,2} ?[a-z]?\d?|mau giao (?:lon|nho|be)|\d tuoi(?: [a-z])?|la|choi|mam)\b")
_SCHOOL = re.compile(
    r"\b(?:truong|tieu hoc|th|thcs|thpt|mam non|ptdtbt|noi tru)\b(?: (?:th|thcs|thpt|tieu hoc|mam non)\b)?"
)
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_a-z]\.\s?){1,5}(?:[^\W\d_a-z]\b)?")


def has_initials(sentence: Sentence) -> bool:
    """Whether somebody is written as initials here ("cháu N.V.A.")."""
    return _INITIALS.search(sentence.text) is not None


def find_addresses(sentence: Sentence, *, about_one: bool) -> Iterator[Finding]:
    """A house somebody lives in. `about_one`: the sentence names or initials a child."""
    houses = list(_HOUSE.finditer(sentence.bare))
    if houses and (about_one or HOME.pattern(plain=sentence.plain).search(sentence.lower)):
        for house in houses:
            yield Finding(house.start(), house.end(), Kind.ADDRESS)


def find_schools(sentence: Sentence, *, about_one: bool) -> Iterator[Finding]:
    """The class and the school of one child: even initials are a name then."""
    grade, school = _CLASS.search(sentence.bare), _SCHOOL.search(sentence.bare)
    if about_one and grade and school:
        yield Finding(grade.start(), grade.end(), Kind.SCHOOL)
        yield Finding(school.start(), _end_of_name(sentence, school.end()), Kind.SCHOOL)


def _end_of_name(sentence: Sentence, at: int) -> int:
    """Where the capitalised name of the school ends."""
    name = re.compile(rf"(?:\s+[{CAPITALS}][\w’']*)+").match(sentence.text, at)
    return name.end() if name else at
