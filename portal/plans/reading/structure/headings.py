"""Which paragraphs are headings, and how paragraphs are named by their sign."""

from portal.plans.reading.document import Block
from portal.plans.reading.structure.markers import BULLET, NUMBER, Marker

_HEADING_LENGTH = 140


def is_heading(block: Block, marker: Marker | None, written: str) -> bool:
    """Say whether a paragraph heads others: by its sign, its style, its capitals, or a colon at its end."""
    text = written.rstrip()
    if marker is not None and marker.level >= BULLET:
        return False
    if marker is not None and marker.level < NUMBER and not marker.label.startswith("Đ"):
        return len(text) < 2 * _HEADING_LENGTH
    short = len(text) <= _HEADING_LENGTH
    if marker is None:
        styled = block.heading > 0 or _is_capitals(text) or (block.bold and not text.endswith((".", ",")))
        return short and styled and not text.endswith(";")
    ended = text.endswith((".", ";", ","))
    return text.endswith(":") or (short and not ended and (block.bold or block.heading > 0 or len(text) < 90))


def _is_capitals(text: str) -> bool:
    return text.isupper() and len(text.split()) >= 2


def kind_of(marker: Marker | None) -> str:
    """Return text, item or bullet."""
    if marker is None:
        return "text"
    return "bullet" if marker.level >= BULLET else "item"


def roman(number: int) -> str:
    """Return a Roman numeral below 100."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
