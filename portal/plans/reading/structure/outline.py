"""The document as a tree laid flat: every paragraph with its kind, its section path and its section's role."""

from dataclasses import dataclass, field, replace

from portal.plans.reading.damage.suggestions import repaired
from portal.plans.reading.document import Block, Grid, Paragraph
from portal.plans.reading.structure.headings import is_heading, kind_of, roman
from portal.plans.reading.structure.joining import Passage, breaks_off
from portal.plans.reading.structure.markers import (
    BULLET,
    CAPITAL,
    LETTER,
    NO_MARKER,
    NUMBER,
    OUTER_CAPITAL,
    PART,
    PLUS,
    ROMAN,
    Marker,
    marker_of,
)
from portal.plans.reading.structure.roles import role_of_heading, role_of_nested_heading
from portal.plans.reading.structure.zones import zoned
from portal.text import normalise_spaces

_FRAME_KINDS = {"header": "header", "title": "title", "recipient": "recipient", "signature": "signature"}


@dataclass
class Entry:
    """One paragraph of the body (with what a page break cut off it), or one table row, ready to be understood."""

    paragraph: Paragraph
    words: Passage
    marker: Marker | None = None
    role: str | None = None
    section: str = ""
    heading: bool = False
    bold: bool = False
    appendix: bool = False
    grid: Grid | None = None
    row_paragraphs: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The words after the number or bullet."""
        return self.words.text

    @property
    def depth(self) -> int:
        """How deep the sign lies; a paragraph without one lies deepest."""
        return self.marker.level if self.marker else NO_MARKER


@dataclass
class Outline:
    """All paragraphs in order, and the entries of the body."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class _Level:
    depth: int
    label: str
    role: str | None


def outline_of(pieces: list[Block | Grid]) -> Outline:
    """Return the outline of a document whose broken lines are already joined."""
    builder = _Builder()
    for piece, zone in zoned(pieces):
        builder.add(piece, zone)
    return builder.outline


class _Builder:
    def __init__(self) -> None:
        self.outline = Outline()
        self._stack: list[_Level] = []
        self._appendix = False
        self._sections = 0
        self._unlabelled = 0
        self._outermost = 0

    def add(self, piece: Block | Grid, zone: str) -> None:
        if isinstance(piece, Grid):
            self._add_grid(piece)
        elif zone in _FRAME_KINDS:
            self._add_frame(piece, zone)
        elif zone == "appendix":
            self._appendix, self._stack = True, []
            self._paragraph(piece, piece.text, "heading", None, 0)
        else:
            self._add_body(piece)

    def _add_frame(self, block: Block, zone: str) -> None:
        marker = marker_of(block.text)
        text = block.text[marker.end :] if marker and marker.level >= BULLET else block.text
        if zone in ("header", "title"):
            self._stack, self._sections, self._appendix, self._outermost = [], 0, False, 0
        self._paragraph(block, text, _FRAME_KINDS[zone], None, 0)

    def _add_body(self, block: Block) -> None:
        if self._carries_on(block):
            return
        written = f"{block.marker} {block.text}" if block.marker else block.text
        marker = self._placed(marker_of(written))
        heading = is_heading(block, marker, written)
        if heading and marker is None and self._names_last_heading(block):
            return
        if heading and marker is None:
            marker = self._unnumbered(block)
        bullet = marker is not None and marker.level >= BULLET
        start = marker.end if marker else 0
        text, offset = (written[start:], 0) if bullet else (written, start)
        self._descend(marker, heading, text[offset:])
        kind = "heading" if heading else kind_of(marker)
        paragraph = self._paragraph(block, text, kind, self._section(), self._depth(marker))
        words = Passage.of(paragraph.index, text, offset, len(text))
        self._enter(Entry(paragraph, words, marker, heading=heading, bold=block.bold))

    def _placed(self, marker: Marker | None) -> Marker | None:
        """A, B, C stand above I, II, III in documents that start with them, below them in others."""
        if marker is None or marker.level not in (CAPITAL, ROMAN):
            return marker
        self._outermost = self._outermost or marker.level
        outer = marker.level == CAPITAL and self._outermost == CAPITAL
        return replace(marker, level=OUTER_CAPITAL) if outer else marker

    def _carries_on(self, block: Block) -> bool:
        """Join a paragraph that a page break cut in two; both halves keep their own place."""
        if not self.outline.entries or block.marker or block.heading:
            return False
        last = self.outline.entries[-1]
        if last.grid or not breaks_off(last.text, block.text):
            return False
        paragraph = self._paragraph(block, block.text, "text", last.section or None, last.paragraph.level)
        last.words = last.words.then(Passage.of(paragraph.index, block.text, 0, len(block.text)))
        return True

    def _names_last_heading(self, block: Block) -> bool:
        """ "Phần thứ ba" on one line and "TỔ CHỨC THỰC HIỆN" on the next are one heading."""
        last = self.outline.entries[-1] if self.outline.entries else None
        if last is None or not last.heading or last.text.strip(" .:-") or not self._stack:
            return False
        level = self._stack.pop()
        self._stack.append(_Level(level.depth, level.label, role_of_heading(block.text) or level.role))
        paragraph = self._paragraph(block, block.text, "heading", self._section(), self._depth(None))
        self._enter(
            Entry(paragraph, Passage.of(paragraph.index, block.text, 0, len(block.text)), heading=True)
        )
        return True

    def _unnumbered(self, block: Block) -> Marker:
        if block.text.isupper() or 0 < block.heading <= 2:
            return Marker(ROMAN, roman(self._sections + 1), 0)
        self._unlabelled += 1
        return Marker(NUMBER, str(self._unlabelled), 0)

    def _descend(self, marker: Marker | None, heading: bool, words: str) -> None:
        if marker is None or marker.level > LETTER:
            return
        if marker.level == ROMAN:
            self._sections, self._unlabelled = self._sections + 1, 0
        while self._stack and self._stack[-1].depth >= marker.level:
            self._stack.pop()
        outer = self._stack[-1] if self._stack else None
        self._stack.append(_Level(marker.level, marker.label, _role(outer, heading, words.partition(":")[0])))

    def _section(self) -> str:
        labels: list[str] = []
        for level in self._stack:
            if labels and level.label.startswith(f"{labels[-1]}."):
                labels.pop()  # decimals carry their parents: "2.1" under "2" is "2.1", not "2.2.1"
            labels += [level.label] if level.label else []
        path = ".".join(labels)
        if self._appendix:
            return f"PL.{path}" if path else "PL"
        return path

    def _depth(self, marker: Marker | None) -> int:
        extra = 0 if marker is None else {BULLET: 1, PLUS: 2}.get(marker.level, 0)
        return max(len(self._stack) - 1, 0) + extra

    def _enter(self, entry: Entry) -> None:
        entry.section = self._section()
        entry.role = self._stack[-1].role if self._stack else None
        entry.appendix = self._appendix
        self.outline.entries.append(entry)

    def _add_grid(self, grid: Grid) -> None:
        indices = []
        for row in grid.rows:
            text = row_text(row)
            paragraph = self._paragraph(Block(text), text, "table_row", self._section() or None, 0)
            indices.append(paragraph.index)
        if not indices:
            return
        first = self.outline.paragraphs[indices[0]]
        words = Passage.of(first.index, first.text, 0, len(first.text))
        self._enter(Entry(first, words, grid=grid, row_paragraphs=tuple(indices)))

    def _paragraph(self, block: Block, text: str, kind: str, section: str | None, level: int) -> Paragraph:
        index = len(self.outline.paragraphs)
        paragraph = Paragraph(index, text, kind, section, level, block.source, repaired(text))
        self.outline.paragraphs.append(paragraph)
        return paragraph


def _role(outer: _Level | None, heading: bool, words: str) -> str | None:
    if not heading:
        return outer.role if outer else None
    if outer and outer.role and outer.depth > PART:
        return role_of_nested_heading(words, outer.role)
    return role_of_heading(words) or (outer.role if outer else None)


def row_text(row: tuple[str, ...]) -> str:
    """Return a table row as one paragraph, its cells parted by bars."""
    return " | ".join(normalise_spaces(cell) for cell in row)
