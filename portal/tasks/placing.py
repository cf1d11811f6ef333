"""Where a card stands in its column: a number between its neighbours, so that one UPDATE moves one row."""

from sqlalchemy import select

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.card_queries import LARGEST_NUMBER


def place(card: Card, after: str | None) -> None:
    """Put the card behind the card numbered `after`; "0" is the top, nothing keeps its place."""
    if after is None or not after.isdecimal() or int(after) > LARGEST_NUMBER:
        return
    above = _position(int(after))
    below = db.session.scalar(
        select(Card.position)
        .where(Card.position > above, Card.id != card.id)
        .order_by(Card.position)
        .limit(1)
    )
    card.position = (above + below) / 2 if below is not None else above + 1.0


def _position(number: int) -> float:
    found = db.session.scalar(select(Card.position).where(Card.number == number)) if number else None
    if found is not None:
        return found
    top = db.session.scalar(select(Card.position).order_by(Card.position).limit(1))
    return (top if top is not None else 1.0) - 1.0
