"""What people see when something is missing, refused or broken, and what the log keeps of it."""

import logging
import secrets
import traceback

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.db import drop
from portal.errors import NotFound, Refused
from portal.pages import is_htmx

log = logging.getLogger(__name__)

#: Fields that are never shown again.
_NOT_ECHOED = {"csrf_token", "password", "email", "next", "version"}


def attach(app: Flask) -> None:
    """Give every failure its page."""
    app.register_error_handler(NotFound, lambda _error: error_page(404))
    app.register_error_handler(Refused, lambda error: error_page(error.status, error.why))
    app.register_error_handler(CSRFError, lambda _error: error_page(400, stale_form()))
    app.register_error_handler(HTTPException, lambda error: error_page(error.code or 500))
    app.register_error_handler(OperationalError, lambda error: _broken(error, 503))
    app.register_error_handler(InterfaceError, lambda error: _broken(error, 503))
    app.register_error_handler(Exception, lambda error: _broken(error, 500))


def stale_form() -> str:
    """Why a form without a valid CSRF token is refused."""
    return _("Trang mở đã lâu. Tải lại trang rồi làm lại; nội dung vừa gõ vẫn còn bên dưới.")


def _sentences(status: int) -> tuple[str, str]:
    """The title of an error page and what to do about it."""
    known = {
        403: (_("Không có quyền"), _("Vai của anh/chị không mở được trang này.")),
        404: (_("Không tìm thấy"), _("Trang này không có, hoặc anh/chị không thuộc đơn vị đó.")),
        405: (_("Không dùng được cách này"), _("Quay lại trang trước rồi bấm nút trên trang.")),
        409: (_("Có người vừa sửa"), _("Tải lại để xem bản mới rồi làm lại.")),
        413: (_("Tệp quá lớn"), _("Chọn tệp nhỏ hơn 20 MB.")),
        422: (_("Chưa lưu được"), _("Sửa lại rồi gửi lần nữa.")),
        429: (_("Làm quá nhanh"), _("Đợi một lát rồi thử lại.")),
        503: (_("Tạm gián đoạn"), _("Hệ thống đang khởi động lại. Đợi một phút rồi thử lại.")),
    }
    if status in known:
        return known[status]
    if status < 500:
        return _("Yêu cầu chưa đọc được"), _("Quay lại trang trước rồi thử lại.")
    return _("Hệ thống gặp lỗi"), _("Chưa lưu được. Thử lại; nếu vẫn lỗi, báo người vận hành mã dưới đây.")


def error_page(status: int, why: str | None = None, incident: str | None = None) -> Response:
    """The page of an error, or for htmx only a toast, so that what was typed stays where it is.

    The bytes of a 404 are the same for a missing thing and for one behind the wall.
    """
    title, advice = _sentences(status)
    shown = {"status": status, "title": title, "why": why or advice, "incident": incident}
    if is_htmx():
        return make_response(render_template("_refusal.html", **shown), status)
    typed = {name: text for name, text in request.form.items() if name not in _NOT_ECHOED and text.strip()}
    response = make_response(render_template("error.html", typed=typed, **shown), status)
    if status in {429, 503}:
        response.headers["Retry-After"] = "60"
    return response


def _broken(error: Exception, status: int) -> Response:
    """A fault of ours: undone, and logged by type and place only, since messages can carry names."""
    drop_quietly()
    incident = secrets.token_hex(4)
    place = "".join(traceback.format_tb(error.__traceback__))
    rule = request.url_rule.rule if request.url_rule else "-"
    log.error("incident %s: %s at %s\n%s", incident, type(error).__name__, rule, place)
    return error_page(status, incident=incident)


def drop_quietly() -> None:
    """Undo what can be undone; with the database away there is nothing left to undo."""
    try:
        drop()
    except (OperationalError, InterfaceError):
        log.warning("the database is away")
