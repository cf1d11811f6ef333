"""OpenDocument texts (.odt): paragraphs, lists and tables of content.xml."""

from collections.abc import Iterator

from lxml import etree

from portal.archive import Archive
from portal.plans.reading.document import Block, Grid
from portal.plans.reading.formats.markup import parsed, whole
from portal.plans.reading.unreadable import UnreadablePlan
from portal.text import nfc

MOST_PARAGRAPHS = 20_000
_MOST_REPEATS = 64
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ROW_GROUPS = {_TABLE + name for name in ("table-rows", "table-header-rows", "table-row-group")}
_SKIPPED = {_T + "tracked-changes", _T + "note", _OFFICE + "annotation"}


def pieces_of_odt(data: bytes) -> list[Block | Grid]:
    """Return the blocks and tables of an .odt; raises UnreadablePlan."""
    archive = Archive(data, UnreadablePlan)
    if "content.xml" not in archive:
        raise UnreadablePlan("mismatched_type")
    root = parsed(archive.read("content.xml"))
    styles = [root] + ([parsed(archive.read("styles.xml"))] if "styles.xml" in archive else [])
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadablePlan("mismatched_type")
    pieces = list(_pieces(body, _bullet_lists(styles), "", 0, {}))
    if len(pieces) > MOST_PARAGRAPHS:
        raise UnreadablePlan("too_large")
    return pieces


def _bullet_lists(roots: list[etree._Element]) -> set[str]:
    """Return the names of the list styles whose first level is a bullet."""
    return {
        str(style.get(_STYLE + "name"))
        for root in roots
        for style in root.iter(_T + "list-style")
        if len(style) and style[0].tag == _T + "list-level-style-bullet"
    }


def _pieces(
    parent: etree._Element, bullets: set[str], style: str, depth: int, counts: dict[tuple[str, int], int]
) -> Iterator[Block | Grid]:
    for element in parent:
        if element.tag in (_T + "p", _T + "h"):
            yield from _blocks(element, "")
        elif element.tag == _T + "list":
            name = element.get(_T + "style-name") or style
            yield from _list(element, bullets, name, depth, counts)
        elif element.tag == _TABLE + "table":
            yield _grid(element, bullets)
        elif element.tag not in _SKIPPED and isinstance(element.tag, str):
            yield from _pieces(element, bullets, style, depth, counts)


def _list(
    element: etree._Element, bullets: set[str], style: str, depth: int, counts: dict[tuple[str, int], int]
) -> Iterator[Block | Grid]:
    if element.get(_T + "continue-numbering") != "true":
        counts[style, depth] = 0
    for item in element:
        counts[style, depth] = counts.get((style, depth), 0) + 1
        marker = ("+" if depth else "-") if style in bullets or not style else f"{counts[style, depth]}."
        for child in item:
            if child.tag in (_T + "p", _T + "h"):
                yield from _blocks(child, marker)
                marker = ""
            elif child.tag == _T + "list":
                name = child.get(_T + "style-name") or style
                yield from _list(child, bullets, name, depth + 1, counts)


def _blocks(element: etree._Element, marker: str) -> Iterator[Block]:
    heading = whole(element.get(_T + "outline-level"), 0, 10) if element.tag == _T + "h" else 0
    for line in nfc(_text(element)).split("\n"):
        if line.strip():
            yield Block(line.strip(), marker, heading, gap=True)
            marker = ""


def _text(element: etree._Element) -> str:
    words = [element.text or ""]
    for child in element:
        if child.tag == _T + "line-break":
            words.append("\n")
        elif child.tag in (_T + "s", _T + "tab"):
            words.append(" ")
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            words.append(_text(child))
        words.append(child.tail or "")
    return "".join(words)


def _grid(table: etree._Element, bullets: set[str]) -> Grid:
    rows: list[tuple[str, ...]] = []
    for row in _rows(table):
        cells: list[str] = []
        for cell in row:
            times = min(whole(cell.get(_TABLE + "number-columns-repeated"), 1, 10_000), _MOST_REPEATS)
            covered = cell.tag == _TABLE + "covered-table-cell"
            cells += [_covered(cells, rows) if covered else _cell_text(cell, bullets)] * times
        rows.append(tuple(cells[:_MOST_REPEATS]))
    width = max(map(len, rows), default=0)
    return Grid(tuple(row + ("",) * (width - len(row)) for row in rows))


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the table's own rows, not those of a table within a cell, which would be read twice at each depth."""
    for child in parent:
        if child.tag == _TABLE + "table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _covered(cells: list[str], rows: list[tuple[str, ...]]) -> str:
    """A covered cell repeats its neighbour: the one on its left, at the start of a row the one above."""
    if cells:
        above = rows[-1][len(cells)] if rows and len(cells) < len(rows[-1]) else ""
        return above if above and cells[-1] != above and len(set(cells)) > 1 else cells[-1]
    return rows[-1][0] if rows and rows[-1] else ""


def _cell_text(cell: etree._Element, bullets: set[str]) -> str:
    blocks = [piece for piece in _pieces(cell, bullets, "", 0, {}) if isinstance(piece, Block)]
    return "\n".join(f"{block.marker} {block.text}".strip() for block in blocks)
