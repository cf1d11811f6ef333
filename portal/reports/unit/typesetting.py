"""A unit's report as .pdf, set by Typst: no program of the system is needed, and the words come in as data."""

import json
from pathlib import Path
from typing import Any

import typst
from flask_babel import force_locale

from portal.official_document import Block, Grid, Heading
from portal.reports.unit.unit_figures import UnitFigures
from portal.reports.unit.unit_paper import unit_document

#: What a reader of .pdf is told the file is.
PDF = "application/pdf"

_TEMPLATE = Path(__file__).with_name("report.typ")


def unit_pdf(figures: UnitFigures) -> bytes:
    """The same document as the .docx, in Vietnamese whatever language its reader has chosen."""
    with force_locale("vi"):
        written = json.dumps(_data(figures), ensure_ascii=False)
    return bytes(typst.compile(str(_TEMPLATE), format="pdf", sys_inputs={"report": written}))


def _data(figures: UnitFigures) -> dict[str, Any]:
    document = unit_document(figures)
    day = document.day
    return {
        "above": document.issuer_above,
        "issuer": document.issuer,
        "symbol": document.symbol,
        "day": f"{document.place}, ngày       tháng {day.month:02} năm {day.year}",
        "type": document.type_name,
        "subject": document.subject,
        "body": [_block(one) for one in document.body],
        "copies": document.copies,
        "signed": document.signed_for,
        "annex_title": document.annex_title,
        "annex": [_block(one) for one in document.annex],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "kind": "table",
            "heads": block.heads,
            "rows": block.rows,
            "widths": block.widths,
            "centred": block.centred,
        }
    if isinstance(block, Heading):
        return {"kind": "heading", "words": block.words}
    return {"kind": "text", "words": block}
