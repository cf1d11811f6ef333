"""One duty for many agencies: each gets a card of its own, and the first card becomes their sum.

The rule of counting: the children count, the parent never does. It is no agency's and handed to nobody, so it is in
no count, rate, rollup or reminder; a constraint of the table holds that. Where it stands follows from its children
alone, without those that were cancelled: done when all are done, waiting for approval when the rest of them is, being
done as soon as one of them is begun, cancelled when all are.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import Refused
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.card import Card
from portal.tasks.card_queries import children_of, supporters_of
from portal.tasks.doer import SYSTEM, Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.tasks.state import CLOSED, State
from portal.tenants.agency import Agency

_KEPT = (
    *("agency_id", "mode", "assigned_at", "accepted_at", "state", "reason"),
    *("asked_due_on", "asked_why", "explain_state", "shared_total", "shared_done"),
)


def share_out(card: Card, among: Sequence[Agency], by: Doer, now: datetime) -> list[Card]:
    """Give each of these agencies a card of its own below this one, with its words and date. Returns the new ones.

    A card that is shared out already gets those that are still missing. Raises Refused when work has begun, when the
    card is itself a part of another, or with fewer than two agencies.
    """
    _refuse_unless_fit(card)
    have = {child.agency_id for child in children_of(card)} if card.shared_total else set()
    wanted = [agency for agency in among if agency.id not in have]
    if len(have) + len(wanted) < 2:
        raise Refused(_("Chọn từ hai cơ quan trở lên để chia việc."))
    if not wanted:
        return []
    kept, helpers = stood(card, *_KEPT), supporters_of(card)
    _let_go(card)
    children = add_cards([_part(card, agency, helpers) for agency in wanted], by, now)
    for child in children:
        child.position = card.position  # its parts stand right behind it on the board
    card.shared_total += len(children)
    names, parts = [agency.short_name for agency in wanted], [str(child.id) for child in children]
    record(card, "shared", by, now, agencies=names, parts=parts, before=kept)
    return children


def follow(child: Card, now: datetime) -> None:
    """After a child changed its state: let its parent stand where its children say, and note it."""
    asked = select(Card).where(Card.id == child.parent_id).with_for_update()
    parent = db.session.scalar(asked.execution_options(populate_existing=True))
    if parent is None:
        return
    states = [one.standing for one in children_of(parent)]
    counted = [state for state in states if state is not State.CANCELLED]
    parent.shared_done = counted.count(State.DONE)
    parent.shared_total = len(counted) or len(states)
    _stand(parent, _sum(counted), now)
    sums = {"done": parent.shared_done, "total": parent.shared_total}
    record(parent, "part_moved", SYSTEM, now, number=child.number, target=child.state, **sums)


def withdraw(card: Card, parts: Collection[str], by: Doer, now: datetime) -> None:
    """Take back that a card was shared out: these parts (keys) are cancelled and no longer belong to it.

    Raises Refused (409) when an agency has begun with its part.
    """
    children = [child for child in children_of(card) if str(child.id) in parts]
    if any(child.standing is not State.TODO or child.accepted_at for child in children):
        raise Refused(_("Có cơ quan đã nhận hoặc bắt đầu làm nên không gộp lại được."), status=409)
    for child in children:
        child.parent_id, child.state, child.closed_at = None, State.CANCELLED.value, now
        child.reason = _("Việc không chia nữa")
        record(child, "moved", by, now, source=State.TODO.value, target=child.state, reason=child.reason)


def _refuse_unless_fit(card: Card) -> None:
    if card.parent_id is not None:
        raise Refused(_("Việc này đã là một phần của việc khác."), status=409)
    if not card.shared_total and card.standing not in {State.TODO, State.REFUSED}:
        raise Refused(_("Việc này đã có cơ quan làm. Chỉ chia được việc chưa bắt đầu."), status=409)


def _let_go(card: Card) -> None:
    """The parent is no agency's any more; reminders to the one that had it are superseded."""
    if not card.shared_total:
        card.due_version += 1
        card.agency_id, card.assigned_at, card.accepted_at = None, None, None
        card.state, card.reason = State.TODO.value, ""
        card.asked_due_on, card.asked_why, card.explain_state = None, "", ""


def _part(card: Card, agency: Agency, helpers: Collection[object]) -> NewCard:
    return NewCard(
        title=card.title,
        agency_id=agency.id,
        supporting=tuple(helper for helper in helpers if helper != agency.id),  # type: ignore[misc]
        mode=agency.mode,
        due_on=card.due_on,
        due_exclusive=card.due_exclusive,
        plan_id=card.plan_id,
        text=card.text,
        section=card.section,
        locator=card.locator,
        source_sha256=card.source_sha256,
        evidence_required=card.evidence_required,
        confidential=card.confidential,
        parent_id=card.id,
    )


def _sum(states: Collection[State]) -> State:
    """Where a parent stands whose children, the cancelled ones left out, stand so."""
    kinds = set(states)
    if not kinds:
        return State.CANCELLED
    if kinds == {State.DONE}:
        return State.DONE
    if kinds <= {State.DONE, State.REVIEW}:
        return State.REVIEW
    return State.DOING if kinds & {State.DOING, State.REVIEW, State.DONE, State.RETURNED} else State.TODO


def _stand(parent: Card, target: State, now: datetime) -> None:
    if parent.standing is not target:
        parent.state = target.value
        parent.submitted_at = (parent.submitted_at or now) if target in {State.REVIEW, State.DONE} else None
        parent.closed_at = now if target in CLOSED else None
