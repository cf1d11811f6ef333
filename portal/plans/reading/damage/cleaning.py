"""Pieces of a document with legacy encodings decoded and invisible characters removed."""

import re
from collections import Counter
from dataclasses import replace

from portal.plans.reading.damage.legacy import decoded, encoding_of
from portal.plans.reading.document import Block, Grid
from portal.text import nfc

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]|[\x00-\x08\x0e-\x1f\x7f]"
)


def cleaned(pieces: list[Block | Grid]) -> list[Block | Grid]:
    """Return the pieces with readable text; a decoded block keeps what stood in the file in `source`."""
    encoding = _main_encoding([piece.text for piece in pieces if isinstance(piece, Block)])
    readable = [_cleaned(piece, encoding) for piece in pieces]
    return [piece for piece in readable if isinstance(piece, Grid) or piece.text]


def _main_encoding(texts: list[str]) -> str | None:
    """Return the legacy encoding that most accented paragraphs are in, or None."""
    accented = [text for text in texts if not text.isascii()]
    found = Counter(encoding_of(text) for text in accented)
    encoding, count = found.most_common(1)[0] if found else (None, 0)
    return encoding if count * 2 > len(accented) else None


def _cleaned(piece: Block | Grid, encoding: str | None) -> Block | Grid:
    if isinstance(piece, Grid):
        rows = tuple(tuple(_visible(decoded(cell, encoding) or cell) for cell in row) for row in piece.rows)
        return replace(piece, rows=rows)
    readable = decoded(piece.text, encoding)
    text = _visible(readable or piece.text)
    return replace(piece, text=text, source=piece.text if readable else None)


def _visible(text: str) -> str:
    return nfc(_INVISIBLE.sub("", text)).strip()
