"""A late card's agency is asked why (giải trình), and its answer comes back on the card."""

from datetime import date, datetime

from flask_babel import gettext as _

from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.tasks.timeliness import Timeliness
from portal.text import nfc

#: What is asked, or answered, is a few sentences.
LONGEST = 1000

_KEPT = ("explain_state", "explain_asked", "explain_answer")


def may_be_asked(card: Card, on: date) -> bool:
    """Whether an explanation can be asked for: the work is overdue, its agency has it, and none is owed already."""
    late = card.needs_work and card.timeliness(on) is Timeliness.OVERDUE
    return late and card.assigned_at is not None and card.explain_state != "asked"


def ask_explanation(card: Card, question: str, by: Doer, now: datetime, *, today: date) -> bool:
    """Ask the agency of an overdue card why it is late; without words of one's own, the usual question is asked.

    False: it was asked already. Raises Refused when the card is not overdue.
    """
    if card.explain_state == "asked":
        return False
    if not may_be_asked(card, today):
        raise Refused(_("Chỉ yêu cầu giải trình việc đang quá hạn."), status=409)
    question = _said(question) or _("Nêu lý do chậm và ngày sẽ xong.")
    kept = stood(card, *_KEPT)
    card.explain_state, card.explain_asked, card.explain_answer = "asked", question, ""
    record(card, "explanation_asked", by, now, reason=question, before=kept)
    return True


def explain(card: Card, answer: str, by: Doer, now: datetime) -> bool:
    """The agency answers. False: it said just this already. Raises Refused without words, or when nothing was asked."""
    answer = _said(answer)
    if not answer:
        raise Refused(_("Ghi lý do chậm và ngày sẽ xong."))
    if card.explain_state not in {"asked", "answered"}:
        raise Refused(_("Không còn yêu cầu giải trình nào."), status=409)
    if card.explain_answer == answer:
        return False
    kept = stood(card, *_KEPT)
    card.explain_state, card.explain_answer = "answered", answer
    record(card, "explained", by, now, reason=answer, before=kept)
    return True


def read_explanation(card: Card, by: Doer, now: datetime) -> bool:
    """Who asked has read the answer; it stays on the card. False: there is none to read."""
    if card.explain_state != "answered":
        return False
    kept = stood(card, *_KEPT)
    card.explain_state = "read"
    record(card, "explanation_read", by, now, before=kept)
    return True


def _said(words: str) -> str:
    words = nfc(words).strip()
    if len(words) > LONGEST:
        raise Refused(_("Nội dung quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST))
    return words
