"""The line above the cards of a message: how many and how they stand, in the wording of an order or of a request."""

from collections.abc import Callable, Sequence
from datetime import date

from flask_babel import gettext as _

from portal.reminders.notice import Kind, Notice
from portal.tasks.timeliness import SOON_DAYS

_Say = Callable[[int], str]

#: Where all cards are told the same: an order's words, a request's. Kinds whose dates say more are not here.
_HEADINGS: dict[Kind, tuple[_Say, _Say]] = {
    Kind.ASSIGNED: (
        lambda n: _("%(n)s việc mới giao", n=n),
        lambda n: _("%(n)s việc mới đề nghị phối hợp", n=n),
    ),
    Kind.NO_ANSWER: (
        lambda n: _("%(n)s việc chờ trả lời", n=n),
        lambda n: _("%(n)s việc chờ phúc đáp", n=n),
    ),
    Kind.RETURNED: (
        lambda n: _("%(n)s việc cần bổ sung", n=n),
        lambda n: _("%(n)s việc đề nghị bổ sung", n=n),
    ),
    Kind.APPROVED: (
        lambda n: _("%(n)s việc đã được duyệt, không phải làm gì thêm", n=n),
        lambda n: _("%(n)s việc đã được ghi nhận, không phải làm gì thêm", n=n),
    ),
    Kind.EXTENDED: (
        lambda n: _("%(n)s việc được gia hạn", n=n),
        lambda n: _("%(n)s việc được lùi ngày", n=n),
    ),
    Kind.NOT_EXTENDED: (
        lambda n: _("%(n)s việc giữ hạn cũ", n=n),
        lambda n: _("%(n)s việc giữ ngày cũ", n=n),
    ),
    Kind.EXPLAIN: (
        lambda n: _("%(n)s việc cần giải trình", n=n),
        lambda n: _("%(n)s việc đề nghị cho biết lý do", n=n),
    ),
    Kind.MENTIONED: (lambda n: _("%(n)s việc có người nhắc đến anh/chị", n=n),) * 2,
    Kind.ESCALATED: (lambda n: _("%(n)s việc quá hạn lâu, cần chỉ đạo", n=n),) * 2,
    Kind.NEW_LINK: (lambda _n: _("Đường dẫn mới anh/chị vừa xin"),) * 2,
}


def is_requested(notices: Sequence[Notice]) -> bool:
    """Whether all of it may only be asked for, not ordered."""
    return all(notice.shown["mode"] == "request" for notice in notices)


def last_day_of(notice: Notice) -> date | None:
    """The card's last day as the message knows it."""
    stored = notice.shown["last_day"]
    return date.fromisoformat(str(stored)) if stored else None


def days_left(notice: Notice, today: date) -> int | None:
    """Days from today to the card's last day; negative when it has passed."""
    last = last_day_of(notice)
    return (last - today).days if last else None


def heading_of(notices: Sequence[Notice], today: date) -> str:
    """`3 việc cần xử lý: 1 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn`."""
    n, kinds, requested = len(notices), {Kind(notice.kind) for notice in notices}, is_requested(notices)
    if len(kinds) == 1 and (say := _HEADINGS.get(next(iter(kinds)))):
        return say[requested](n)
    start = _("%(n)s việc đề nghị phối hợp", n=n) if requested else _("%(n)s việc cần xử lý", n=n)
    parts = _counts(notices, today, requested)
    return f"{start}: {', '.join(parts)}" if parts else start


def _counts(notices: Sequence[Notice], today: date, requested: bool) -> list[str]:
    """How many are late, due, near and far; cards without a date are in none."""
    dated = [(notice, left) for notice in notices if (left := days_left(notice, today)) is not None]
    late = sum(left < 0 for _notice, left in dated)
    due = sum(left == 0 for _notice, left in dated)
    # The ladder counts working days: over a holiday the rung "due soon" lies further away.
    soon = sum(left > 0 and (left <= SOON_DAYS or one.kind == Kind.DUE_SOON) for one, left in dated)
    later = len(dated) - late - due - soon
    words = _asked_words() if requested else _ordered_words()
    return [f"{count} {said}" for count, said in zip((late, due, soon, later), words, strict=True) if count]


def _ordered_words() -> tuple[str, ...]:
    return _("quá hạn"), _("đến hạn hôm nay"), _("sắp đến hạn"), _("còn hạn")


def _asked_words() -> tuple[str, ...]:
    return _("đã qua ngày"), _("đến ngày hôm nay"), _("sắp đến ngày"), _("còn thời gian")
