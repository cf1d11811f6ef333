"""Taking back a move that was pressed by mistake, as long as nothing happened to the card since."""

import uuid
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.errors import NotFound, Refused
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.doer import Doer
from portal.tasks.recording import record

#: How long a move can be taken back (DESIGN-UX 5.5).
WINDOW = timedelta(minutes=10)

_MOMENTS = ("accepted_at", "submitted_at", "closed_at")
_WORDS = ("state", "reason", "result")


def before(card: Card) -> dict[str, str | None]:
    """What a move is about to change, in a form that can be kept with its event."""
    moments = {name: getattr(card, name) for name in _MOMENTS}
    return {
        **{name: getattr(card, name) for name in _WORDS},
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def undo(card: Card, event_id: uuid.UUID, by: Doer, now: datetime) -> None:
    """Put the card back to where it stood before the event, which must be its latest one.

    Raises NotFound for an event that is not this card's, Refused when it is too late or something happened since.
    """
    event = db.session.scalar(select(CardEvent).where(CardEvent.id == event_id, CardEvent.card_id == card.id))
    if event is None or "before" not in event.detail:
        raise NotFound
    latest = db.session.scalar(
        select(CardEvent.id).where(CardEvent.card_id == card.id).order_by(CardEvent.id.desc()).limit(1)
    )
    if latest != event.id:
        raise Refused(_("Việc này đã thay đổi sau đó. Chuyển lại bằng nút trên trang việc."), status=409)
    if now - event.occurred_at > WINDOW:
        raise Refused(_("Đã quá 10 phút. Chuyển lại bằng nút trên trang việc."), status=409)
    _put_back(card, event.detail["before"])
    record(card, "undone", by, now, source=event.detail.get("target"), target=card.state)


def _put_back(card: Card, kept: object) -> None:
    if not isinstance(kept, dict):
        raise NotFound
    for name in _WORDS:
        setattr(card, name, kept[name] or "")
    for name in _MOMENTS:
        setattr(card, name, datetime.fromisoformat(kept[name]) if kept[name] else None)
