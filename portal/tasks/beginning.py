"""A series begins with its first card: whatever comes back in periods gets one."""

from collections.abc import Iterable
from datetime import date, datetime

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.card_series import CardSeries
from portal.tasks.rhythm import first_period
from portal.wording import local_day


def begin_series(cards: Iterable[Card], now: datetime) -> None:
    """Let these cards come back by their own rule; those without periods, or in a series already, stay as they are.

    A part of a shared duty begins none: its parent comes back and is shared out again.
    """
    begun = [
        card for card in cards if card.series_id is None and card.parent_id is None and _begin(card, now)
    ]
    db.session.flush()  # the series are there before the cards that name them
    for card in begun:
        card.series_id, card.period = card.id, first_period(card.recurrence, _anchor(card, now))


def _begin(card: Card, now: datetime) -> bool:
    """A series has the key of its first card."""
    day = _anchor(card, now)
    if first_period(card.recurrence, day) is None:
        return False
    db.session.add(CardSeries(id=card.id, ends_on=date(day.year, 12, 31), created_at=now))
    return True


def _anchor(card: Card, now: datetime) -> date:
    return card.due_on or local_day(now)
