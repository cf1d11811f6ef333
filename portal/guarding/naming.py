"""Names of children and of their families: whose a name is, by the words around it."""

import re
from collections.abc import Iterator

from portal.guarding import names
from portal.guarding.candidates import Candidate, candidates, touches
from portal.guarding.cleaning import Sentence
from portal.guarding.finding import Finding, Kind
from portal.guarding.words import CHILD, COURTESY, FAMILY, OFFICE, PLACE, PLIGHT, YOUNG
from portal.text import spelling

#: Between two names of one list: whatever the first is, the second is too.
_LISTED = re.compile(r"\s*(?:,|-|–|và|va|&|\+|;|\d\s?[.)]|,?\s?\d{1,2}\s?[.)]|chị|chi)\s*")
#: How far left of a name the word may stand that says whose it is, in characters of one clause.
_LEFT, _RIGHT = 42, 28
_CLAUSE_END = re.compile(r"[,(]")
#: "Em Hương kế toán", "em Tuấn bên Đoàn phường": the youngest of an office is called em, too.
_COLLEAGUE = re.compile(
    r"\s(?:ben|o|tren)?\s?(?:van phong|vp|ubnd|ke toan|cong an|doan|hoi|mttq|mat tran|tram y te|phong|so|van thu)\b"
)


def find_names(sentence: Sentence) -> Iterator[Finding]:
    """Names of children and of their families, not those of officers, streets and schools."""
    last_end, last_kind = -1, None
    for candidate in candidates(sentence):
        kind = _kind_by_words(sentence, candidate)
        if kind is None and last_kind and _LISTED.fullmatch(sentence.text, last_end, candidate.start):
            kind = last_kind
        if kind is None and candidate.full and len(candidate.words) > 2:
            plight = PLIGHT.pattern(plain=sentence.plain).search(sentence.lower)
            kind = Kind.NAME if plight or _year_follows(sentence, candidate) else None
        last_end, last_kind = candidate.end, kind
        if isinstance(kind, Kind):
            yield Finding(candidate.start, candidate.end, kind)


#: A name that is nobody's secret; told apart from "nothing known" because a list goes on with it.
INNOCENT = "innocent"


def _kind_by_words(sentence: Sentence, candidate: Candidate) -> Kind | str | None:
    if spelling(sentence.text[candidate.start : candidate.end]) in names.FAMED:
        return INNOCENT
    left = sentence.lower[max(0, candidate.start - _LEFT) : candidate.start]
    plain = sentence.plain
    nearest = {
        words: max((found.end() for found in phrases.pattern(plain=plain).finditer(left)), default=-1)
        for words, phrases in _CALLERS.items()
    }
    close = max(nearest, key=lambda words: (nearest[words], -_ORDER[words]))
    if nearest[close] < 0 or not _belongs(left[nearest[close] :], close):
        return INNOCENT if _title_follows(sentence, candidate) else None
    return _verdict(sentence, candidate, left, close)


_CALLERS = {
    "child": CHILD,
    "young": YOUNG,
    "family": FAMILY,
    "courtesy": COURTESY,
    "office": OFFICE,
    "place": PLACE,
}
_ORDER = {"child": 0, "family": 1, "office": 2, "courtesy": 3, "young": 4, "place": 5}


def _belongs(gap: str, caller: str) -> bool:
    """Whether what stands between a caller and a name keeps them together."""
    if caller in {"child", "courtesy"}:
        return len(gap.split()) <= 3 and not _CLAUSE_END.search(gap)
    if caller == "place":
        return len(gap.split()) <= 1 and not _CLAUSE_END.search(gap)
    return len(gap.split()) <= 5 and not _CLAUSE_END.search(gap)


def _verdict(sentence: Sentence, candidate: Candidate, left: str, caller: str) -> Kind | str | None:
    touching = touches(sentence, _CALLERS[caller], candidate.start)
    if caller in {"place", "office"}:
        return INNOCENT
    if caller == "courtesy":
        return _of_a_family(sentence, candidate, left)
    if caller == "family":
        return Kind.PARENT if candidate.full else None
    if candidate.full:
        return Kind.NAME
    many = re.search(r"(?:trẻ|các|những|mọi|tre|cac|nhung) em[\s:]*$", left)
    if caller != "child" or not touching or many:
        return None
    return INNOCENT if _COLLEAGUE.match(sentence.bare, candidate.end) else Kind.NAME


def _of_a_family(sentence: Sentence, candidate: Candidate, left: str) -> Kind | str | None:
    """Ông, bà, anh, chị: a parent when a word of the family stands before, an officer or a helper otherwise."""
    courtesy = list(COURTESY.pattern(plain=sentence.plain).finditer(left))[-1]
    before = left[: courtesy.start()].rstrip(" :")
    family = list(FAMILY.pattern(plain=sentence.plain).finditer(before))
    if family and re.fullmatch(
        r"(?:\s*(?:của|là|em|cháu|trẻ|cua|la|chau|tre))*\s*:?", before[family[-1].end() :]
    ):
        return Kind.PARENT
    return INNOCENT


def _title_follows(sentence: Sentence, candidate: Candidate) -> bool:
    """ "Nguyễn Văn Sơn, Phó Chủ tịch": said of an officer after the name."""
    right = sentence.lower[candidate.end : candidate.end + _RIGHT]
    office = OFFICE.pattern(plain=sentence.plain).search(right)
    return office is not None and re.fullmatch(r"\s*[,(–-]\s*", right[: office.start()]) is not None


def _year_follows(sentence: Sentence, candidate: Candidate) -> bool:
    return re.match(r"\s*\((?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d\)", sentence.text[candidate.end :]) is not None
