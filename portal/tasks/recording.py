"""Every change of a card goes through here: the event, the mark for whoever follows boards, the version."""

from datetime import datetime

from portal.db import db
from portal.tasks.board_change import mark_changed
from portal.tasks.card import Card
from portal.tasks.card_event import KINDS, CardEvent
from portal.tasks.doer import Doer


def record(card: Card, kind: str, by: Doer, now: datetime, **detail: object) -> CardEvent:
    """Write down that something happened to a card, in the transaction in which it happens: see `describe`."""
    event = describe(card, kind, by, now, **detail)
    db.session.add(event)
    return event


def describe(card: Card, kind: str, by: Doer, now: datetime, **detail: object) -> CardEvent:
    """What `record` writes down, for a card that is not in the database yet: its caller adds the event after it.

    `detail` holds words of the vocabulary, dates, numbers and reasons; the history page makes sentences of it.
    With `before` (restoring.py) in it, what happened can be taken back for a while.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown event {kind!r}")
    if by.link_sent is not None:
        detail["link_sent"] = by.link_sent.isoformat()
    event = CardEvent(
        card_id=card.id,
        kind=kind,
        contact_id=by.contact_id,
        actor_name=by.name,
        via=by.via,
        act_id=by.act_id,
        detail=detail,
        occurred_at=now,
    )
    if by.act_id is not None:
        by.done.append(event)
    mark_changed(card.id)
    card.version = (card.version or 0) + 1
    card.changed_at = now
    return event
