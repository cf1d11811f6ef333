"""The plan as a document: its pieces as the file gives them, its paragraphs, and what its header says."""

from dataclasses import dataclass, field
from datetime import date as Day


@dataclass(frozen=True)
class Block:
    """One paragraph (or one physical line) as a file format gives it, before anything is understood.

    `marker` is a number or bullet that the format keeps outside the text (Word numbering); `heading` is
    1-9 for a styled heading, else 0; `gap` says that an empty line, an indent or a page break stood
    before it; `wrapped` that it is one line of a page, broken where the margin was.
    """

    text: str
    marker: str = ""
    heading: int = 0
    bold: bool = False
    gap: bool = False
    wrapped: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Grid:
    """One table: rows of cell texts, merged cells repeated; `spanning` holds the rows that are one wide cell."""

    rows: tuple[tuple[str, ...], ...]
    spanning: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the document, verbatim, in reading order.

    `kind` is title, heading, item, bullet, text, table_row, signature, recipient or header; `section` is the
    path of numbers ("IV.1"); `source` is the undecoded text when a legacy font was decoded; `repaired` is a
    suggested reading of damaged text, shown beside the official words and never instead of them.
    """

    index: int
    text: str
    kind: str
    section: str | None
    level: int
    source: str | None = None
    repaired: str | None = None


@dataclass(frozen=True)
class ParentPlan:
    """The plan of the level above that this one says it carries out."""

    number: str
    date: Day | None
    issuer: str | None
    title: str | None


@dataclass(frozen=True)
class LegalRef:
    """A law, decree, decision or circular that is cited; `as_written` only where it was misspelt."""

    number: str
    date: Day | None
    as_written: str | None = None


@dataclass(frozen=True)
class Metadata:
    """What the Decree 30/2020 frame of the document says: who, number, date, title, signer, recipients."""

    doc_type: str | None = None
    title: str | None = None
    title_lines: tuple[str, ...] = ()
    year: int | None = None
    issuer: str | None = None
    issuer_level: str | None = None
    upper_unit: str | None = None
    province: str | None = None
    upper_header: str | None = None
    issuer_header: str | None = None
    number: str | None = None
    number_as_written: str | None = None
    symbol: str | None = None
    place_as_written: str | None = None
    place_date: str | None = None
    issue_date: Day | None = None
    issue_date_precision: str = "none"
    issue_month: str | None = None
    issue_date_as_written: str | None = None
    parent_plan: ParentPlan | None = None
    signer: str | None = None
    signer_title: str | None = None
    sign_authority: str | None = None
    recipients: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    hotline: str | None = None
    legal_refs: tuple[LegalRef, ...] = field(default=())
