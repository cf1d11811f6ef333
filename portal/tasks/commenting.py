"""Writing on a card: comments and whom they mention, the checklist, what stands in the way."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete

from portal.db import db
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_queries import checks_of, latest_comment
from portal.tasks.check import Check
from portal.tasks.comment import Comment
from portal.tasks.doer import Doer
from portal.tasks.mention import Mention
from portal.tasks.mentioning import Resolved, resolve
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.text import nfc, normalise_spaces

LONGEST = 4000


def comment_on(card: Card, text: str, by: Doer, now: datetime) -> tuple[Comment, Resolved]:
    """Add a comment, with whom it mentions; the same words again are a second tap.

    Raises Refused when it is empty or too long.
    """
    resolved = resolve(card, _clean(text))
    latest = latest_comment(card)
    if latest is not None and latest.is_again(resolved.text, by.contact_id, now):
        return latest, resolved
    comment = Comment(
        card_id=card.id,
        contact_id=by.contact_id,
        author_name=by.name,
        text=resolved.text,
        via=by.via,
        written_at=now,
    )
    db.session.add(comment)
    _mention(comment, resolved, now)
    card.comment_count += 1
    record(card, "commented", by, now)
    return comment, resolved


def change_comment(card: Card, comment: Comment, text: str, by: Doer, now: datetime) -> Resolved:
    """Other words in place of the old ones, which are kept nowhere. Raises Refused when not theirs or too late."""
    _refuse_unless_changeable(comment, by, now)
    resolved = resolve(card, _clean(text))
    if resolved.text == comment.text:
        return resolved
    comment.text, comment.edited_at = resolved.text, now
    db.session.execute(delete(Mention).where(Mention.comment_id == comment.id))
    _mention(comment, resolved, now)
    record(card, "comment_edited", by, now)
    return resolved


def remove_comment(card: Card, comment: Comment, by: Doer, now: datetime) -> None:
    """Take a comment away: its words go, that there was one stays. Raises Refused when not theirs or too late."""
    _refuse_unless_changeable(comment, by, now)
    comment.text, comment.removed_at = "", now
    db.session.execute(delete(Mention).where(Mention.comment_id == comment.id))
    card.comment_count -= 1
    record(card, "comment_removed", by, now)


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


def _clean(text: str) -> str:
    text = nfc(text).strip()
    if not text:
        raise Refused(_("Viết nội dung trao đổi rồi gửi."))
    if len(text) > LONGEST:
        raise Refused(_("Nội dung quá dài. Rút còn dưới %(n)s ký tự.", n=LONGEST))
    return text


def _mention(comment: Comment, resolved: Resolved, now: datetime) -> None:
    """Who is meant, each once; not the writer."""
    if not resolved.mentioned:
        return
    db.session.flush()  # the comment, which the mentions refer to
    db.session.add_all(
        Mention(
            card_id=comment.card_id,
            comment_id=comment.id,
            contact_id=somebody.id if somebody.kind == "c" else None,
            agency_id=somebody.id if somebody.kind == "a" else None,
            mentioned_at=now,
        )
        for somebody in resolved.mentioned
        if somebody.id != comment.contact_id
    )


def _refuse_unless_changeable(comment: Comment, by: Doer, now: datetime) -> None:
    if comment.contact_id is None or comment.contact_id != by.contact_id:
        raise Refused(_("Chỉ người viết sửa hoặc xóa được trao đổi này."), status=403)
    if not comment.may_be_changed_by(by.contact_id, now):
        raise Refused(_("Đã quá 15 phút, không sửa được nữa. Viết thêm một trao đổi."), status=409)
