"""Pictures are drawn anew: what comes out is only what can be seen, and small pictures of it for the card."""

import io

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.errors import Refused

#: Photos are shrunk to this many pixels on the long side (DESIGN-UX 7).
LONG_SIDE = 1600

#: A preview's long side, in pixels: sharp at 80 points on a telephone.
PREVIEW_SIDE = 240

#: A picture of more pixels than this is refused before it is decoded (security.md C46).
PIXELS = 40_000_000

# Pillow knows forty formats; nobody sends us the others.
_FORMATS = ("JPEG", "PNG")


def drawn_anew(data: bytes) -> bytes:
    """The picture as JPEG: no place, no time, no device, nothing hidden behind it (C46).

    Raises Refused when it cannot be read or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused(_("Ảnh quá lớn. Chụp lại với cỡ nhỏ hơn."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.info.clear()  # a JPEG comment would be written out again
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(_("Không đọc được ảnh này. Chụp lại hoặc chọn ảnh khác.")) from None
    return _jpeg(upright, LONG_SIDE)


def preview_of(data: bytes) -> bytes:
    """A small picture of one that we drew ourselves."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        picture.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        return _jpeg(picture.convert("RGB"), PREVIEW_SIDE)


def _jpeg(picture: Image.Image, long_side: int) -> bytes:
    picture.thumbnail((long_side, long_side))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
