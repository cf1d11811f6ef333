"""Taking back what was pressed by mistake, as long as nothing happened to the card since."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import NotFound, Refused
from portal.tasks.assigning import exchange_supporters
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.card_queries import latest_act
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import restore
from portal.tasks.sharing import follow, withdraw

#: How long something can be taken back (DESIGN-UX 5.5).
WINDOW = timedelta(minutes=10)


def can_be_undone(act: Sequence[CardEvent], now: datetime) -> bool:
    """Whether what one press of a button did to a card (its latest events) may still be taken back."""
    return bool(act) and all("before" in event.detail for event in act) and now - act[0].occurred_at <= WINDOW


def undo(card: Card, event_id: uuid.UUID, by: Doer, now: datetime) -> None:
    """Put the card back to where it stood before the act of this event, which must be the latest thing done to it.

    Raises NotFound for an event that is not this card's or changed nothing that could be put back, Refused when it is
    too late or something happened since.
    """
    event = db.session.scalar(select(CardEvent).where(CardEvent.id == event_id, CardEvent.card_id == card.id))
    if event is None or "before" not in event.detail:
        raise NotFound
    act = latest_act(card)
    if event.id not in {one.id for one in act} or not all("before" in one.detail for one in act):
        raise Refused(_("Việc này đã thay đổi sau đó. Chuyển lại bằng nút trên trang việc."), status=409)
    if not can_be_undone(act, now):
        raise Refused(_("Đã quá 10 phút. Chuyển lại bằng nút trên trang việc."), status=409)
    stands = card.state
    for one in act:
        if one.kind == "shared":
            withdraw(card, _keys(one.detail["parts"]), by, now)
        _put_back(card, one.detail["before"])
    moved = {"source": stands, "target": card.state} if stands != card.state else {}
    record(card, "undone", by, now, what=[one.kind for one in reversed(act)], **moved)
    if moved and card.parent_id is not None:
        follow(card, now)


def _keys(kept: object) -> list[str]:
    return [str(key) for key in kept] if isinstance(kept, list) else []


def _put_back(card: Card, kept: object) -> None:
    if not isinstance(kept, dict):
        raise NotFound
    columns = dict(kept)
    if (supporters := columns.pop("supporters", None)) is not None:
        exchange_supporters(card, {uuid.UUID(agency_id) for agency_id in supporters})
    restore(card, columns)
