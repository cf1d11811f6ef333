"""What a document cites: the plan of the level above, laws and decisions, web addresses, the child hotline."""

import re
from datetime import date as Day

from portal.plans.reading.document import LegalRef, Paragraph, ParentPlan
from portal.text import CAPITALS, normalise_spaces

_DAY = (
    r"ngày\s+(?P<d>\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*(?P<m>\d{1,2})\s*(?:[/.\-]|\s+năm\s+)\s*(?P<y>\d{4})"
)
# The title of the cited plan follows its issuer, often with a capital letter and no comma.
_TITLE_OPENING = r"(?:Triển|Về|Thực|Công|Xây|Phòng|Tổ|Bảo|Chăm|Hành|Tăng|Phát)\s"
_PARENT = re.compile(
    rf"(?i:kế hoạch|chương trình|công văn|"
    rf"quyết định)\s+số\s*:?\s*(?P<number>\d{{1,6}}\s*/\s*[\w\-–/&]+)\s*,?\s*{_DAY}\s+của\s+"
    r"(?P<issuer>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Ban Chỉ đạo|Sở|Phòng)\s+"
    rf"(?:tỉnh|thành phố|thị xã|huyện|quận|phường|xã|TP\.?)?\s*(?:(?!{_TITLE_OPENING})[{CAPITALS}][\w\-]*\s?)+)"
    r"(?P<title>[^.;]*)"
)
_ANNEXED = re.compile(
    rf"(?i:kèm theo)\s+(?P<type>Kế hoạch|Quyết định|Công văn|Chương trình)\s+số\s*:?\s*"
    rf"(?P<number>\d{{1,6}}\s*/\s*[\w\-–/&]+)\s*,?\s*{_DAY}\s+của\s+(?P<issuer>[^.;()]{{4,80}})"
)
_LEGAL = re.compile(
    rf"(?i:nghị định|thông tư|quyết định|nghị quyết|chỉ thị|"
    rf"luật)\s+(?:số\s*:?\s*)?(?P<number>\d{{1,6}}/(?:\d{{4}}/)?[A-ZĐ][\w\-Đ]*)(?:\s*,?\s*{_DAY})?"
)
_LAW = re.compile(
    r"(?:Luật|luật)\s+(?P<name>[Tt]rẻ em|[Pp]hòng,? chống bạo lực gia đình|"
    r"[Hh]ôn nhân và gia đình)(?:\s+năm\s+(?P<y>\d{4}))?"
)
_LAW_DATES = {("trẻ em", "2016"): Day(2016, 4, 5)}
_URL = re.compile(r"https?://[^\s<>()\"”]+[\w/]")
_HOTLINE = re.compile(r"(?i)(?:tổng đài|đường dây nóng|số điện thoại)[^.;]{0,60}\b(111)\b")
# "18/CTTTg": the dash of a symbol lost in typing.
_LOST_DASH = re.compile(r"/(CT|QĐ|NQ)(TTg|CP|UBND|HĐND)$")


def parent_plan_in(text: str) -> ParentPlan | None:
    """Return the first plan of another level that `text` says it carries out."""
    match = _PARENT.search(text)
    if match is None:
        return None
    title = normalise_spaces(match["title"]).strip(' ,:;“”"')
    title = re.sub(r"^(?:về việc|về|v/v)\s+", "", title)
    return ParentPlan(
        match["number"].replace(" ", ""),
        _day(match),
        match["issuer"].strip(),
        title.partition(", ")[0] if "UBND" in title else title or None,
    )


def annexed_to(text: str) -> tuple[str, str, Day | None, str] | None:
    """Return (kind, number, date, issuer) of the document that `text` says it came with, or None."""
    match = _ANNEXED.search(text)
    if match is None:
        return None
    number = match["number"].replace(" ", "")
    return match["type"], number, _day(match), normalise_spaces(match["issuer"])


def legal_refs_in(paragraphs: list[Paragraph], parent: ParentPlan | None) -> tuple[LegalRef, ...]:
    """Return the laws and acts cited, each once, in order."""
    found: dict[str, LegalRef] = {}
    for paragraph in paragraphs:
        for match in _LEGAL.finditer(paragraph.text):
            written = match["number"]
            number = _LOST_DASH.sub(r"/\1-\2", written)
            if parent is None or number != parent.number:
                found.setdefault(
                    number, LegalRef(number, _day(match), written if written != number else None)
                )
        for match in _LAW.finditer(paragraph.text):
            name = f"Luật {match['name'][:1].upper() + match['name'][1:]}" + (
                f" {match['y']}" if match["y"] else ""
            )
            date = _LAW_DATES.get((match["name"].lower(), match["y"] or ""))
            found.setdefault(name.lower(), LegalRef(name, date))
    dated = {name.rpartition(" ")[0] for name in found if re.search(r" \d{4}$", name)}
    return tuple(ref for name, ref in found.items() if name not in dated)


def urls_in(paragraphs: list[Paragraph]) -> tuple[str, ...]:
    """Return the web addresses written in the document."""
    return tuple(dict.fromkeys(url for p in paragraphs for url in _URL.findall(p.text)))


def hotline_in(paragraphs: list[Paragraph]) -> str | None:
    """Return the child-protection hotline when the document names it."""
    return next((match[1] for p in paragraphs if (match := _HOTLINE.search(p.text))), None)


def _day(match: re.Match[str]) -> Day | None:
    if not match["d"]:
        return None
    try:
        return Day(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
