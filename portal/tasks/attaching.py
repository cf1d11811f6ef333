"""Evidence comes in: checked, photos freed of where and when they were taken, stored outside the web root."""

import hashlib
import io
import zipfile
from datetime import datetime
from pathlib import PurePath
from typing import IO

from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal import files
from portal.db import db
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_queries import evidence_like
from portal.tasks.doer import Doer
from portal.tasks.evidence import Evidence
from portal.tasks.recording import record

#: security.md C40: files on one card.
AT_MOST = 20

#: Photos are shrunk to this many pixels on the long side (DESIGN-UX 7).
LONG_SIDE = 1600

#: A picture of more pixels than this is refused before it is decoded (security.md C46).
PIXELS = 40_000_000

_ZIP = b"PK\x03\x04"
_OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}

#: Extension -> (first bytes, media type it is served as). Extension, first bytes and parse must agree (C41).
TYPES = {
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (_ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def attach_evidence(card: Card, stream: IO[bytes], filename: str, by: Doer, now: datetime) -> Evidence:
    """Store one file on a card; a file that is there already is a second tap and changes nothing.

    Raises Refused when it is empty, too large, of another type than it claims, or one too many; nothing is
    stored then.
    """
    if card.evidence_count >= AT_MOST:
        raise Refused(_("Việc này đã có %(n)s tệp. Bỏ bớt rồi thêm.", n=AT_MOST))
    name = files.shown_name(filename)
    data = stream.read(files.MAX_BYTES + 1)
    media_type = _check(data, name)
    if media_type.startswith("image/"):
        data, name, media_type = (
            _without_metadata(data),
            str(PurePath(name).with_suffix(".jpg")),
            "image/jpeg",
        )
    already = evidence_like(card, hashlib.sha256(data).hexdigest())
    if already is not None:
        return already
    stored = files.store(card.ward_id, data, kept_with=db.session())
    evidence = Evidence(
        card_id=card.id,
        filename=name,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        stored_as=stored.name,
        contact_id=by.contact_id,
        uploader_name=by.name,
        added_at=now,
    )
    db.session.add(evidence)
    card.evidence_count += 1
    record(card, "evidence_added", by, now)
    return evidence


def remove_evidence(card: Card, evidence: Evidence, by: Doer, now: datetime) -> None:
    """Take a file off the card; the row stays for the history, the bytes go with the ward's retention."""
    evidence.removed_at = now
    card.evidence_count -= 1
    record(card, "evidence_removed", by, now)


def _check(data: bytes, name: str) -> str:
    """The media type the file is. Raises Refused with what to do."""
    if not data:
        raise Refused(_("Tệp “%(name)s” rỗng. Chọn tệp khác.", name=name))
    if len(data) > files.MAX_BYTES:
        raise Refused(_("Tệp “%(name)s” lớn hơn 20 MB. Chọn tệp nhỏ hơn.", name=name), status=413)
    known = TYPES.get(PurePath(name).suffix.lower())
    if known is None:
        raise Refused(_("Chỉ nhận ảnh (JPG, PNG), PDF, Word (.docx) và Excel (.xlsx)."))
    if not data.startswith(known[0]):
        raise Refused(_("Nội dung tệp “%(name)s” không đúng với đuôi tệp. Xuất lại rồi thử.", name=name))
    if known[0] == _ZIP and not _holds(data, _OFFICE_PARTS[PurePath(name).suffix.lower()]):
        raise Refused(_("Nội dung tệp “%(name)s” không đúng với đuôi tệp. Xuất lại rồi thử.", name=name))
    return known[1]


def _holds(data: bytes, part: str) -> bool:
    """Whether this is an office file with that part in it, and not just any ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return part in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _without_metadata(data: bytes) -> bytes:
    """The picture drawn anew as JPEG: no place, no time, no device, nothing hidden behind it (C46).

    Raises Refused when it cannot be read or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refused(_("Ảnh quá lớn. Chụp lại với cỡ nhỏ hơn."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.info.clear()  # a JPEG comment would be written out again
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(_("Không đọc được ảnh này. Chụp lại hoặc chọn ảnh khác.")) from None
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
