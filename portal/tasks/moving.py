"""A card moves from state to state: by the table of moves, by somebody who may, with a reason where one is due."""

from datetime import datetime

from flask_babel import gettext as _

from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_queries import children_of
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.tasks.sharing import follow
from portal.tasks.state import CLOSED, STATE_TEXTS, State, move_between
from portal.text import nfc


def move_to(
    card: Card, target: State, by: Doer, now: datetime, *, reason: str = "", result: str = ""
) -> bool:
    """Move the card; False when it stands there already (a second tap changes nothing).

    `reason` is kept and shown for a return, a refusal, a pause, a cancellation; `result` is what was achieved.
    Permission is the caller's to check (may_move). Raises Refused when there is no such move or a reason is missing.
    """
    source = card.standing
    if source is target:
        return False
    if card.shared_total:
        return _cancel_parts(card, target, by, now, reason)
    move = move_between(source, target)
    if move is None:
        raise Refused(
            _(
                "Không chuyển được từ “%(source)s” sang “%(target)s”.",
                source=STATE_TEXTS[source],
                target=STATE_TEXTS[target],
            ),
            status=409,
        )
    reason = nfc(reason).strip()
    if move.needs_reason and not reason:
        raise Refused(_("Ghi lý do để người nhận biết cần làm gì."), fields={"reason": _("Ghi lý do.")})
    if target is State.REVIEW and card.evidence_required and card.evidence_count == 0:
        raise Refused(_("Việc này cần minh chứng. Thêm ảnh hoặc tệp rồi nộp."))
    kept = stood(card, "state", "reason", "result", "accepted_at", "submitted_at", "closed_at")
    _stamp(card, target, now)
    card.state = target.value
    card.reason = reason
    if result.strip():
        card.result = nfc(result).strip()
    record(card, "moved", by, now, source=source.value, target=target.value, reason=reason, before=kept)
    if card.parent_id is not None:
        follow(card, now)
    return True


def _cancel_parts(card: Card, target: State, by: Doer, now: datetime, reason: str) -> bool:
    """A duty that was shared out moves only by its parts; it is cancelled by cancelling those that still can be.

    Raises Refused (409) for any other move.
    """
    if target is not State.CANCELLED:
        raise Refused(_("Việc này đã chia cho nhiều cơ quan. Sửa ở việc của từng cơ quan."), status=409)
    open_parts = [part for part in children_of(card) if move_between(part.standing, target)]
    for part in open_parts:
        move_to(part, target, by, now, reason=reason)
    return bool(open_parts)


def _stamp(card: Card, target: State, now: datetime) -> None:
    """Keep the moments that counts are made of. Lateness is judged by submission, so approval does not touch it."""
    if target in {State.DOING, State.REVIEW} and card.accepted_at is None:
        card.accepted_at = now
    if target is State.REVIEW and card.standing is not State.DONE:
        card.submitted_at = now
    elif target in {State.DOING, State.TODO, State.RETURNED}:
        card.submitted_at = None
    card.closed_at = now if target in CLOSED else None


def accept(card: Card, by: Doer, now: datetime) -> bool:
    """The agency has seen the card and takes it; the state stays. False when that was known."""
    if card.accepted_at is not None:
        return False
    kept = stood(card, "accepted_at")
    card.accepted_at = now
    record(card, "accepted", by, now, before=kept)
    return True
