"""Targets: what a plan promises in figures, one indicator for each promise, wherever it stands."""

import re
from collections.abc import Iterator

from portal.plans.reading.assignment.sentences import sentence_spans
from portal.plans.reading.duty import Indicator, TargetReading
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.structure.roles import TARGETS
from portal.text import spelling

_AT_LEAST = r"tối thiểu|ít nhất|trên|từ|đạt từ|không dưới|ít nhất là"
_AT_MOST = r"dưới|không quá|tối đa|xuống còn|giảm còn|giảm xuống|không vượt quá|thấp hơn"
# Never an endless run of digits: each start of one would be tried to its end.
_NUMBER = r"\d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?"
_FIGURE = rf"(?P<value>{_NUMBER})\s*(?P<unit>%o|‰|%|điểm)"
_PERCENT = re.compile(
    rf"(?:(?P<low>{_AT_LEAST})\s+|(?P<high>{_AT_MOST})\s+)?(?:mức\s+)?{_FIGURE}"
    r"(?P<after>\s*(?:trở lên|trở xuống|trở đi))?(?:\s+(?:số\s+)?(?P<of>[^,.;:]{3,80}))?"
)
_RATIO = re.compile(
    rf"(?:(?P<low>{_AT_LEAST})\s+|"
    rf"(?P<high>{_AT_MOST})\s+)?(?P<value>\d{{1,6}}(?:[.,]\d{{1,4}})?)\s*bé trai\s*/\s*100\s*bé gái"
)
# "giảm từ 6,2% xuống còn 5%": the first figure is where it starts, the second is promised.
_FROM_TO = re.compile(
    rf"từ\s+(?:mức\s+)?(?:{_NUMBER})\s*(?:%o|‰|%|điểm)(?:\s*\([^()]{{0,40}}\)|\s+năm\s+\d{{4}})?\s*,?\s*"
    rf"(?:(?P<down>(?:giảm\s+)?(?:xuống|còn)(?:\s+còn)?(?:\s+dưới)?)|(?:tăng\s+)?lên(?:\s+(?:đạt|trên))?)\s+{_FIGURE}"
)
_RATE = re.compile(
    rf"(?:(?P<low>{_AT_LEAST})\s+|(?P<high>{_AT_MOST})\s+)?(?P<value>{_NUMBER})\s*/\s*"
    r"(?P<per>1\.000|10\.000|100\.000)\s*(?P<of>[^,.;:\d]{0,40})"
)
_COUNT = re.compile(
    rf"(?:(?P<low>{_AT_LEAST})|(?P<high>{_AT_MOST})|xây dựng|thành lập|tổ chức|mở|duy trì)\s+"
    r"(?P<value>\d{1,6})\s+(?P<of>(?!tuổi|tháng|năm|ngày|giờ|phút|bé trai)[^\W\d][^,.;:\d]{1,40})"
)
_OF_ENDS = re.compile(
    r"\s+(?:được|bị|có|biết|không|đạt|đều|tham gia|trong độ tuổi được|hoàn thành|trở lên|trở xuống|để|"
    r"phải)\b.*$"
)
# Promises are parted by ";", by a comma only where a figure opens the next one.
_NEXT_FIGURE = re.compile(
    rf";\s*|,\s*(?:và\s+)?(?=(?:(?:{_AT_LEAST}|{_AT_MOST})\s+)?(?:{_NUMBER})\s*(?:%o|‰|%)\s+[^\W\d])"
)
_SUBJECT = re.compile(
    r"^(?:phấn đấu\s+)?(?:tỷ lệ|tỉ lệ)\s+(?P<of>[^\d]{3,80}?)\s*(?:đạt|duy trì|giảm|tăng|là|còn|xuống|"
    r"dưới|trên|từ)\b"
)


def read_targets(entries: list[Entry]) -> list[TargetReading]:
    """Return the targets of the target section, then the numeric ones hidden in other sections."""
    own, hidden = [], []
    for entry in entries:
        if entry.heading or entry.grid or not entry.text or not entry.section:
            continue
        if entry.role == TARGETS:
            own.append(_target(entry, entry.text))
        else:
            hidden += [_target(entry, text, hidden=True) for text in _numeric_sentences(entry.text)]
    return own + hidden


def _target(entry: Entry, text: str, *, hidden: bool = False) -> TargetReading:
    indicators = tuple(_indicator(clause) for clause in _clauses(text))
    return TargetReading(entry.paragraph.index, entry.section, text, indicators, hidden)


def _numeric_sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        if re.search(r"\d\s*(?:%|‰)", text[start:end]):
            yield text[start:end]


def _clauses(text: str) -> Iterator[str]:
    """Yield the promises of a paragraph: sentences, and parts at ";" that hold a figure of their own."""
    for start, end in sentence_spans(text):
        parts = _NEXT_FIGURE.split(text[start:end])
        for part in parts:
            if part.strip(" .;"):
                yield part.strip().rstrip(" .;/")


def _indicator(clause: str) -> Indicator:
    spelt = spelling(clause)
    if ratio := _RATIO.search(spelt):
        comparator = "<" if ratio["high"] else ">=" if ratio["low"] else "="
        return Indicator(
            clause, comparator=comparator, value=_number(ratio["value"]), unit="bé trai/100 bé gái"
        )
    if change := _FROM_TO.search(spelt):
        return _measured(clause, change, "<=" if change["down"] else ">=", _denominator(change, spelt))
    if match := _PERCENT.search(spelt):
        return _measured(clause, match, _comparator(match), _denominator(match, spelt))
    if rate := _RATE.search(spelt):
        comparator, unit = _comparator(rate), f"/{rate['per']} {rate['of']}".strip()
        return Indicator(clause, comparator=comparator, value=_number(rate["value"]), unit=unit)
    if count := _COUNT.search(spelt):
        unit = _OF_ENDS.sub("", count["of"]).strip()
        return Indicator(clause, comparator=_comparator(count), value=_number(count["value"]), unit=unit)
    return Indicator(clause, qualitative=True)


def _measured(clause: str, match: re.Match[str], comparator: str, denominator: str | None) -> Indicator:
    value = _number(match["value"])
    percent = value if match["unit"] == "%" else None
    return Indicator(clause, percent, comparator, value, match["unit"].replace("%o", "‰"), denominator)


def _comparator(match: re.Match[str]) -> str:
    after = match.groupdict().get("after") or ""
    if "lên" in after or "đi" in after:
        return ">="
    if "xuống" in after:
        return "<="
    if match["high"]:
        return "<" if match["high"] == "dưới" else "<="
    if match["low"]:
        return ">" if match["low"] == "trên" else ">="
    return "="


def _denominator(match: re.Match[str], spelt: str) -> str | None:
    if match["unit"] == "điểm":
        return None
    subject = _SUBJECT.match(spelt)
    of = subject["of"] if subject else match.groupdict().get("of")
    return _OF_ENDS.sub("", of).strip() or None if of else None


def _number(written: str) -> float:
    """Return a Vietnamese number: the comma is the decimal point, the full stop parts thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        return float(written.replace(".", ""))
    return float(written.replace(".", "").replace(",", ".") if "," in written else written)
