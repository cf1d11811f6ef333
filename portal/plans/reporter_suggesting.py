"""Who could report an indicator, and how often: proposed from the plan's duties and words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from portal.plans.linking import linked
from portal.plans.target import Indicator
from portal.tasks.card import Card
from portal.tenants.agency import Agency
from portal.tenants.periods import Rhythm
from portal.text import fold

#: Which kind of agency counts what: the first that fits, before the duties of the plan are asked.
_COUNTED_BY = (
    (re.compile(r"\bkhai sinh\b"), "tpht"),
    (
        re.compile(r"\b(?:tiem chung|suy dinh duong|kham suc khoe|sang loc|bao hiem y te|hiv|tu vong)\b"),
        "tramyte",
    ),
    (
        re.compile(r"\b(?:hoc sinh|nha truong|den truong|mam non|tieu hoc|bo hoc|lop mot|hoc duong)\b"),
        "truong",
    ),
    (re.compile(r"\b(?:vi pham phap luat|ma tuy|pham toi|tai nan giao thong|can cuoc)\b"), "congan"),
)
#: Who looks after children in a ward, before and after the reform of 2025.
_GENERAL = ("vhxh", "p_vhxh", "ldtbxh_cc")

_REPORTS = re.compile(r"\bbao cao\b[^.;]{0,80}?\b(?P<rhythm>hang thang|hang quy|quy|6 thang|nam)\b")
_RHYTHMS = {
    "hang thang": Rhythm.MONTH,
    "hang quy": Rhythm.QUARTER,
    "quy": Rhythm.QUARTER,
    "6 thang": Rhythm.HALF,
}


def suggested_agencies(
    indicators: Sequence[Indicator], cards: Sequence[Card], agencies: Sequence[Agency]
) -> list[Agency | None]:
    """For each indicator the agency that counts such things, or whose duty speaks of it, or the child officer."""
    by_kind, by_id = _by_kind(agencies), {one.id: one for one in agencies}
    led = [(card, by_id[card.agency_id]) for card in cards if card.agency_id in by_id and card.text]
    leading = [agency for _card, agency in led]
    found = linked([one.text for one in indicators], [card.text for card, _agency in led])
    return [
        _counter(one.text, by_kind)
        or (leading[position] if position is not None else None)
        or next((by_kind[kind] for kind in _GENERAL if kind in by_kind), None)
        for one, position in zip(indicators, found, strict=True)
    ]


def _by_kind(agencies: Sequence[Agency]) -> Mapping[str, Agency]:
    found: dict[str, Agency] = {}
    for agency in agencies:
        if agency.kind:
            found.setdefault(agency.kind, agency)
    return found


def _counter(text: str, by_kind: Mapping[str, Agency]) -> Agency | None:
    folded = fold(text)
    kind = next((kind for mark, kind in _COUNTED_BY if mark.search(folded)), "")
    return by_kind.get(kind)


def suggested_rhythm(texts: Sequence[str]) -> Rhythm:
    """How often the plan asks for reports; every six months where it does not say."""
    said = [found["rhythm"] for text in texts for found in _REPORTS.finditer(fold(text))]
    counted = Counter(_RHYTHMS[word] for word in said if word in _RHYTHMS)
    return counted.most_common(1)[0][0] if counted else Rhythm.HALF
