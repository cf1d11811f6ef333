"""A card in a message: how it stands, in the wording of an order or of a request, and where its buttons lead."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.letter import public_address
from portal.reminders.action_link import ActionLink
from portal.reminders.heading import days_left, is_requested, last_day_of
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


def item_of(notice: Notice, link: ActionLink | None, ward: Ward, today: date) -> Item:
    """The card of a fact as the message shows it on that day."""
    left, last = days_left(notice, today), last_day_of(notice)
    badge, tone = _badge(notice, left)
    return Item(
        label=label_of(notice),
        title=str(notice.shown["title"]),
        badge=badge,
        tone=tone,
        due=_due(notice, _near(last, today)) if last else "",
        locator=str(notice.shown["agency" if notice.kind in STEERING_KINDS else "locator"]),
        requested=is_requested([notice]),
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


def _near(day: date, today: date) -> str:
    """`Thứ Sáu 24/05` within two weeks, otherwise only the date."""
    short = short_date(day, today)
    return f"{weekday(day)} {short}" if abs((day - today).days) <= 14 else short


def _due(notice: Notice, day: str) -> str:
    return _("đề nghị %(day)s", day=day) if is_requested([notice]) else _("hạn %(day)s", day=day)


def _badge(notice: Notice, left: int | None) -> tuple[str, str]:
    requested = is_requested([notice])
    if notice.kind in _BADGES:
        ordered, asked, tone = _BADGES[Kind(notice.kind)]
        return str(asked if requested else ordered), tone
    if left is None:
        return _("CHƯA CÓ HẠN"), "todo"
    if left < 0 and requested:
        return _("ĐÃ QUA NGÀY ĐỀ NGHỊ %(n)s NGÀY", n=-left), "late"
    if left < 0:
        return _("QUÁ HẠN %(n)s NGÀY", n=-left), "late"
    if left:
        return _("CÒN %(n)s NGÀY", n=left), "soon"
    return _("ĐẾN NGÀY ĐỀ NGHỊ") if requested else _("HẠN HÔM NAY"), "soon"
