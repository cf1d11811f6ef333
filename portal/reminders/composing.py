"""An envelope becomes a letter, at the moment it is sent: no body is stored anywhere.

There is no parameter for text here. Words come from templates; from the rows come names, numbers, dates and the plan's
own titles (card_words.py).
"""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.letter import Letter, mail_domain, public_address
from portal.reminders.action_link import ActionLink
from portal.reminders.delivery import Delivery
from portal.reminders.notice import Kind, Notice
from portal.reminders.sifting import day_of
from portal.reminders.token import ONE_TAP, OPT_OUT, seal
from portal.tenants.ward import Ward
from portal.wording import LOCAL, short_date, weekday, weekday_date

#: Lines of one message; what is more is behind the link to all work (reminders.md 3.6).
AT_MOST = 20


@dataclass(frozen=True)
class Item:
    """One card in a message. `tone` names its colour, `badge` says how it stands."""

    label: str
    title: str
    badge: str
    tone: str
    due: str
    locator: str
    requested: bool
    address: str


def compose(delivery: Delivery, ward: Ward, facts: list[tuple[Notice, ActionLink]], now: datetime) -> Letter:
    """The letter of an envelope with the facts that are still true."""
    today = day_of(facts[0][0], now)
    ordered = sorted(facts, key=lambda fact: str(fact[0].shown["last_day"] or "9999"))
    stop = public_address("reminders_public.opt_out_page", token=seal(OPT_OUT, delivery.handle, delivery.id))
    shown = {
        "ward": ward.office,
        "name": delivery.recipient_name,
        "title": delivery.recipient_title,
        "today": weekday_date(today),
        "heading": _heading([notice for notice, _link in facts], today),
        "items": [_item(notice, link, today) for notice, link in ordered[:AT_MOST]],
        "more": max(0, len(facts) - AT_MOST),
        "until": short_date(min(link.expires_at for _notice, link in facts).astimezone(LOCAL).date(), today),
        "requested": all(notice.shown["mode"] == "request" for notice, _link in facts),
        "all_work": public_address("tenants.ward_home", ward=ward.slug),
        "stop": stop,
    }
    return Letter(
        sender_name=ward.office,
        sender=current_app.config["PORTAL"].mail_from,
        to_name=delivery.recipient_name,
        to=delivery.address,
        subject=_subject([notice for notice, _link in facts], ward, today),
        text=_rendered("message.txt", shown),
        html=_rendered("message.html", shown),
        message_id=delivery.client_ref,
        sent_at=now.astimezone(LOCAL),
        thread=_thread(facts[0][0]) if len(facts) == 1 else "",
        headers={
            "List-Id": f"<nhac-viec.{ward.slug}.{mail_domain()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Portal-Delivery": delivery.id.hex,
        },
    )


def _rendered(name: str, shown: dict[str, object]) -> str:
    return current_app.jinja_env.get_template(f"reminders/mail/{name}").render(shown)


def _thread(notice: Notice) -> str:
    """The root all messages about one card of one ward answer to, so that mail programs show them together."""
    return f"card.{notice.ward_id}.{notice.card_id.hex}@nhac.{mail_domain()}"


def _last_day(notice: Notice) -> date | None:
    stored = notice.shown["last_day"]
    return date.fromisoformat(str(stored)) if stored else None


def _days_left(notice: Notice, today: date) -> int | None:
    last = _last_day(notice)
    return (last - today).days if last else None


def label_of(notice: Notice) -> str:
    """`Việc số 12`: what a card is called when nothing else may be said."""
    return _("Việc số %(number)s", number=notice.shown["number"])


def _item(notice: Notice, link: ActionLink, today: date) -> Item:
    left, last = _days_left(notice, today), _last_day(notice)
    badge, tone = _badge(notice, left)
    return Item(
        label=label_of(notice),
        title=str(notice.shown["title"]),
        badge=badge,
        tone=tone,
        due=_("hạn %(day)s", day=_near(last, today)) if last else "",
        locator=str(notice.shown["locator"]),
        requested=notice.shown["mode"] == "request",
        address=public_address("reminders_public.one_tap", token=seal(ONE_TAP, link.handle, link.id)),
    )


def _near(day: date, today: date) -> str:
    """`Thứ Sáu 24/05` within two weeks, otherwise only the date."""
    short = short_date(day, today)
    return f"{weekday(day)} {short}" if abs((day - today).days) <= 14 else short


def _badge(notice: Notice, left: int | None) -> tuple[str, str]:
    """How the card stands, in the wording of an order or of a request."""
    requested = notice.shown["mode"] == "request"
    if notice.kind == Kind.ASSIGNED:
        return (_("ĐỀ NGHỊ MỚI") if requested else _("VIỆC MỚI GIAO")), "doing"
    if left is None:
        return _("CHƯA CÓ HẠN"), "todo"
    if left < 0 and requested:
        return _("ĐÃ QUA NGÀY ĐỀ NGHỊ %(n)s NGÀY", n=-left), "late"
    if left < 0:
        return _("QUÁ HẠN %(n)s NGÀY", n=-left), "late"
    return (_("CÒN %(n)s NGÀY", n=left) if left else _("HẠN HÔM NAY")), "soon"


def _heading(notices: list[Notice], today: date) -> str:
    """`3 việc cần xử lý: 1 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn`."""
    n = len(notices)
    if all(notice.kind == Kind.NEW_LINK for notice in notices):
        return _("Đường dẫn mới anh/chị vừa xin")
    if all(notice.shown["mode"] == "request" for notice in notices):
        start = ngettext("%(num)s việc đề nghị phối hợp", "%(num)s việc đề nghị phối hợp", n)
    elif all(notice.kind == Kind.ASSIGNED for notice in notices):
        return ngettext("%(num)s việc mới giao", "%(num)s việc mới giao", n)
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


def _subject(notices: list[Notice], ward: Ward, today: date) -> str:
    """Stable for one card, so that its messages stay one thread; a count for several."""
    if len(notices) > 1:
        return _heading(notices, today)
    only = notices[0]
    start = f"[{ward.full_name[0].upper()}{ward.full_name[1:]}] {label_of(only)}"
    return f"{start}: {only.shown['title']}" if only.shown["title"] else start
