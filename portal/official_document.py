"""An official document as .docx, laid out as Decree 30/2020/NĐ-CP (annex I) wants it, for a person to number and sign.

A draft: number, day and signature are left blank, because only the office can give them.
"""

import io
from dataclasses import dataclass, field
from datetime import date

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

#: What a reader of .docx is told the file is.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_CENTRE, _LEFT, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY

#: Sizes in points: annex I allows 13 to 14 for the text, 12 to 13 for the head, 12 and 11 for the recipients.
_TEXT, _HEAD, _RECIPIENTS_TITLE, _RECIPIENTS = Pt(14), Pt(13), Pt(12), Pt(11)

#: The short lines under the head of the page.
_RULE = Pt(6)


@dataclass(frozen=True)
class Grid:
    """A table: column heads, rows of words, widths in centimetres; `centred`: columns of numbers, counted from 0.

    `points`: the size of its letters; a table of many columns needs them smaller.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    centred: tuple[int, ...] = ()
    points: int = 13


@dataclass(frozen=True)
class Heading:
    """`words`: a line in bold that begins a part."""

    words: str


Block = str | Grid | Heading


@dataclass(frozen=True)
class OfficialDocument:
    """`issuer_above`: the body one tier up, or nothing. `symbol`: what stands after the blank number.

    `type_name`: `BÁO CÁO`; empty for a letter (công văn), whose `subject` stands under the number after "V/v" and which
    is addressed `to` somebody. `signed_for`: for_the_committee. `copies`: the lines under "Nơi nhận".
    `annex`: what stands on a page of its own after the signature, under `annex_title`.
    """

    issuer: str
    symbol: str
    place: str
    day: date
    subject: str
    body: tuple[Block, ...]
    copies: tuple[str, ...]
    signed_for: str
    signer_title: str
    signer_name: str
    issuer_above: str = ""
    type_name: str = ""
    to: tuple[str, ...] = field(default_factory=tuple)
    annex_title: str = ""
    annex: tuple[Block, ...] = ()


def for_the_committee(title: str) -> str:
    """The lines over a signature: the committee's, and that a deputy signs for the chair (Decree 30/2020 annex I)."""
    committee = "TM. ỦY BAN NHÂN DÂN"
    return f"{committee}\nKT. CHỦ TỊCH" if title.lower().startswith("phó") else committee


def as_docx(document: OfficialDocument) -> bytes:
    """The document as a file of Word, A4, Times New Roman."""
    docx = Document()
    _set_page(docx)
    _head(docx, document)
    if document.type_name:
        _line(docx.add_paragraph(), document.type_name, bold=True, align=_CENTRE, before=12)
        _line(docx.add_paragraph(), document.subject, bold=True, align=_CENTRE, after=12)
    elif document.to:
        _addressees(docx, document.to)
    for block in document.body:
        _block(docx, block)
    _foot(docx, document)
    if document.annex:
        _annex(docx, document)
    written = io.BytesIO()
    docx.save(written)
    return written.getvalue()


def _annex(docx: Docx, document: OfficialDocument) -> None:
    head = docx.add_paragraph()
    head.paragraph_format.page_break_before = True
    _line(head, "PHỤ LỤC", bold=True, align=_CENTRE)
    _line(docx.add_paragraph(), document.annex_title, bold=True, align=_CENTRE, after=12)
    for block in document.annex:
        _block(docx, block)


def _set_page(docx: Docx) -> None:
    """A4, margins of annex I (top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20), numbers from page two."""
    section, normal = docx.sections[0], docx.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _page_number(number)
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = "Times New Roman", _TEXT
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(0)


def _page_number(paragraph: Paragraph) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _head(docx: Docx, document: OfficialDocument) -> None:
    """Issuer and number on the left; the country, its motto, place and day on the right."""
    left, right = _two_columns(docx, 6.3, 10.2)
    issuer = left.paragraphs[0]
    if document.issuer_above:
        _line(issuer, document.issuer_above, size=_HEAD, align=_CENTRE)
        issuer = left.add_paragraph()
    _line(issuer, document.issuer, size=_HEAD, bold=True, align=_CENTRE)
    _line(left.add_paragraph(), "_" * 8, size=_RULE, align=_CENTRE)
    _line(left.add_paragraph(), f"Số:        /{document.symbol}", size=_HEAD, align=_CENTRE, before=4)
    if not document.type_name:
        _line(left.add_paragraph(), f"V/v {document.subject}", size=Pt(12), align=_CENTRE)
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=_HEAD, bold=True, align=_CENTRE)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", bold=True, align=_CENTRE)
    _line(right.add_paragraph(), "_" * 22, size=_RULE, align=_CENTRE)
    day = f"{document.place}, ngày       tháng {document.day.month:02} năm {document.day.year}"
    _line(right.add_paragraph(), day, italic=True, align=_CENTRE, before=4)


def _addressees(docx: Docx, to: tuple[str, ...]) -> None:
    if len(to) == 1:
        _line(docx.add_paragraph(), f"Kính gửi: {to[0]}", align=_CENTRE, before=18, after=12)
        return
    _line(docx.add_paragraph(), "Kính gửi:", align=_CENTRE, before=18)
    for n, name in enumerate(to):
        ending = "." if n == len(to) - 1 else ";"
        paragraph = docx.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(5)
        _line(paragraph, f"- {name}{ending}", align=_LEFT)


def _block(docx: Docx, block: Block) -> None:
    if isinstance(block, Grid):
        _grid(docx, block)
        return
    paragraph = docx.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    if isinstance(block, Heading):
        _line(paragraph, block.words, bold=True, align=_LEFT, before=6, after=6)
    else:
        _line(paragraph, block, align=_BOTH, before=3, after=3)


def _grid(docx: Docx, grid: Grid) -> None:
    table = docx.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    size = Pt(grid.points)
    for cell, words in zip(table.rows[0].cells, grid.heads, strict=True):
        _line(cell.paragraphs[0], words, size=size, bold=True, align=_CENTRE)
    for row in grid.rows:
        for n, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _line(cell.paragraphs[0], words, size=size, align=_CENTRE if n in grid.centred else _LEFT)
    _over_pages(table)
    _set_widths(table, grid.widths)


def _set_widths(table: Table, widths: tuple[float, ...]) -> None:
    """Columns as wide as said, in centimetres: Word reads the cells, other programs the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _over_pages(table: Table) -> None:
    """A table that goes over the page has its head on each page, and every row whole on one."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _foot(docx: Docx, document: OfficialDocument) -> None:
    """Recipients on the left, the signature on the right."""
    docx.add_paragraph()
    left, right = _two_columns(docx, 8.0, 8.5)
    _line(left.paragraphs[0], "Nơi nhận:", size=_RECIPIENTS_TITLE, bold=True, italic=True)
    for n, line in enumerate(document.copies):
        ending = "." if n == len(document.copies) - 1 else ";"
        _line(left.add_paragraph(), f"- {line}{ending}", size=_RECIPIENTS)
    _line(right.paragraphs[0], document.signed_for, bold=True, align=_CENTRE)
    _line(right.add_paragraph(), document.signer_title.upper(), bold=True, align=_CENTRE)
    for _blank in range(4):
        right.add_paragraph()
    _line(right.add_paragraph(), document.signer_name, bold=True, align=_CENTRE)


def _two_columns(docx: Docx, left: float, right: float) -> tuple[_Cell, _Cell]:
    """A table without lines, as offices set the head and the foot of a page; widths in centimetres."""
    table = docx.add_table(rows=1, cols=2)
    _set_widths(table, (left, right))
    cells = table.rows[0].cells
    return cells[0], cells[1]


def _line(
    paragraph: Paragraph,
    words: str,
    *,
    size: Pt = _TEXT,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _LEFT,
    before: int = 0,
    after: int = 0,
) -> None:
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, size
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
