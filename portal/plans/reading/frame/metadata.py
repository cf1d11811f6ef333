"""The Decree 30/2020 frame of a document read into metadata: number, date, issuer, title, signer, recipients."""

import re
from dataclasses import dataclass, replace
from datetime import date as Day

from portal.plans.reading.citations import annexed_to, hotline_in, legal_refs_in, parent_plan_in, urls_in
from portal.plans.reading.damage.accents import with_key_accents
from portal.plans.reading.document import Metadata, Paragraph
from portal.plans.reading.frame.issuers import (
    NATIONAL,
    issuer_of,
    issuers_in,
    level_of,
    province_of,
    tidy_unit,
)
from portal.plans.reading.frame.naming import doc_type_of, subject_in, title_words
from portal.plans.reading.frame.numbers import NUMBER, PLACE_DATE, issue_date_of, number_of
from portal.plans.reading.frame.signature import signature_in
from portal.text import normalise_spaces, spelling

# Not "đến năm 2030", nor the year of a date.
_YEAR = re.compile(r"(?<!đến )(?<!tháng \d )(?<!tháng \d\d )năm\s+(20\d\d)")


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
    number = NUMBER.search(header)
    placed = PLACE_DATE.search(NUMBER.sub("", header))
    issuer_header, upper_header = issuers_in(frame.header)
    issuer = issuer_of(issuer_header, frame.body[:8] + frame.titles)
    signer, signer_title, authority = signature_in(frame.signatures)
    parent = parent_plan_in(" ".join(frame.body[:6]))
    title = normalise_spaces(" ".join(title_words(frame.titles))) or subject_in(frame.header)
    day, precision, month = issue_date_of(placed)
    metadata = Metadata(
        doc_type=doc_type_of(frame.titles, number),
        title=title,
        title_lines=tuple(frame.titles),
        year=_plan_year(title, frame, placed),
        issuer=issuer,
        issuer_level=level_of(issuer),
        upper_unit=tidy_unit(upper_header) if upper_header else parent.issuer if parent else None,
        province=province_of(upper_header, parent.issuer if parent else None),
        upper_header=upper_header,
        issuer_header=issuer_header,
        number=number_of(number),
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
    return metadata if number or placed else _as_its_caption_says(metadata, frame)


def _as_its_caption_says(metadata: Metadata, frame: _Frame) -> Metadata:
    """An appendix alone has no header: "(Kèm theo Kế hoạch số … ngày … của UBND …)" tells whose it is."""
    found = annexed_to(" ".join([*frame.titles, *frame.header, *frame.body[:4], *frame.headings]))
    if found is None:
        return metadata
    doc_type, number, day, issuer = found
    return replace(
        metadata,
        doc_type=metadata.doc_type or doc_type,
        number=number,
        symbol=number.partition("/")[2],
        issuer=tidy_unit(issuer),
        issuer_level=level_of(tidy_unit(issuer)),
        issue_date=day,
        issue_date_precision="day" if day else "none",
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


def _plan_year(title: str | None, frame: _Frame, placed: re.Match[str] | None) -> int | None:
    """The year the title names, else one that the opening names and that fits the date of issue."""
    for text in ([title] if title else []) + frame.titles:
        if match := _YEAR.search(spelling(text)):
            return int(match[1])
    issued = int(placed["year"]) if placed else None
    for text in frame.body[:4]:
        for match in _YEAR.finditer(spelling(text)):
            if issued is None or int(match[1]) in (issued, issued + 1):
                return int(match[1])
    return issued


def _missing(
    header: list[str], issuer: str | None, number: re.Match[str] | None, day: Day | None
) -> tuple[str, ...]:
    facts = {
        "Quốc hiệu/Tiêu ngữ": any(NATIONAL.search(line) for line in header),
        "issuer block": issuer is not None,
        "document number": bool(number and number["number"]),
        "day of issue": day is not None,
    }
    return tuple(name for name, present in facts.items() if not present)
