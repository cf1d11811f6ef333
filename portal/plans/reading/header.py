"""The Decree 30/2020 frame of a document read into metadata: number, date, issuer, title, signer, recipients."""

import re
from dataclasses import dataclass
from datetime import date as Day

from portal.plans.reading.citations import hotline_in, legal_refs_in, parent_plan_in, urls_in
from portal.plans.reading.damage.accents import with_key_accents
from portal.plans.reading.document import Metadata, Paragraph
from portal.text import fold, normalise_spaces, spelling

_NUMBER = re.compile(
    r"(?i)S[ốô]\s*[:.]?\s*(?P<number>\d{1,5}[a-zA-Z]?)?\s*(?P<slash>/|-|\s-\s)\s*(?P<symbol>[A-ZĐ][\w\-–&.Đ]*(?:/[\w\-–&]+)?)"
)
_PLACE_DATE = re.compile(
    r"(?P<place>[^,;:\n]{1,40}?)\s*,?\s*(?P<date>ngày\s*(?P<day>\d{0,2}|[….]*)\s*tháng\s*(?P<month>\d{0,2}|[….]*)\s*năm\s*(?P<year>\d{4}))"
)
_NATIONAL = re.compile(r"(?i)cộng h[oòóọ][aàáạ] xã hội|độc lập\s*[-–—]\s*tự do|[-–_—]{3,}")
_ISSUER = re.compile(
    r"^(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|ban chi dao|ban thuong vu|bch|doan|hoi)\b"
)
_MOTTO = re.compile(r"(?i)^(?:đoàn tncs|đảng cộng sản)")
_BODY_ISSUER = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|ủy ban nhân dân)\s+(?P<unit>(?:phường|xã|thị trấn|"
    r"đặc khu)\s+(?:[A-ZĐÀ-Ỹ0-9][\w]*\s?){1,5})"
)
_UNIT_LEVELS = (("ward", "phường"), ("commune", "xã"), ("township", "thị trấn"), ("special_zone", "đặc khu"))
_KEPT_CAPITALS = {"UBND", "HĐND", "BCH", "TNCS"}
_LEVEL = re.compile(r"(?<!^)\b(?:Phường|Xã|Thị Trấn|Thị Xã|Đặc Khu|Thành Phố|Huyện|Quận|Tỉnh)(?=\s)")
_DOC_TYPES = (
    "Kế hoạch",
    "Quyết định",
    "Chương trình",
    "Phương án",
    "Đề án",
    "Hướng dẫn",
    "Thông báo",
    "Nghị quyết",
    "Chỉ thị",
)
_AUTHORITY = re.compile(r"(?i)^(?:t\.?/?m|k\.?t|t\.?l|t\.?u\.?q|q)\s*[./]")
_TITLE_OF_PERSON = re.compile(
    r"(?i)^(?:phó |quyền |q\. ?)?(?:chủ tịch|bí thư|trưởng|chánh|giám đốc|chủ nhiệm|phó trưởng)"
)
_PERSON = re.compile(r"^(?:(?:Ths|ThS|TS|BS|CN|Đ/c)\.?\s+)?[A-ZĐÀ-Ỹ][\w]*(?:\s+[A-ZĐÀ-Ỹ][\w]*){1,5}$")
_SUBJECT = re.compile(r"(?i)(?:v/v|về việc)\s*:?\s*")
_YEAR = re.compile(r"năm\s+(20\d\d)")


@dataclass
class _Frame:
    header: list[str]
    titles: list[str]
    recipients: list[str]
    signatures: list[str]
    body: list[str]
    headings: list[str]


def read_metadata(paragraphs: list[Paragraph]) -> Metadata:
    """Return what the frame of the document and its opening sentences say; absent facts are None."""
    frame = _frame(paragraphs)
    header = "\n".join(frame.header)
    number = _NUMBER.search(header)
    placed = _PLACE_DATE.search(_without_number(header))
    issuer_header, upper_header = _issuers(frame.header)
    issuer = _issuer(issuer_header, frame)
    signer, signer_title, authority = _signature(frame.signatures)
    parent = parent_plan_in(" ".join(frame.body[:6]))
    title = normalise_spaces(" ".join(_title_words(frame.titles))) or _subject(frame.header)
    day, precision, month = _issue_date(placed)
    return Metadata(
        doc_type=_doc_type(frame.titles, number),
        title=title,
        title_lines=tuple(frame.titles),
        year=_plan_year(title, frame, placed),
        issuer=issuer,
        issuer_level=next((level for level, word in _UNIT_LEVELS if issuer and f" {word} " in issuer), None),
        upper_unit=_tidy_unit(upper_header) if upper_header else parent.issuer if parent else None,
        province=_province(upper_header, placed, parent.issuer if parent else None),
        upper_header=upper_header,
        issuer_header=issuer_header,
        number=_number(number),
        number_as_written=normalise_spaces(number[0]) if number else None,
        symbol=number["symbol"] if number else None,
        place_as_written=placed["place"].strip(" ,") if placed else None,
        place_date=normalise_spaces(placed[0]) if placed else None,
        issue_date=day,
        issue_date_precision=precision,
        issue_month=month,
        issue_date_as_written=normalise_spaces(placed["date"]) if placed else None,
        parent_plan=parent,
        signer=signer,
        signer_title=signer_title,
        sign_authority=authority,
        recipients=tuple(frame.recipients),
        sections=tuple(frame.headings),
        missing=_missing(frame.header, issuer_header, number, day),
        urls=urls_in(paragraphs),
        hotline=hotline_in(paragraphs),
        legal_refs=legal_refs_in(paragraphs, parent),
    )


def _frame(paragraphs: list[Paragraph]) -> _Frame:
    def of(kind: str) -> list[str]:
        return [with_key_accents(p.text) for p in paragraphs if p.kind == kind]

    recipients = [text.strip(" -+–;.") for text in of("recipient") if not re.match(r"(?i)nơi nhận", text)]
    headings = [
        p.text.rstrip(" :") for p in paragraphs if p.kind == "heading" and p.section and "." not in p.section
    ]
    body = [p.text for p in paragraphs if p.kind in ("text", "item", "heading", "bullet")]
    titles = [p.text for p in paragraphs if p.kind == "title"]
    return _Frame(of("header"), titles, [r for r in recipients if r], of("signature"), body, headings)


def _without_number(header: str) -> str:
    return _NUMBER.sub("", header)


def _issuers(header: list[str]) -> tuple[str | None, str | None]:
    """Return (issuer, upper unit) as written: the last unit named is the one that issues."""
    units: list[str] = []
    open_name = False
    for line in header:
        if _ISSUER.match(fold(line)) and not _NATIONAL.search(line) and not _MOTTO.match(line):
            units.append(line)
            open_name = True
        elif open_name and _goes_on(line):
            units[-1] += f" {line}"
        else:
            open_name = False
    if not units:
        return None, None
    return units[-1], units[0] if len(units) > 1 else None


def _goes_on(line: str) -> bool:
    """A name broken over two lines: "ỦY BAN NHÂN DÂN" / "PHƯỜNG MINH TÂN"."""
    return line.isupper() and not (_NATIONAL.search(line) or _NUMBER.search(line) or _PLACE_DATE.search(line))


def _issuer(issuer_header: str | None, frame: _Frame) -> str | None:
    if issuer_header:
        return _tidy_unit(issuer_header)
    for text in frame.body[:8] + frame.titles:
        if match := _BODY_ISSUER.search(text):
            return f"UBND {match['unit'].strip()}"
    return None


def _tidy_unit(written: str) -> str:
    """Return "UBND phường Tân Lập" for "ỦY BAN NHÂN DÂN PHƯỜNG TÂN LẬP"."""
    words = normalise_spaces(written)
    if fold(words).startswith("uy ban nhan dan"):
        words = "UBND" + words[len("ủy ban nhân dân") :]
    if not words.isupper():
        return words
    named = " ".join(word if word in _KEPT_CAPITALS else word.capitalize() for word in words.split())
    return _LEVEL.sub(lambda match: match[0].lower(), named)


def _title_words(titles: list[str]) -> list[str]:
    """The lines of the title; of a decision with a plan annexed, those of the plan."""
    known = {fold(doc_type) for doc_type in _DOC_TYPES}
    plan = max((n for n, line in enumerate(titles) if fold(line) == "ke hoach"), default=0)
    return [line for line in titles[plan:] if fold(line) not in known and not line.startswith("(")]


def _number(number: re.Match[str] | None) -> str | None:
    """Return "19/KH-UBND"; the Youth Union writes "16-KH/ĐTN"."""
    if number is None or not number["number"]:
        return None
    return f"{number['number']}{number['slash'].strip()}{number['symbol']}"


def _subject(header: list[str]) -> str | None:
    """The subject of an official letter: "V/v …", which may run over several lines."""
    for position, line in enumerate(header):
        if match := _SUBJECT.match(line):
            following = [text for text in header[position + 1 : position + 3] if text[:1].islower()]
            return normalise_spaces(" ".join([line[match.end() :], *following])).rstrip(" .")
    return None


def _doc_type(titles: list[str], number: re.Match[str] | None) -> str | None:
    for line in titles:
        for doc_type in _DOC_TYPES:
            if fold(line).startswith(fold(doc_type)):
                return doc_type
    symbols = {"KH": "Kế hoạch", "QĐ": "Quyết định", "CTr": "Chương trình", "UBND": "Công văn"}
    symbol = re.split(r"[-/]", number["symbol"])[0] if number else ""
    return symbols.get(symbol)


def _issue_date(placed: re.Match[str] | None) -> tuple[Day | None, str, str | None]:
    if placed is None:
        return None, "none", None
    year = int(placed["year"])
    month = int(placed["month"]) if placed["month"].isdigit() else 0
    day = int(placed["day"]) if placed["day"].isdigit() else 0
    if not 1 <= month <= 12:
        return None, "year", None
    try:
        return (Day(year, month, day), "day", None) if day else (None, "month", f"{year}-{month:02d}")
    except ValueError:
        return None, "month", f"{year}-{month:02d}"


def _plan_year(title: str | None, frame: _Frame, placed: re.Match[str] | None) -> int | None:
    for text in ([title] if title else []) + frame.titles + frame.body[:4]:
        if match := _YEAR.search(spelling(text)):
            return int(match[1])
    return int(placed["year"]) if placed else None


def _province(upper: str | None, placed: re.Match[str] | None, parent: str | None) -> str | None:
    for text in (upper, parent):
        if text and (match := re.match(r"(?i)(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+tỉnh\s+(.+)", text)):
            return _tidy_unit(match[1]).strip()
    return None


def _signature(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    authority = [line for line in lines if _AUTHORITY.match(line)]
    titles = [line for line in lines if _TITLE_OF_PERSON.match(line) and line not in authority]
    people = [line for line in lines if _PERSON.match(line) and not line.isupper() and line not in titles]
    own_title = titles[-1] if titles else None
    if own_title is None and authority:
        own_title = re.sub(_AUTHORITY, "", authority[-1]).strip() or None
    return people[-1] if people else None, own_title, "; ".join(authority) or None


def _missing(
    header: list[str], issuer: str | None, number: re.Match[str] | None, day: Day | None
) -> tuple[str, ...]:
    facts = {
        "Quốc hiệu/Tiêu ngữ": any(_NATIONAL.search(line) for line in header),
        "issuer block": issuer is not None,
        "document number": bool(number and number["number"]),
        "day of issue": day is not None,
    }
    return tuple(name for name, present in facts.items() if not present)
