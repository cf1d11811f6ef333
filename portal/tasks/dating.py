"""Due dates: set, extended, asked for. An extension is an event; the first date stays visible."""

from datetime import date, datetime

from flask_babel import gettext as _

from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.text import nfc

_ASKED = ("asked_due_on", "asked_why")
_DATES = ("due_on", "due_exclusive", "original_due_on", "extensions", *_ASKED)


def set_due(card: Card, due_on: date | None, by: Doer, now: datetime, *, why: str = "") -> bool:
    """Give the card a date, or take it away. A later date than before counts as an extension. False: no change."""
    if due_on == card.due_on:
        return False
    before, kept = card.due_on, stood(card, *_DATES)
    later = before is not None and due_on is not None and due_on > before and card.assigned_at is not None
    card.due_on, card.due_exclusive = due_on, False
    card.original_due_on = card.original_due_on or due_on
    card.due_version += 1
    card.asked_due_on, card.asked_why = None, ""
    if later:
        card.extensions += 1
    record(
        card,
        "extended" if later else "due_set",
        by,
        now,
        source=before.isoformat() if before else None,
        target=due_on.isoformat() if due_on else None,
        reason=nfc(why).strip(),
        before=kept,
    )
    return True


def ask_extension(card: Card, due_on: date, by: Doer, now: datetime, *, why: str) -> bool:
    """The agency asks for a later date. False: it asked for just this already.

    Raises Refused without a reason or when the date is not later.
    """
    why = nfc(why).strip()
    if not why:
        raise Refused(_("Ghi lý do xin lùi hạn."))
    if card.due_on is not None and due_on <= card.due_on:
        raise Refused(_("Ngày xin phải sau hạn hiện nay."))
    if (card.asked_due_on, card.asked_why) == (due_on, why):
        return False
    kept = stood(card, *_ASKED)
    card.asked_due_on, card.asked_why = due_on, why
    record(card, "extension_asked", by, now, target=due_on.isoformat(), reason=why, before=kept)
    return True


def answer_extension(card: Card, granted: bool, by: Doer, now: datetime) -> None:
    """Grant what was asked, or decline it. Raises Refused when nothing is asked (any more)."""
    if card.asked_due_on is None:
        raise Refused(_("Không còn yêu cầu lùi hạn nào."), status=409)
    if granted:
        set_due(card, card.asked_due_on, by, now, why=card.asked_why)
        return
    asked, kept = card.asked_due_on, stood(card, *_ASKED)
    card.asked_due_on, card.asked_why = None, ""
    record(card, "extension_declined", by, now, target=asked.isoformat(), before=kept)
