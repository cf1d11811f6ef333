"""A QR code of an address, as an SVG element that prints sharply in black and white."""

import segno
from markupsafe import Markup


def drawn_code(address: str) -> Markup:
    """The code, of error correction M (15 %), with the four modules of quiet around it that ISO/IEC 18004 asks for."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, border=4, svgclass="code", lineclass=None))  # noqa: S704 - drawn by the library from modules, no text of ours in it
