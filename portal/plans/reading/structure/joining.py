"""Physical lines become paragraphs again: lines that a page, a mail program or a PDF broke are joined."""

import re
from dataclasses import dataclass, replace

from portal.plans.reading.document import Block
from portal.plans.reading.structure.markers import NUMBER, marker_of
from portal.text import SMALL_LETTERS

_TERMINAL = re.compile(r"[.:;!?…]['\"”’)]*$|\./\.?$|/\.?$")
_FRAME = re.compile(r"^(?:Số\s*:|Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Độc lập|V/v)")
_OPENING = re.compile(rf"^[{SMALL_LETTERS},;)\]%]")
# A number is still to come: "… trong tháng 6 và tháng" / "7."
_NEEDS_NUMBER = re.compile(r"(?i)(?<!hằng )(?<!hàng )(?<!mỗi )\b(?:tháng|ngày|quý|năm|số|lớp|khoản|điều)$")
_ONLY_NUMBER = re.compile(r"^\d{1,4}(?:/\d{1,4}){0,2}[.;,]?$")
# These open the plan's farewell, never the middle of a duty.
_FAREWELL = re.compile(
    r"^(?:Trên đây là|(?:Yêu cầu|Đề nghị) (?:các|thủ trưởng|Thủ trưởng)|(?:UBND|Ủy ban nhân dân) (?:phường|xã|thị trấn|"
    r"đặc khu)[^,.;]{0,30} (?:yêu cầu|đề nghị)|Các cơ quan, đơn vị|"
    r"Nhận được|Trong quá trình|Quá trình (?:triển khai|thực hiện))\b"
)
_FULL = 0.8
_LONG_LINE = 55
_WRAPPED_SHARE = 0.35
_WRAPPED_RANGE = (45, 150)


def joined_lines(blocks: list[Block]) -> list[Block]:
    """Return `blocks` with hard-wrapped lines joined; a break over an empty line or page is left to the reader."""
    width = _wrap_width(blocks)
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and not block.gap and _continues(runs[-1][0], runs[-1][-1].text, block, width):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [_merged(run) for run in runs]


def _wrap_width(blocks: list[Block]) -> int:
    """Return the column at which lines were broken, or 0 when the text does not look hard-wrapped."""
    lengths = sorted(len(block.text) for block in blocks)
    if not lengths:
        return 0
    width = lengths[int(len(lengths) * 0.95) - 1]
    if any(block.wrapped for block in blocks):
        return width
    full = sum(1 for length in lengths if length >= _FULL * width)
    low, high = _WRAPPED_RANGE
    return width if len(lengths) > 5 and low <= width <= high and full >= _WRAPPED_SHARE * len(lengths) else 0


def _continues(paragraph: Block, last_line: str, block: Block, width: int) -> bool:
    if block.marker or block.heading or _is_frame(block.text) or _is_frame(last_line):
        return False
    if _NEEDS_NUMBER.search(last_line) and _ONLY_NUMBER.match(block.text):
        return True
    if _starts_item(block.text) or (last_line.endswith(".") and _FAREWELL.match(block.text)):
        return False
    if _OPENING.match(block.text):
        return not re.search(r"[;:]$|\./\.?$", last_line) or _is_full(last_line, width)
    if _is_open_item(paragraph.text, last_line):
        return True
    if not _is_full(last_line, width) or paragraph.heading:
        return False
    return not re.search(r"[;:]$|\./\.?$", last_line)


def _is_open_item(paragraph: str, last_line: str) -> bool:
    """A long item that does not end like one goes on, even where the next line opens with a capital."""
    marker = marker_of(paragraph)
    ended = _TERMINAL.search(last_line)
    return marker is not None and marker.level >= NUMBER and len(last_line) >= _LONG_LINE and not ended


def _is_frame(line: str) -> bool:
    """Lines of the header, the signature and titles in capitals stand alone."""
    return bool(_FRAME.match(line)) or (line.isupper() and len(line.split()) > 1)


def _starts_item(text: str) -> bool:
    return marker_of(text) is not None


def _is_full(line: str, width: int) -> bool:
    return bool(width) and len(line) >= _FULL * width


def _merged(run: list[Block]) -> Block:
    text = " ".join(block.text for block in run)
    return replace(run[0], text=text, bold=all(block.bold for block in run))


@dataclass(frozen=True)
class Passage:
    """A stretch of text laid over one or more paragraphs, able to say where each character stands."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, paragraph: int, text: str, start: int, end: int) -> "Passage":
        """Return the passage text[start:end] of one paragraph, without white space at its ends."""
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(text[start:end], ((paragraph, start, end),))

    def then(self, other: "Passage") -> "Passage":
        """Return this passage followed by `other`, one space between them."""
        return Passage(f"{self.text} {other.text}", self.pieces + other.pieces)

    def part(self, start: int, end: int) -> "Passage":
        """Return the passage for text[start:end]."""
        while start < end and self.text[start].isspace():
            start += 1
        pieces: list[tuple[int, int, int]] = []
        offset = 0
        for paragraph, first, last in self.pieces:
            size = last - first
            low, high = max(start - offset, 0), min(end - offset, size)
            if low < high:
                pieces.append((paragraph, first + low, first + high))
            offset += size + 1
        return Passage(self.text[start:end].rstrip(), tuple(pieces))


def breaks_off(text: str, following: str) -> bool:
    """Say whether `text` was cut by a page break and `following` carries it on."""
    return bool(
        text and not _TERMINAL.search(text) and _OPENING.match(following) and not _starts_item(following)
    )
