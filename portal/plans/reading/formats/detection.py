"""Which format a file is in, told by its name and its first bytes, and the pieces it holds."""

from collections.abc import Callable
from pathlib import PurePath

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.office import modern
from portal.plans.reading.formats.open_document import pieces_of_odt
from portal.plans.reading.formats.pdf import pieces_of_pdf
from portal.plans.reading.formats.plain import blocks_of_text
from portal.plans.reading.formats.rich_text import text_of_rtf
from portal.plans.reading.formats.spreadsheet import Sheet, first_sheet, pieces_of_xlsx
from portal.plans.reading.formats.word import pieces_of_docx
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 4 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_BYTES = {
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".pdf": b"%PDF-",
    ".rtf": b"{\\rtf",
}
_TEXT_SUFFIXES = ("", ".txt", ".md", ".markdown", ".text")


def pieces_of(data: bytes, filename: str) -> list[Block | Grid]:
    """Return the blocks and tables of a file of at most 20 MiB; raises UnreadablePlan."""
    if len(data) > MOST_BYTES:
        raise UnreadablePlan("too_large")
    if not data.strip():
        raise UnreadablePlan("empty")
    data, filename = modern(data, filename)
    suffix = PurePath(filename.lower()).suffix
    if suffix in _TEXT_SUFFIXES:
        return blocks_of_text(decoded(data))
    _check_first_bytes(data, suffix)
    return _READERS[suffix](data)


def sheet_of(data: bytes) -> Sheet:
    """Return the first sheet of an .xlsx file of at most 20 MiB as it stands; raises UnreadablePlan."""
    if len(data) > MOST_BYTES:
        raise UnreadablePlan("too_large")
    if not data.strip():
        raise UnreadablePlan("empty")
    _check_first_bytes(data, ".xlsx")
    return first_sheet(data)


def _check_first_bytes(data: bytes, suffix: str) -> None:
    """The name and the first bytes must agree; a password-protected office file is an OLE container."""
    if suffix not in _READERS:
        raise UnreadablePlan("unsupported_format")
    if data.startswith(_OLE) and suffix in (".docx", ".xlsx"):
        raise UnreadablePlan("encrypted" if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data else "mismatched_type")
    if not data.startswith(_FIRST_BYTES[suffix]):
        raise UnreadablePlan("mismatched_type")
    if suffix == ".pdf" and b"PK\x05\x06" in data[-65_600:]:
        raise UnreadablePlan("mismatched_type")


def decoded(data: bytes) -> str:
    """Return the text of a plain file: UTF-8 or UTF-16, else Windows-1258; raises UnreadablePlan."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data[:4096]:
        raise UnreadablePlan("unsupported_format")
    else:
        text = _decoded_bytes(data)
    if len(text) > MOST_CHARACTERS:
        raise UnreadablePlan("too_large")
    return nfc(text)


def _decoded_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")


def _pieces_of_rtf(data: bytes) -> list[Block | Grid]:
    return blocks_of_text(text_of_rtf(data))


_READERS: dict[str, Callable[[bytes], list[Block | Grid]]] = {
    ".docx": pieces_of_docx,
    ".xlsx": pieces_of_xlsx,
    ".odt": pieces_of_odt,
    ".pdf": pieces_of_pdf,
    ".rtf": _pieces_of_rtf,
}
