"""Word documents (.docx): paragraphs with their automatic numbers, tables with merged cells spread out."""

from collections.abc import Iterator

from lxml import etree

from portal.archive import Archive
from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.markup import parsed, whole
from portal.plans.reading.formats.word_numbering import Numbering, W, numbering_of
from portal.plans.reading.formats.word_styles import Style, is_on, numbering_reference, styles_of
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

MOST_PARAGRAPHS = 20_000
MOST_CELLS = 40_000
_WIDEST_SPAN, _MOST_SPAN = 64, 10_000
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTAINERS = {W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo")}
_SKIPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText")} | {_FALLBACK}
_BREAKS = {W + "br", W + "cr"}


def pieces_of_docx(data: bytes) -> list[Block | Grid]:
    """Return the blocks and tables of a .docx; raises UnreadablePlan."""
    archive = Archive(data, UnreadablePlan)
    for name in archive.names():
        if name.lower().endswith(("vbaproject.bin", ".exe", ".dll")):
            raise UnreadablePlan("unsafe")
    if "word/document.xml" not in archive:
        raise UnreadablePlan("mismatched_type")
    roots = {name: parsed(archive.read(name)) for name in archive.names() if name.endswith((".xml", ".rels"))}
    body = roots["word/document.xml"].find(W + "body")
    if body is None:
        raise UnreadablePlan("broken")
    reader = _Reader(numbering_of(roots.get("word/numbering.xml")), styles_of(roots.get("word/styles.xml")))
    return list(reader.pieces(body))


class _Reader:
    def __init__(self, numbering: Numbering, styles: dict[str, Style]) -> None:
        self._numbering = numbering
        self._styles = styles
        self._paragraphs = 0
        self._cells = 0

    def pieces(self, parent: etree._Element) -> Iterator[Block | Grid]:
        for element in parent:
            if element.tag == W + "p":
                yield from self._blocks(element)
            elif element.tag == W + "tbl":
                yield self._grid(element)
            elif element.tag in _CONTAINERS:
                yield from self.pieces(element)

    def _blocks(self, paragraph: etree._Element) -> Iterator[Block]:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise UnreadablePlan("too_large")
        lines = [line.strip() for line in nfc(_text(paragraph)).split("\n")]
        properties = paragraph.find(W + "pPr")
        style = self._style(properties)
        bold = _is_bold(paragraph, style)
        marker = self._marker(properties, style) if any(lines) else ""
        for line in lines:
            if line:
                yield Block(line, marker, style.heading, bold, gap=True)
                marker = ""

    def _style(self, properties: etree._Element | None) -> Style:
        named = properties.find(W + "pStyle") if properties is not None else None
        return self._styles.get(str(named.get(W + "val")), Style()) if named is not None else Style()

    def _marker(self, properties: etree._Element | None, style: Style) -> str:
        number_id, depth = numbering_reference(properties)
        if number_id is None:
            number_id, depth = style.number_id, style.depth
        return self._numbering.label(number_id, depth) if number_id else ""

    def _grid(self, table: etree._Element) -> Grid:
        rows: list[tuple[str, ...]] = []
        spanning: set[int] = set()
        for row in _children(table, "tr"):
            cells, single = self._row(row, rows[-1] if rows else ())
            if single:
                spanning.add(len(rows))
            rows.append(tuple(cells))
        width = max(map(len, rows), default=0)
        return Grid(tuple(row + ("",) * (width - len(row)) for row in rows), frozenset(spanning))

    def _row(self, row: etree._Element, above: tuple[str, ...]) -> tuple[list[str], bool]:
        cells: list[str] = []
        elements = list(_children(row, "tc"))
        for element in elements:
            self._cells += 1
            if self._cells > MOST_CELLS:
                raise UnreadablePlan("too_large")
            span = min(_span(element), _WIDEST_SPAN)
            if _continues_above(element):
                cells += [above[len(cells)] if len(cells) < len(above) else ""] * span
            else:
                cells += [self._cell_text(element)] * span
        return cells, len(elements) == 1 and len(cells) > 1

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for piece in self.pieces(cell):
            if isinstance(piece, Block):
                lines.append(f"{piece.marker} {piece.text}".strip())
            else:
                lines += [" ".join(dict.fromkeys(row)) for row in piece.rows]
        return "\n".join(lines)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag in _CONTAINERS:
            yield from _children(element, name)


def _text(element: etree._Element) -> str:
    """Return the words of a paragraph; deleted text and the fallback copy of text boxes are left out."""
    words: list[str] = []
    for child in element:
        if child.tag == W + "t":
            words.append(child.text or "")
        elif child.tag in _BREAKS:
            words.append("\n")
        elif child.tag == W + "tab":
            words.append(" ")
        elif child.tag == W + "noBreakHyphen":
            words.append("-")
        elif child.tag == W + "p":
            words.append("\n" + _text(child))
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            words.append(_text(child))
    return "".join(words)


def _is_bold(paragraph: etree._Element, style: Style) -> bool:
    runs = [run for run in paragraph.iter(W + "r") if any((t.text or "").strip() for t in run.iter(W + "t"))]
    marks = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(is_on(mark) if mark is not None else style.bold for mark in marks)


def _span(cell: etree._Element) -> int:
    grid_span = cell.find(f"{W}tcPr/{W}gridSpan")
    return whole(grid_span.get(W + "val"), 1, _MOST_SPAN) if grid_span is not None else 1


def _continues_above(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val") in (None, "continue")
