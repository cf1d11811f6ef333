"""What people see when something is missing, refused or broken, and what the log keeps of it."""

import logging
import secrets
import traceback

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from portal.db import drop
from portal.errors import NotFound, Refused, kind_of
from portal.pages import is_htmx

log = logging.getLogger(__name__)

#: Fields that are never shown again: secrets and addresses, and what nobody typed.
_KEPT_QUIET = {"csrf_token", "password", "email", "next"}
_NOT_TYPED = {
    "version",
    "state",
    "from",
    "after",
    "agency",
    "supporting",
    "event",
    "done",
    "granted",
    "role",
    "press",
}
_NOT_ECHOED = _KEPT_QUIET | _NOT_TYPED | {"kind", "unit"}

#: The database is away, restarting, or has no connection left for us.
_DATABASE_AWAY = (OperationalError, InterfaceError, NoConnectionFree)


def attach(app: Flask) -> None:
    """Give every failure its page."""
    app.register_error_handler(NotFound, lambda _error: error_page(404))
    app.register_error_handler(Refused, lambda error: error_page(error.status, error.why))
    app.register_error_handler(CSRFError, lambda _error: error_page(400, stale_form()))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DataError, _unusable)
    app.register_error_handler(Exception, _broken)
    # Flask would log the message too, and a message of the database quotes what people typed.
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]


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
        413: (_("Gửi quá nhiều"), _("Rút ngắn nội dung, hoặc chọn tệp nhỏ hơn 20 MB.")),
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
    response = make_response(render_template("error.html", typed=typed_texts(), **shown), status)
    if status in {429, 503}:
        response.headers["Retry-After"] = "60"
    return response


def typed_texts() -> dict[str, str]:
    """What the person wrote, to be copied from the page; nothing when it was too much to be read at all."""
    try:
        form = request.form
    except HTTPException:
        return {}
    return {name: text for name, text in form.items() if name not in _NOT_ECHOED and text.strip()}


def _http_error(error: HTTPException) -> Response:
    """What Flask itself refuses; a fault outside of a view (a commit that failed) arrives wrapped in a 500."""
    if isinstance(error, InternalServerError):
        return _broken(error.original_exception or error)
    response = error_page(error.code or 500)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # RFC 9110, 15.5.6
    return response


def _unusable(error: DataError) -> Response:
    """A value no column can hold: sent by hand, since no form of ours makes one."""
    _log(error, secrets.token_hex(4))
    drop_quietly()
    return error_page(400)


def _broken(error: BaseException) -> Response:
    """A fault of ours: undone, logged, and answered without asking the database who is looking."""
    drop_quietly()
    incident = secrets.token_hex(4)
    _log(error, incident)
    g._login_user = AnonymousUserMixin()
    return error_page(503 if isinstance(error, _DATABASE_AWAY) else 500, incident=incident)


def _log(error: BaseException, incident: str) -> None:
    """By type and place only, since messages can carry names."""
    place = "".join(traceback.format_tb(error.__traceback__))
    rule = request.url_rule.rule if request.url_rule else "-"
    log.error("incident %s: %s at %s\n%s", incident, kind_of(error), rule, place)


def drop_quietly() -> None:
    """Undo what can be undone; with the database away there is nothing left to undo."""
    try:
        drop()
    except _DATABASE_AWAY:
        log.warning("the database is away")
