"""An envelope becomes a letter, at the moment it is sent: no body is stored anywhere.

There is no parameter for text here. Words come from templates; from the rows come names, numbers, dates and the plan's
own titles (card_words.py).
"""

from collections.abc import Sequence
from datetime import date, datetime

from flask import current_app

from portal.letter import Letter, mail_domain, public_address
from portal.reminders.action_link import ActionLink
from portal.reminders.delivery import Delivery
from portal.reminders.digest_words import digest_heading, digest_lines
from portal.reminders.heading import heading_of, is_requested
from portal.reminders.item import item_of, label_of
from portal.reminders.notice import READING_KINDS, Kind, Notice
from portal.reminders.sharing import is_box
from portal.reminders.sifting import day_of
from portal.reminders.token import OPT_OUT, seal
from portal.tenants.ward import Ward
from portal.wording import LOCAL, short_date, weekday_date

#: Lines of one message; what is more is behind the link to all work (reminders.md 3.6).
AT_MOST = 20

Facts = Sequence[tuple[Notice, ActionLink | None]]


def compose(delivery: Delivery, ward: Ward, facts: Facts, now: datetime) -> Letter:
    """The letter of an envelope with the facts that are still true."""
    today = day_of(facts[0][0], now)
    stop = public_address("reminders_public.opt_out_page", token=seal(OPT_OUT, delivery.handle, delivery.id))
    is_digest = facts[0][0].kind == Kind.DIGEST
    told = _digest(facts[0][0], ward) if is_digest else _cards(facts, ward, today)
    shown = told | {
        "ward": ward.office,
        "name": delivery.recipient_name,
        "is_box": is_box(delivery.recipient_name, [notice for notice, _link in facts]),
        "title": delivery.recipient_title,
        "today": weekday_date(today),
        "stop": stop,
    }
    template = "digest" if is_digest else "message"
    return Letter(
        sender_name=ward.office,
        sender=current_app.config["PORTAL"].mail_from,
        to_name=delivery.recipient_name,
        to=delivery.address,
        subject=_subject(facts, ward, str(told["heading"])),
        text=_rendered(f"{template}.txt", shown),
        html=_rendered(f"{template}.html", shown),
        message_id=delivery.client_ref,
        sent_at=now.astimezone(LOCAL),
        thread=_thread(facts[0][0]) if len(facts) == 1 and not is_digest else "",
        headers={
            "List-Id": f"<nhac-viec.{ward.slug}.{mail_domain()}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Portal-Delivery": delivery.id.hex,
        },
    )


def _cards(facts: Facts, ward: Ward, today: date) -> dict[str, object]:
    """What a message about cards shows, the most pressing first."""
    ordered = sorted(facts, key=lambda fact: str(fact[0].shown["last_day"] or "9999"))
    notices = [notice for notice, _link in facts]
    ends = [link.expires_at for _notice, link in facts if link]
    return {
        "heading": heading_of(notices, today),
        "items": [item_of(notice, link, ward, today) for notice, link in ordered[:AT_MOST]],
        "more": max(0, len(facts) - AT_MOST),
        "until": short_date(min(ends).astimezone(LOCAL).date(), today) if ends else "",
        "requested": is_requested(notices) and any(one.kind not in READING_KINDS for one in notices),
        "all_work": public_address("tenants.ward_home", ward=ward.slug),
    }


def _digest(notice: Notice, ward: Ward) -> dict[str, object]:
    return {
        "heading": digest_heading(notice.shown),
        "lines": digest_lines(notice.shown),
        "late_agencies": notice.shown["late_agencies"],
        "board": public_address("tasks.board", ward=ward.slug),
    }


def _rendered(name: str, shown: dict[str, object]) -> str:
    return current_app.jinja_env.get_template(f"reminders/mail/{name}").render(shown)


def _thread(notice: Notice) -> str:
    """The root all messages about one card of one ward answer to, so that mail programs show them together."""
    assert notice.card_id is not None
    return f"card.{notice.ward_id}.{notice.card_id.hex}@nhac.{mail_domain()}"


def _subject(facts: Facts, ward: Ward, heading: str) -> str:
    """Stable for one card, so that its messages stay one thread; a count for several."""
    only = facts[0][0]
    if len(facts) > 1 or only.kind == Kind.DIGEST:
        return heading
    start = f"[{ward.full_name[0].upper()}{ward.full_name[1:]}] {label_of(only)}"
    return f"{start}: {only.shown['title']}" if only.shown["title"] else start
