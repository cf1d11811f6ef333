"""Pages whose letters come from two fonts: Vietnamese letters a font lacks are drawn afterwards, into its gaps."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pypdf
from pypdf._text_extraction._layout_mode._fixed_width_page import (
    fixed_char_width,
    fixed_width_page,
    resolve_font,
    text_show_operations,
    y_coordinate_groups,
)
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf.generic import ArrayObject, ContentStream, FloatObject

Operation = tuple[list[Any], bytes]

# After a run was shown, the pen goes back to an absolute place and the font changes, within one text object.
_SECOND_FONT = re.compile(rb"T[jJ]\s+(?:[-\d.]+\s+){6}Tm\s+/\S+\s+[\d.]+\s+Tf\b")
_MOVES = (b"Td", b"Tm", b"TD")


def layout_text(page: pypdf.PageObject) -> str:
    """Return the page's lines in fixed width; where letters were shown font by font, put in their places first."""
    contents = page.get_contents()
    if contents is None or not _SECOND_FONT.search(contents.get_data()):
        return page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    fonts = page._layout_mode_fonts()
    operations = ContentStream(contents, page.pdf, "bytes").operations
    shown = text_show_operations(_reordered(operations, fonts), fonts)
    if not shown:
        return ""
    return fixed_width_page(y_coordinate_groups(shown), fixed_char_width(shown), False, 1)


def _reordered(operations: Iterable[Operation], fonts: dict[str, Any]) -> Iterator[Operation]:
    block: list[Operation] | None = None
    for operation in operations:
        if operation[1] == b"BT":
            block = []
        if block is None:
            yield operation
        else:
            block.append(operation)
        if operation[1] == b"ET" and block is not None:
            yield from _by_place(block, fonts)
            block = None
    yield from block or ()


def _by_place(block: list[Operation], fonts: dict[str, Any]) -> Iterator[Operation]:
    """Yield one text object with every shown string at its own place, line by line from left to right."""
    names = {str(operands[0]) for operands, op in block if op == b"Tf" and operands}
    if len(names) < 2:
        yield from block
        return
    yield block[0]
    for _, operations in sorted(_shown(block, fonts), key=lambda run: run[0]):
        yield from operations
    yield block[-1]


def _shown(
    block: list[Operation], fonts: dict[str, Any]
) -> Iterator[tuple[tuple[int, float], list[Operation]]]:
    """Yield ((line, column), operations) for each string, walked through as the pen of a reader would."""
    pen = TextStateManager()
    font: Operation | None = None
    for operands, op in block[1:-1]:
        if op == b"Tf":
            font = (operands, op)
            pen.set_font(resolve_font(fonts, operands[0]), float(operands[1]))
        elif op in _MOVES:
            pen.reset_trm()
            if op == b"Tm":
                pen.reset_tm()
            pen.add_tm(operands)
        elif op in (b"Tj", b"TJ") and font:
            items = operands[0] if isinstance(operands[0], ArrayObject) else [operands[0]]
            yield from _strings(items, pen, font)
        else:
            pen.set_state_param(op, operands)


def _strings(
    items: Iterable[Any], pen: TextStateManager, font: Operation
) -> Iterator[tuple[tuple[int, float], list[Operation]]]:
    shown = None
    for item in items:
        if isinstance(item, bytes | str):
            shown = pen.text_state_params(item)
            matrix = [FloatObject(value) for value in shown.transform]
            yield (-round(shown.ty), shown.tx), [font, (matrix, b"Tm"), ([item], b"Tj")]
        elif shown is not None:
            pen.add_trm(shown.displacement_matrix(td_offset=item))
