"""XML parts of office files, parsed strictly: no DOCTYPE, no entities, no network, no huge trees."""

import re

from lxml import etree

from portal.plans.reading.unreadable import UnreadablePlan

_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)
_MOST_ELEMENTS = 600_000
_MOST_DIGITS = 7


def parsed(content: bytes) -> etree._Element:
    """Return the root element; raises UnreadablePlan("unsafe") on a DOCTYPE, "broken" on bad XML."""
    if _DOCTYPE.search(content) or _DOCTYPE.search(content.replace(b"\x00", b"")):
        raise UnreadablePlan("unsafe")
    if content.count(b"<") > 2 * _MOST_ELEMENTS:
        raise UnreadablePlan("too_large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePlan("broken") from error


def whole(written: object, default: int, below: int) -> int:
    """Return the number that an attribute holds, or `default` when it is none from 0 up to `below`."""
    digits = str(written)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return default
    return int(digits) if int(digits) < below else default
