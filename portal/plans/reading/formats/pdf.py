"""PDF files with a text layer: lines as they stand on the page, without running headers and page numbers."""

import io
import logging
import re
import zlib
from collections import Counter

import pypdf
from pypdf.errors import LimitReachedError, PyPdfError

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.page_columns import pieces_of_lines
from portal.plans.reading.formats.page_fonts import layout_text
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import fold, nfc

# Its warnings quote the file, and what stands in a plan must not enter a log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

MOST_PAGES = 300
MOST_CHARACTERS = 4 * 1024 * 1024
_FEWEST_LETTERS = 12
_PAGE_NUMBER = re.compile(r"^\W*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$")
_EDGE = 2
# What pypdf was seen to raise on damaged files, beside its own errors.
_BROKEN = (
    PyPdfError,
    RecursionError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    ArithmeticError,
    AssertionError,
    zlib.error,
)


def pieces_of_pdf(data: bytes) -> list[Block | Grid]:
    """Return the blocks and tables of a PDF of at most 300 pages; raises UnreadablePlan."""
    pages = [page.split("\n") for page in _page_texts(data)]
    letters = sum(sum(char.isalpha() for char in line) for page in pages for line in page)
    if letters < _FEWEST_LETTERS * max(len(pages), 2):
        raise UnreadablePlan("scanned_pdf")
    running = _running_lines(pages)
    return pieces_of_lines([_at_margin(_own_lines(page, running)) for page in pages])


def _page_texts(data: bytes) -> list[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePlan("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadablePlan("too_large")
        return _texts(reader)
    except LimitReachedError as error:
        raise UnreadablePlan("bomb") from error
    except _BROKEN as error:
        raise UnreadablePlan("broken") from error


def _texts(reader: pypdf.PdfReader) -> list[str]:
    texts: list[str] = []
    size = 0
    for page in reader.pages:
        text = layout_text(page)
        size += len(text)
        if size > MOST_CHARACTERS:
            raise UnreadablePlan("too_large")
        texts.append(nfc(text))
    return texts


def _running_lines(pages: list[list[str]]) -> set[str]:
    """Return the lines (their digits aside) that stand at the edge of most pages."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    fewest = max(2, len(pages) * 0.6)
    return {key for key, count in seen.items() if count >= fewest and key}


def _own_lines(page: list[str], running: set[str]) -> list[str]:
    lines = [line for line in page if line.strip()]
    edges = {id(line) for line in _edges(lines)}
    return [
        line
        for line in lines
        if id(line) not in edges or not (_PAGE_NUMBER.match(fold(line)) or _key(line) in running)
    ]


def _at_margin(page: list[str]) -> list[str]:
    """Return the lines moved left so that the outermost start at column 0; only indents are left over."""
    margin = min((len(line) - len(line.lstrip()) for line in page), default=0)
    return [line[margin:] for line in page]


def _edges(page: list[str]) -> list[str]:
    lines = [line for line in page if line.strip()]
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", fold(line))
