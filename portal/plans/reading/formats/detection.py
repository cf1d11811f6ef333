"""Which format a file is in, told by its name and its first bytes, and the pieces it holds."""

from collections.abc import Callable
from pathlib import PurePath

from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.plain import blocks_of_text
from portal.plans.reading.formats.word import pieces_of_docx
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

MOST_BYTES = 20 * 1024 * 1024


_READERS: dict[str, Callable[[bytes], list[Block | Grid]]] = {
    ".docx": pieces_of_docx,
}


def pieces_of(data: bytes, filename: str) -> list[Block | Grid]:
    """Return the blocks and tables of a file of at most 20 MiB; raises UnreadablePlan."""
    if len(data) > MOST_BYTES:
        raise UnreadablePlan("too_large")
    if not data.strip():
        raise UnreadablePlan("empty")
    suffix = PurePath(filename.lower()).suffix
    if suffix in ("", ".txt", ".md", ".markdown"):
        return blocks_of_text(nfc(decoded(data)))
    if suffix in _READERS:
        return _READERS[suffix](data)
    raise UnreadablePlan("unsupported_format")


def decoded(data: bytes) -> str:
    """Return the text of a plain file: UTF-8 or UTF-16, else Windows-1258; raises UnreadablePlan."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")
