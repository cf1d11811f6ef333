"""The words of the outbox page: how a message stands, and why it was not sent."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.reminders.texts.texts import REQUEST

#: state -> words, the tone of their colour, icon.
STANDING = {
    "queued": (_l("Chờ gửi"), "todo", "clock"),
    "claimed": (_l("Đang gửi"), "doing", "send"),
    "submitting": (_l("Đang gửi"), "doing", "send"),
    "unknown": (_l("Chưa rõ đã đến"), "soon", "help-circle"),
    "retry_wait": (_l("Sẽ gửi lại"), "soon", "refresh"),
    "held": (_l("Tạm giữ"), "soon", "player-pause"),
    "parked": (_l("Cần người xem"), "late", "help-circle"),
    "accepted": (_l("Đã gửi"), "done", "circle-check"),
    "delivered": (_l("Đã đến"), "done", "checks"),
    "undelivered": (_l("Không đến được"), "late", "alert-triangle"),
    "bounced": (_l("Bị trả lại"), "late", "arrow-back-up"),
    "failed": (_l("Không gửi được"), "late", "alert-triangle"),
    "cancelled": (_l("Không gửi"), "todo", "circle-off"),
    "expired": (_l("Quá giờ, không gửi"), "todo", "circle-off"),
}

WHY = {
    "refused": _l("Máy chủ của người nhận từ chối địa chỉ này. Kiểm tra lại e-mail."),
    "gave_up": _l("Đã thử nhiều lần, máy chủ thư vẫn từ chối."),
    "try_later": _l("Máy chủ thư bảo thử lại sau."),
    "no_answer": _l("Máy chủ thư không trả lời. Đang tìm trong nhật ký của nó, chưa gửi lại."),
    "sender_died": _l("Tiến trình gửi bị ngắt. Đang tìm trong nhật ký máy chủ thư, chưa gửi lại."),
    "not_there": _l("Nhật ký máy chủ thư không có tin này, nên gửi lại đúng tin đó."),
    "broken": _l("Hệ thống không viết được tin này. Báo người vận hành."),
    "found": _l("Tìm thấy trong nhật ký máy chủ thư."),
    "relay": _l("Máy chủ thư không nhận thư của hệ thống. Người vận hành đang xem."),
    "text_refused": _l("Cổng SMS báo số này không nhận được tin. Kiểm tra lại số điện thoại."),
    "text_gave_up": _l("Đã thử nhiều lần, cổng SMS vẫn từ chối."),
    "text_try_later": _l("Cổng SMS bảo thử lại sau."),
    "text_no_answer": _l("Cổng SMS không trả lời. Chưa rõ tin đã đi chưa, nên chưa gửi lại."),
    "text_relay": _l("Cổng SMS không nhận tài khoản của phường (sai mã hoặc hết tiền). Tin được giữ lại."),
    "template": _l("Nội dung này chưa đăng ký với nhà mạng. Tin được giữ lại."),
    "unknown_code": _l("Cổng SMS trả lời một mã chưa biết. Hỏi nhà cung cấp trước khi gửi lại."),
    "ask_again": _l("Đang hỏi lại cổng SMS bằng đúng mã tin cũ, không gửi thành hai tin."),
    "nobody_knows": _l("Cổng SMS không cho biết tin đã đi chưa. Hỏi người nhận trước khi gửi lại."),
    "not_reached": _l("Nhà mạng báo tin không tới được máy. Nếu có cách khác, hệ thống gửi bằng cách đó."),
    "no_template": _l("Nội dung này chưa có mã mẫu ở Zalo. Tin đi kênh khác."),
    "no_account": _l("Phường chưa có tài khoản gửi kênh này."),
    "trial": _l("Kênh này đang gửi thử: chỉ lãnh đạo và người điều phối nhận."),
    "number_gone": _l("Số này không nhận tin nữa: sai số, hoặc người dùng đã từ chối."),
    "no_such_address": _l("Máy chủ của người nhận báo không có địa chỉ này. Sửa e-mail rồi gửi lại."),
    "came_back": _l("Máy chủ của người nhận trả thư lại: hộp thư đầy hoặc tạm không nhận."),
    "address_gone": _l("Thư tới địa chỉ này bị trả lại. Sửa e-mail rồi gửi lại."),
    "unconfirmed": _l("Người này chưa trả lời tin nào. Hỏi lại địa chỉ rồi bấm “Đã hỏi, địa chỉ đúng”."),
    "contact_changed": _l("Người nhận đã đổi địa chỉ hoặc đã nghỉ."),
    "nothing_left": _l("Các việc trong tin đã xong hoặc đã đổi."),
    "too_late": _l("Đã qua lúc cần nhắc."),
    "stopped": _l("Đã dừng theo yêu cầu."),
    "opted_out": _l("Người nhận đã ngừng nhận thư nhắc."),
    "changed": _l("việc đã đổi hạn hoặc cơ quan"),
    "next_step": _l("việc đã sang mốc nhắc khác"),
    "review": _l("đã nộp"),
    "done": _l("đã xong"),
    "paused": _l("tạm hoãn"),
    "rejected": _l("cơ quan từ chối"),
    "cancelled": _l("đã hủy"),
    "answered": _l("đã có trả lời"),
}

KIND = {
    "due_soon": _l("sắp đến hạn"),
    "due_today": _l("đến hạn"),
    "overdue": _l("quá hạn"),
    "escalated": _l("quá hạn lâu, báo lãnh đạo"),
    "assigned": _l("việc mới giao"),
    "no_answer": _l("chưa trả lời"),
    "returned": _l("cần bổ sung"),
    "approved": _l("đã duyệt"),
    "extended": _l("đã gia hạn"),
    "not_extended": _l("không gia hạn"),
    "explain": _l("cần giải trình"),
    "mentioned": _l("có người nhắc đến"),
    "digest": _l("tình hình đầu tuần"),
    "asked": _l("nhắc ngay"),
    "new_link": _l("đường dẫn mới"),
    "stopped": _l("xác nhận đã ngừng gửi"),
    "resumed": _l("xác nhận gửi lại"),
    "trial": _l("tin thử"),
}

_MANY = {"many": _l("nhiều việc, có việc quá hạn"), "many_in_time": _l("nhiều việc")}


def text_name(kind: str) -> str:
    """What a kind of short message (texts.py) is called; one that asks and does not order says so."""
    ordered = kind.removesuffix(REQUEST)
    name = str(_MANY.get(ordered) or KIND[ordered])
    return name if ordered == kind else _("%(kind)s (lời đề nghị)", kind=name)


#: The groups the page offers, each a set of states.
GROUPS = {
    "waiting": (_l("Chờ gửi"), ("queued", "claimed", "submitting", "retry_wait")),
    "sent": (_l("Đã gửi"), ("accepted", "delivered")),
    "failed": (_l("Không gửi được"), ("failed", "undelivered", "bounced", "parked")),
    "unknown": (_l("Chưa rõ"), ("unknown",)),
    "held": (_l("Tạm giữ"), ("held",)),
    "dropped": (_l("Không gửi"), ("cancelled", "expired")),
}
