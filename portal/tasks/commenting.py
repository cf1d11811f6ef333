"""Writing on a card, and its checklist."""

from datetime import datetime

from flask_babel import gettext as _

from portal.db import db
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_queries import checks_of, latest_comment
from portal.tasks.check import Check
from portal.tasks.comment import Comment
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.text import nfc, normalise_spaces

LONGEST = 4000


def comment_on(card: Card, text: str, by: Doer, now: datetime) -> Comment:
    """Add a comment; the same words again are a second tap. Raises Refused when it is empty or too long."""
    text = nfc(text).strip()
    if not text:
        raise Refused(_("Viết nội dung trao đổi rồi gửi."))
    if len(text) > LONGEST:
        raise Refused(_("Nội dung quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST))
    latest = latest_comment(card)
    if latest is not None and latest.is_again(text, by.contact_id, now):
        return latest
    comment = Comment(
        card_id=card.id, contact_id=by.contact_id, author_name=by.name, text=text, via=by.via, written_at=now
    )
    db.session.add(comment)
    card.comment_count += 1
    record(card, "commented", by, now)
    return comment


def add_check(card: Card, text: str, by: Doer, now: datetime) -> Check:
    """Add a line to the checklist; one that stands there open is not added again. Raises Refused when it is empty."""
    text = normalise_spaces(nfc(text))[:300]
    if not text:
        raise Refused(_("Ghi việc con cần làm."))
    same = next((check for check in checks_of(card) if check.text == text and check.done_at is None), None)
    if same is not None:
        return same
    card.checks_total += 1
    check = Check(card_id=card.id, position=card.checks_total, text=text)
    db.session.add(check)
    record(card, "check_added", by, now)
    return check


def tick(card: Card, check: Check, done: bool, by: Doer, now: datetime) -> bool:
    """Mark a line done or not. False: it was so already."""
    if (check.done_at is not None) == done:
        return False
    check.done_at = now if done else None
    check.done_by = by.name if done else ""
    card.checks_done += 1 if done else -1
    record(card, "check_done" if done else "check_undone", by, now)
    return True


def block(card: Card, why: str, by: Doer, now: datetime) -> None:
    """Say what stands in the way (vướng mắc); an empty text says that nothing does any more."""
    why = nfc(why).strip()[:1000]
    if why == card.blocked_why:
        return
    kept = stood(card, "blocked_why")
    card.blocked_why = why
    record(card, "blocked" if why else "unblocked", by, now, reason=why, before=kept)
