"""What happened to a card, as sentences people read."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.tasks.card_event import CardEvent
from portal.tasks.evidence_viewer import EvidenceView
from portal.tasks.state import STATE_TEXTS, State
from portal.wording import full_date


@dataclass(frozen=True)
class Line:
    """One line of the history: an icon, who, what, why, when; `state` colours the dot."""

    icon: str
    who: str
    what: str
    why: str
    occurred_at: datetime
    state: str
    via: str


_ICONS = {
    "created": "file-text",
    "assigned": "send",
    "accepted": "checks",
    "edited": "pencil",
    "due_set": "calendar-event",
    "extension_asked": "calendar-plus",
    "extension_declined": "calendar-off",
    "extended": "calendar-plus",
    "agency_changed": "users",
    "supporters_changed": "users",
    "plan_corrected": "file-text",
    "commented": "message",
    "comment_edited": "pencil",
    "comment_removed": "trash",
    "evidence_added": "paperclip",
    "evidence_removed": "trash",
    "check_added": "list-check",
    "check_done": "list-check",
    "check_undone": "list-check",
    "blocked": "alert-triangle",
    "unblocked": "circle-check",
    "reminded": "bell-ringing",
    "reached": "message",
    "chased": "file-text",
    "undone": "arrow-back-up",
    "shared": "sitemap",
    "part_moved": "sitemap",
    "repeating": "repeat",
    "repeat_stopped": "repeat-off",
    "period_begun": "repeat",
    "explanation_asked": "message-question",
    "explained": "message-question",
    "explanation_read": "checks",
    "linked": "link",
    "unlinked": "link",
    "labelled": "tag",
    "unlabelled": "tag",
    "made_confidential": "eye-off",
    "made_open": "eye",
    "evidence_asked": "paperclip",
    "evidence_not_asked": "paperclip",
    "evidence_locked": "lock",
    "evidence_unlocked": "lock-open",
    "viewers_changed": "users",
    "carried_in": "sitemap",
    "carried_out": "sitemap",
}

_STATE_ICONS = {
    State.TODO: "circle-dashed",
    State.DOING: "progress",
    State.REVIEW: "hourglass",
    State.DONE: "circle-check",
    State.RETURNED: "arrow-back-up",
    State.PAUSED: "player-pause",
    State.REFUSED: "circle-off",
    State.CANCELLED: "circle-off",
}


def tell_view(view: EvidenceView) -> Line:
    """The sentence of one look into a file that names children."""
    return Line(
        icon="eye",
        who=view.viewer_name,
        what=_("mở một tệp có tên trẻ em"),
        why="",
        occurred_at=view.viewed_at,
        state="",
        via="",
    )


def tell(event: CardEvent) -> Line:
    """The sentence of one event."""
    target = _state(event.detail.get("target")) if event.kind in {"moved", "undone"} else None
    return Line(
        icon=_STATE_ICONS[target] if target and event.kind == "moved" else _ICONS.get(event.kind, "point"),
        who=event.actor_name or _("Hệ thống"),
        what=_what(event, target),
        why=str(event.detail.get("reason") or ""),
        occurred_at=event.occurred_at,
        state=target.value if target else "",
        via=_way(event),
    )


def _way(event: CardEvent) -> str:
    """From where: the web goes without saying; of a one-tap link, the day it was sent."""
    if event.via != "link":
        return ""
    sent = _day(event.detail.get("link_sent"))
    return _("qua đường dẫn trong thư ngày %(day)s", day=sent) if sent else _("qua đường dẫn trong thư")


def _what(event: CardEvent, target: State | None) -> str:
    if event.kind == "moved" and target is not None:
        return _("chuyển sang %(state)s", state=STATE_TEXTS[target])
    if event.kind == "undone":
        return _undone(event, target)
    if event.kind in {"due_set", "extended", "extension_asked", "extension_declined"}:
        return _dates(event)
    if event.kind == "agency_changed":
        return _("giao cho %(agency)s", agency=event.detail.get("agency", ""))
    if event.kind == "created":
        return _("tạo việc từ kế hoạch") if event.detail.get("plan") else _("thêm việc")
    if event.kind == "plan_corrected":
        return (
            _("sửa lời theo kế hoạch mới; lời cũ") if event.detail.get("reason") else _("theo kế hoạch mới")
        )
    return _tied(event) or _plain().get(event.kind, event.kind)


def _tied(event: CardEvent) -> str:
    """What happened between this card and others; empty for anything else."""
    detail = event.detail
    if event.kind == "reached":
        arrived = _("tin nhắc đã tới máy của %(who)s"), _("tin nhắc không tới được %(who)s")
        return arrived[detail.get("arrived") is not True] % {"who": detail.get("who")}
    if event.kind == "shared":
        return _("chia cho %(agencies)s", agencies=_listed(detail.get("agencies")))
    if event.kind == "part_moved":
        words = _("việc số %(n)s: %(state)s (xong %(done)s/%(total)s)")
        return words % {
            **detail,
            "n": detail.get("number"),
            "state": STATE_TEXTS[State(str(detail.get("target")))],
        }
    if event.kind in {"carried_in", "carried_out"}:
        carried = _("chuyển đến từ %(ward)s, ở đó là việc số %(n)s")
        return (
            carried if event.kind == "carried_in" else _("chuyển sang %(ward)s, ở đó là việc số %(n)s")
        ) % {
            "ward": detail.get("ward"),
            "n": detail.get("n"),
        }
    if event.kind == "period_begun":
        return _("lập cho kỳ mới, tiếp việc số %(n)s", n=detail.get("number"))
    if event.kind == "repeating" and detail.get("rhythm"):
        return _("đặt lặp lại: %(rhythm)s", rhythm=detail.get("rhythm"))
    if event.kind in {"linked", "unlinked"}:
        return _ties().get(str(detail.get("how") or event.kind), "") % {"n": detail.get("number")}
    if event.kind == "labelled":
        return _("gắn nhãn “%(label)s”", label=detail.get("label"))
    return _("bỏ nhãn “%(label)s”", label=detail.get("label")) if event.kind == "unlabelled" else ""


def _ties() -> dict[str, str]:
    return {
        "related": _("nối với việc số %(n)s"),
        "waits_for": _("ghi là chờ việc số %(n)s"),
        "awaited": _("việc số %(n)s chờ việc này"),
        "unlinked": _("bỏ nối với việc số %(n)s"),
    }


def _listed(names: object) -> str:
    return ", ".join(str(name) for name in names) if isinstance(names, list) else ""


def _undone(event: CardEvent, target: State | None) -> str:
    if target is not None:
        return _("hoàn tác, về %(state)s", state=STATE_TEXTS[target])
    what = event.detail.get("what")
    words = [_plain().get(str(kind), "") for kind in what] if isinstance(what, list) else []
    return _("hoàn tác: %(what)s", what=", ".join(dict.fromkeys(filter(None, words))))


def _plain() -> dict[str, str]:
    return {
        "assigned": _("giao việc"),
        "accepted": _("nhận việc"),
        "edited": _("sửa tên việc"),
        "supporters_changed": _("đổi cơ quan phối hợp"),
        "commented": _("viết trao đổi"),
        "comment_edited": _("sửa một trao đổi"),
        "comment_removed": _("xóa một trao đổi"),
        "evidence_added": _("thêm minh chứng"),
        "evidence_removed": _("bỏ một minh chứng"),
        "check_added": _("thêm việc con"),
        "check_done": _("xong một việc con"),
        "check_undone": _("mở lại một việc con"),
        "blocked": _("báo vướng mắc"),
        "unblocked": _("hết vướng mắc"),
        "reminded": _("nhắc việc"),
        "chased": _("soạn công văn đôn đốc"),
        "due_set": _("đặt hạn"),
        "extended": _("gia hạn"),
        "extension_asked": _("xin lùi hạn"),
        "extension_declined": _("trả lời xin lùi hạn"),
        "agency_changed": _("đổi cơ quan"),
        "shared": _("chia việc"),
        "repeating": _("cho lặp lại tiếp"),
        "repeat_stopped": _("dừng lặp"),
        "explanation_asked": _("yêu cầu giải trình"),
        "explained": _("giải trình"),
        "explanation_read": _("đã xem giải trình"),
        "made_confidential": _("đánh dấu bảo mật"),
        "made_open": _("bỏ dấu bảo mật"),
        "evidence_asked": _("yêu cầu có minh chứng khi nộp"),
        "evidence_not_asked": _("không bắt buộc minh chứng nữa"),
        "evidence_locked": _("khóa một tệp có tên trẻ em"),
        "evidence_unlocked": _("mở khóa một tệp"),
        "viewers_changed": _("đổi người xem tệp có tên trẻ em"),
    }


def _dates(event: CardEvent) -> str:
    source, target = _day(event.detail.get("source")), _day(event.detail.get("target"))
    if event.kind == "extension_asked":
        return _("xin lùi hạn đến %(day)s", day=target)
    if event.kind == "extension_declined":
        return _("không đồng ý lùi hạn đến %(day)s", day=target)
    if source and target:
        return _("đổi hạn %(source)s thành %(target)s", source=source, target=target)
    return _("đặt hạn %(day)s", day=target) if target else _("bỏ hạn %(day)s", day=source)


def _day(value: object) -> str:
    return full_date(date.fromisoformat(value)) if isinstance(value, str) else ""


def _state(value: object) -> State | None:
    return State(value) if isinstance(value, str) and value in set(State) else None
