"""A card in a message, and the line above all of them: how it stands, in the wording of an order or of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.letter import public_address
from portal.reminders.action_link import ActionLink
from portal.reminders.notice import STEERING_KINDS, Kind, Notice
from portal.reminders.token import ONE_TAP, seal
from portal.tenants.ward import Ward
from portal.wording import short_date, weekday


@dataclass(frozen=True)
class Item:
    """One card in a message. `tone` names its colour, `badge` says how it stands.

    `is_one_tap`: its address reports without signing in; otherwise it leads to the card, behind sign-in.
    """

    label: str
    title: str
    badge: str
    tone: str
    due: str
    locator: str
    requested: bool
    address: str
    is_one_tap: bool


#: Kinds whose badge does not depend on the date: an order's words, a request's words, the tone of the colour.
_BADGES = {
    Kind.ASSIGNED: (_l("VIỆC MỚI GIAO"), _l("ĐỀ NGHỊ MỚI"), "doing"),
    Kind.NO_ANSWER: (_l("CHƯA TRẢ LỜI"), _l("CHỜ PHÚC ĐÁP"), "soon"),
    Kind.RETURNED: (_l("CẦN BỔ SUNG"), _l("ĐỀ NGHỊ BỔ SUNG"), "soon"),
    Kind.APPROVED: (_l("ĐÃ DUYỆT"), _l("ĐÃ GHI NHẬN"), "done"),
    Kind.EXTENDED: (_l("ĐÃ GIA HẠN"), _l("ĐÃ LÙI NGÀY"), "doing"),
    Kind.NOT_EXTENDED: (_l("KHÔNG GIA HẠN"), _l("GIỮ NGÀY CŨ"), "soon"),
    Kind.EXPLAIN: (_l("CẦN GIẢI TRÌNH"), _l("ĐỀ NGHỊ CHO BIẾT LÝ DO"), "late"),
    Kind.MENTIONED: (_l("CÓ NGƯỜI NHẮC ĐẾN"), _l("CÓ NGƯỜI NHẮC ĐẾN"), "doing"),
}


#: The heading of a message in which all cards are told the same; kinds whose dates say more are not in it.
_HEADINGS: dict[Kind, Callable[[int], str]] = {
    Kind.ASSIGNED: lambda n: ngettext("%(num)s việc mới giao", "%(num)s việc mới giao", n),
    Kind.NO_ANSWER: lambda n: ngettext("%(num)s việc chờ trả lời", "%(num)s việc chờ trả lời", n),
    Kind.RETURNED: lambda n: ngettext("%(num)s việc cần bổ sung", "%(num)s việc cần bổ sung", n),
    Kind.APPROVED: lambda n: ngettext("%(num)s việc đã được duyệt", "%(num)s việc đã được duyệt", n),
    Kind.EXTENDED: lambda n: ngettext("%(num)s việc được gia hạn", "%(num)s việc được gia hạn", n),
    Kind.NOT_EXTENDED: lambda n: ngettext("%(num)s việc giữ hạn cũ", "%(num)s việc giữ hạn cũ", n),
    Kind.EXPLAIN: lambda n: ngettext("%(num)s việc cần giải trình", "%(num)s việc cần giải trình", n),
    Kind.MENTIONED: lambda n: ngettext("%(num)s việc nhắc đến anh/chị", "%(num)s việc nhắc đến anh/chị", n),
    Kind.ESCALATED: lambda n: ngettext("%(num)s việc quá hạn lâu", "%(num)s việc quá hạn lâu", n),
}


def item_of(notice: Notice, link: ActionLink | None, ward: Ward, today: date) -> Item:
    """The card of a fact as the message shows it on that day."""
    left, last = _days_left(notice, today), last_day_of(notice)
    badge, tone = _badge(notice, left)
    return Item(
        label=label_of(notice),
        title=str(notice.shown["title"]),
        badge=badge,
        tone=tone,
        due=_("hạn %(day)s", day=_near(last, today)) if last else "",
        locator=str(notice.shown["agency" if notice.kind in STEERING_KINDS else "locator"]),
        requested=notice.shown["mode"] == "request",
        address=address_of(notice, link, ward),
        is_one_tap=link is not None,
    )


def address_of(notice: Notice, link: ActionLink | None, ward: Ward) -> str:
    """Where a message leads: to the one-tap page, or to the card, behind sign-in."""
    return _one_tap(link) if link else _card_page(notice, ward)


def _one_tap(link: ActionLink) -> str:
    return public_address("reminders_public.one_tap", token=seal(ONE_TAP, link.handle, link.id))


def _card_page(notice: Notice, ward: Ward) -> str:
    return public_address("tasks.card_page", ward=ward.slug, number=notice.shown["number"])


def label_of(notice: Notice) -> str:
    """`Việc số 12`: what a card is called when nothing else may be said."""
    return _("Việc số %(number)s", number=notice.shown["number"])


def last_day_of(notice: Notice) -> date | None:
    """The card's last day as the message knows it."""
    stored = notice.shown["last_day"]
    return date.fromisoformat(str(stored)) if stored else None


def _days_left(notice: Notice, today: date) -> int | None:
    last = last_day_of(notice)
    return (last - today).days if last else None


def _near(day: date, today: date) -> str:
    """`Thứ Sáu 24/05` within two weeks, otherwise only the date."""
    short = short_date(day, today)
    return f"{weekday(day)} {short}" if abs((day - today).days) <= 14 else short


def _badge(notice: Notice, left: int | None) -> tuple[str, str]:
    requested = notice.shown["mode"] == "request"
    if notice.kind in _BADGES:
        ordered, asked, tone = _BADGES[Kind(notice.kind)]
        return str(asked if requested else ordered), tone
    if left is None:
        return _("CHƯA CÓ HẠN"), "todo"
    if left < 0 and requested:
        return _("ĐÃ QUA NGÀY ĐỀ NGHỊ %(n)s NGÀY", n=-left), "late"
    if left < 0:
        return _("QUÁ HẠN %(n)s NGÀY", n=-left), "late"
    return (_("CÒN %(n)s NGÀY", n=left) if left else _("HẠN HÔM NAY")), "soon"


def heading_of(notices: list[Notice], today: date) -> str:
    """`3 việc cần xử lý: 1 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn`."""
    n, kinds = len(notices), {Kind(notice.kind) for notice in notices}
    if kinds == {Kind.NEW_LINK}:
        return _("Đường dẫn mới anh/chị vừa xin")
    if len(kinds) == 1 and (say := _HEADINGS.get(next(iter(kinds)))):
        return say(n)
    if all(notice.shown["mode"] == "request" for notice in notices):
        start = ngettext("%(num)s việc đề nghị phối hợp", "%(num)s việc đề nghị phối hợp", n)
    else:
        start = ngettext("%(num)s việc cần xử lý", "%(num)s việc cần xử lý", n)
    parts = _counts([left for notice in notices if (left := _days_left(notice, today)) is not None])
    return f"{start}: {', '.join(parts)}" if parts else start


def _counts(left: list[int]) -> list[str]:
    counted = (
        (sum(days < 0 for days in left), _("quá hạn")),
        (sum(days == 0 for days in left), _("đến hạn hôm nay")),
        (sum(days > 0 for days in left), _("sắp đến hạn")),
    )
    return [f"{count} {words}" for count, words in counted if count]
