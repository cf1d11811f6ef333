"""What kind of file somebody sent: its extension, its first bytes and its whole form must agree (C40-C45)."""

import re
import subprocess
import sys
from pathlib import Path, PurePath

from flask_babel import gettext as _

from portal import files
from portal.archive import Archive
from portal.errors import Refused
from portal.fencing import fence

_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
# An office file behind a password is such a container.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)
_PDF_CHILD = Path(__file__).with_name("pdf_check.py")
_PDF_SECONDS = 20

#: Extension -> (first bytes, media type it is served as).
TYPES = {
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (_ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def inspect(data: bytes, name: str) -> str:
    """The media type the file is. Pictures are still to be drawn anew. Raises Refused with what to do."""
    if not data:
        raise Refused(_("Tệp “%(name)s” rỗng. Chọn tệp khác.", name=name))
    if len(data) > files.MAX_BYTES:
        raise Refused(_("Tệp “%(name)s” lớn hơn 20 MB. Chọn tệp nhỏ hơn.", name=name), status=413)
    ending = PurePath(name).suffix.lower()
    known = TYPES.get(ending)
    if known is None:
        raise Refused(_("Chỉ nhận ảnh (JPG, PNG), PDF, Word (.docx) và Excel (.xlsx)."))
    if ending in _OFFICE_PARTS:
        _inspect_office(data, name, _OFFICE_PARTS[ending])
    elif not data.startswith(known[0]):
        raise _unfit("mismatched_type", name)
    elif ending == ".pdf":
        _inspect_pdf(data, name)
    return known[1]


def _unfit(code: str, name: str) -> Refused:
    """The refusal of a file for a reason of the preflight."""
    sentences = {
        "mismatched_type": _(
            "Nội dung tệp “%(name)s” không đúng với đuôi tệp. Mở tệp, lưu lại rồi gửi.", name=name
        ),
        "encrypted": _("Tệp “%(name)s” đang đặt mật khẩu. Bỏ mật khẩu rồi gửi lại.", name=name),
        "bomb": _(
            "Tệp “%(name)s” nén bất thường nên không nhận để giữ an toàn. Lưu lại thành tệp mới rồi gửi.",
            name=name,
        ),
        "unsafe": _(
            "Tệp “%(name)s” chứa macro hoặc thành phần không được phép. Lưu dạng thường (.docx, .xlsx) rồi gửi.",
            name=name,
        ),
        "too_large": _("Tệp “%(name)s” dài hơn 300 trang. Tách phần cần nộp rồi gửi.", name=name),
        "broken": _("Tệp “%(name)s” bị hỏng, không mở được. Mở trên máy, lưu lại rồi gửi.", name=name),
    }
    return Refused(sentences[code])


def _inspect_office(data: bytes, name: str, main_part: str) -> None:
    if data.startswith(_OLE):
        raise _unfit("encrypted", name)
    archive = Archive(data, lambda code: _unfit(code, name))
    if main_part not in archive:
        raise _unfit("mismatched_type", name)
    for part in archive.names():
        if part.lower().endswith("vbaproject.bin"):
            raise _unfit("unsafe", name)
        content = archive.read(part)  # counts the real bytes
        if part.lower().endswith((".xml", ".rels")) and _names_a_doctype(content):
            raise _unfit("unsafe", name)


def _names_a_doctype(content: bytes) -> bool:
    """In UTF-8 or, with the zeros taken out, in UTF-16 (C43)."""
    return bool(_DOCTYPE.search(content) or _DOCTYPE.search(content.replace(b"\x00", b"")))


def _inspect_pdf(data: bytes, name: str) -> None:
    """In a child with limits and no network, since a PDF can take any amount of time and memory."""
    if _ZIP_END in data[-65_600:]:
        raise _unfit("mismatched_type", name)
    try:
        child = subprocess.run(  # noqa: S603 - our own module, the file goes through a pipe, no shell
            [*fence(), sys.executable, "-I", str(_PDF_CHILD)],
            input=data,
            capture_output=True,
            timeout=_PDF_SECONDS,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unfit("bomb", name) from None
    word = child.stdout.decode("ascii", "replace") if child.returncode == 0 else "bomb"
    if word != "fit":
        raise _unfit(word if word in {"encrypted", "too_large", "broken"} else "bomb", name)
