"""What Word paragraph styles say of a paragraph: heading level, list, bold, inherited along basedOn."""

from dataclasses import dataclass

from lxml import etree

from portal.plans.reading.formats.markup import whole
from portal.plans.reading.formats.word_numbering import W

_LONGEST_CHAIN = 12


@dataclass(frozen=True)
class Style:
    """Heading level (0: none), the list it numbers by, its depth there, and whether its text is bold."""

    heading: int = 0
    number_id: str | None = None
    depth: int = 0
    bold: bool = False


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """Return the paragraph styles of word/styles.xml by their id."""
    if root is None:
        return {}
    elements = {str(style.get(W + "styleId")): style for style in root.iter(W + "style")}
    return {name: _resolved(name, elements) for name in elements}


def _resolved(name: str, elements: dict[str, etree._Element]) -> Style:
    heading, number_id, depth, bold = 0, None, None, False
    for element in _chain(name, elements):
        heading = heading or _heading(element)
        found_id, found_depth = numbering_reference(element.find(W + "pPr"))
        number_id = number_id or found_id
        depth = found_depth if depth is None and found_id else depth
        bold = bold or is_on(element.find(f"{W}rPr/{W}b"))
    return Style(heading, number_id, depth or 0, bold)


def _chain(name: str, elements: dict[str, etree._Element]) -> list[etree._Element]:
    chain: list[etree._Element] = []
    while name in elements and len(chain) < _LONGEST_CHAIN:
        chain.append(elements[name])
        based = elements[name].find(W + "basedOn")
        name = str(based.get(W + "val")) if based is not None else ""
    return chain


def _heading(style: etree._Element) -> int:
    named = style.find(W + "name")
    words = str(named.get(W + "val") or "").lower().split() if named is not None else []
    if len(words) == 2 and words[0] == "heading" and (level := whole(words[1], 0, 10)):
        return level
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    return whole(outline.get(W + "val"), -1, 9) + 1 if outline is not None else 0


def numbering_reference(properties: etree._Element | None) -> tuple[str | None, int]:
    """Return (list id, depth) that paragraph properties refer to."""
    reference = properties.find(W + "numPr") if properties is not None else None
    if reference is None:
        return None, 0
    number_id, depth = reference.find(W + "numId"), reference.find(W + "ilvl")
    level = whole(depth.get(W + "val"), 0, 9) if depth is not None else 0
    value = number_id.get(W + "val") if number_id is not None else None
    return (str(value) if value else None), level


def is_on(toggle: etree._Element | None) -> bool:
    """Say whether a Word on/off property is present and not switched off."""
    return toggle is not None and toggle.get(W + "val") not in ("0", "false", "off", "none")
