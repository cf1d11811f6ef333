"""A ward takes up what its unit asked: its own job makes a card of the published row, and says when it was done."""

import uuid
from datetime import datetime

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from portal.db import db
from portal.rollups.ask_wording import card_text, card_title
from portal.rollups.unit_ask import UnitAsk
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.card import Card
from portal.tasks.doer import SYSTEM
from portal.tasks.state import State
from portal.tenants.agency import Agency
from portal.tenants.boundary import entered_ward
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.queries import agencies

#: Who usually writes a ward's report: the first of these kinds that the ward has exactly one agency of.
_REPORTERS = ("vhxh", "p_vhxh", "ldtbxh_cc")

#: Asks taken up in one go: each is a card.
_AT_ONCE = 50

#: Of the room above, only that something was sent.
_SENT = table("sent_report", *map(column, ("ward_id", "unit_id", "period_code", "sent_at")), schema="app")


def wards_asked(auth: Session, *, taken_up: bool) -> list[int]:
    """The wards with asks that wait to be taken up, or that were and are not done."""
    waits = UnitAsk.received_at.is_not(None) if taken_up else UnitAsk.received_at.is_(None)
    asked = select(UnitAsk.ward_id).where(waits, UnitAsk.done_at.is_(None)).distinct()
    return sorted(auth.scalars(asked))


def take_up(now: datetime) -> int:
    """Make a card of every ask that waits in the entered ward; how many. Of two who do it at once one finds none."""
    waiting = select(UnitAsk).where(UnitAsk.received_at.is_(None)).order_by(UnitAsk.asked_at, UnitAsk.id)
    found = db.session.scalars(waiting.limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
    known = agencies() if found else []
    for ask in found:
        add_cards([_card(ask, known)], SYSTEM, now)
        ask.received_at = now
    return len(found)


def settle(now: datetime) -> int:
    """Say of asks of the entered ward that they are done: their card is, or the report was sent. How many."""
    open_asks = db.session.scalars(
        select(UnitAsk).where(UnitAsk.received_at.is_not(None), UnitAsk.done_at.is_(None))
    ).all()
    cards = {card.id: card for card in _cards([ask.card_id for ask in open_asks])}
    done = 0
    for ask in open_asks:
        card = cards.get(ask.card_id)
        ask.answered_at = ask.answered_at or (card.submitted_at if card else None)
        ask.done_at = _sent_at(ask) or (now if card and card.standing is State.DONE else None)
        done += ask.done_at is not None
    return done


def _cards(ids: list[uuid.UUID]) -> list[Card]:
    return list(db.session.scalars(select(Card).where(Card.id.in_(ids)))) if ids else []


def _sent_at(ask: UnitAsk) -> datetime | None:
    if not ask.period_code:
        return None
    asked = select(func.max(_SENT.c.sent_at)).where(
        _SENT.c.ward_id == entered_ward(),
        _SENT.c.unit_id == ask.unit_id,
        _SENT.c.period_code == ask.period_code,
    )
    sent: datetime | None = db.session.execute(asked).scalar()
    return sent


def _card(ask: UnitAsk, known: list[Agency]) -> NewCard:
    unit = db.session.get_one(OversightUnit, ask.unit_id)
    return NewCard(
        card_title(ask, unit.short_name),
        agency_id=_leading(ask, known),
        due_on=ask.due_on,
        text=card_text(ask, unit.name),
        id=ask.card_id,
    )


def _leading(ask: UnitAsk, known: list[Agency]) -> uuid.UUID | None:
    kinds = _REPORTERS if ask.period_code else (ask.agency_kind,)
    for kind in kinds:
        found = [agency for agency in known if agency.kind == kind]
        if kind and len(found) == 1:
            return found[0].id
    return None
