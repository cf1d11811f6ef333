"""A spreadsheet somebody sent: read in a child process with limits, or refused in words that say what to do."""

from flask import request
from flask_babel import lazy_gettext as _l

from portal import files
from portal.errors import Refused
from portal.plans.reading import UnreadablePlan
from portal.plans.reading.formats.spreadsheet import Sheet
from portal.plans.reading.sandbox import read_sheet_safely

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Bytes of a request with a spreadsheet: the file, and a form around it with field names and the token.
SHEET_BYTES = files.MAX_BYTES + 64 * 1024

#: Why a spreadsheet could not be read, by the reader's code (reading/unreadable.py).
_UNREADABLE = {
    "empty": _l("Tệp trống. Tải bảng xuống, sửa rồi gửi lại tệp đó."),
    "mismatched_type": _l("Đây không phải tệp .xlsx. Mở tệp trong Excel, lưu dạng .xlsx rồi gửi lại."),
    "encrypted": _l("Tệp đang đặt mật khẩu. Bỏ mật khẩu rồi gửi lại."),
    "broken": _l("Tệp bị hỏng, không mở được. Mở tệp trên máy, lưu lại rồi gửi lại."),
    "bomb": _l("Tệp nén bất thường nên không mở để giữ an toàn. Tải bảng mới xuống rồi sửa trên bản đó."),
    "unsafe": _l(
        "Tệp chứa thành phần không được phép (macro hoặc DOCTYPE). Lưu dạng .xlsx thường rồi gửi lại."
    ),
    "too_large": _l("Tệp quá lớn: bảng việc có dưới 5.000 hàng. Tải bảng mới xuống rồi sửa trên bản đó."),
    "too_slow": _l("Đọc tệp quá lâu nên đã dừng. Tải bảng mới xuống rồi sửa trên bản đó."),
    "crashed": _l("Không đọc được tệp này. Tải bảng mới xuống rồi sửa trên bản đó."),
}


def sheet_sent(missing: str) -> Sheet:
    """The first sheet of the file somebody sent (field `file`). Raises Refused; `missing`: said for none."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refused(missing)
    data = upload.stream.read(files.MAX_BYTES + 1)
    if len(data) > files.MAX_BYTES:
        raise Refused(str(_UNREADABLE["too_large"]), status=413)
    try:
        return read_sheet_safely(data)
    except UnreadablePlan as reason:
        raise Refused(str(_UNREADABLE.get(reason.code, _UNREADABLE["crashed"]))) from None
