"""What is asked about the ties of cards: the duty one is a part of, its periods, links and labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func, or_, select

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.card_link import WAITS_FOR, CardLink
from portal.tasks.card_series import CardSeries
from portal.tasks.label import CardLabel, Label
from portal.tasks.rights import may_read, may_see
from portal.tasks.state import State
from portal.tenants.access import Actor


@dataclass(frozen=True)
class Tie:
    """Another card and how this one is tied to it: related, waits_for, or awaited by it.

    `title` is empty when the actor may not open the other card: of another agency's work only its number is told.
    """

    number: int
    title: str
    state: State
    how: str


def ties_of(card: Card, actor: Actor) -> list[Tie]:
    """The cards this one is tied to, those it waits for first."""
    asked = (
        select(CardLink, Card)
        .join(Card, (Card.id != card.id) & or_(Card.id == CardLink.card_id, Card.id == CardLink.other_id))
        .where(or_(CardLink.card_id == card.id, CardLink.other_id == card.id))
        .where(Card.ward_id == CardLink.ward_id)
    )
    ties = [
        _tie(link, other, actor, ours=link.card_id == card.id) for link, other in db.session.execute(asked)
    ]
    return sorted(ties, key=lambda tie: (("waits_for", "awaited", "related").index(tie.how), tie.number))


def _tie(link: CardLink, other: Card, actor: Actor, *, ours: bool) -> Tie:
    how = link.kind if ours or link.kind != WAITS_FOR else "awaited"
    return Tie(
        other.number,
        other.title if may_see(actor, other) and may_read(actor, other) else "",
        other.standing,
        how,
    )


def labels_of(card: Card) -> list[Label]:
    """The labels a card carries."""
    carried = select(Label).join(
        CardLabel, (CardLabel.ward_id == Label.ward_id) & (CardLabel.label_id == Label.id)
    )
    return list(db.session.scalars(carried.where(CardLabel.card_id == card.id).order_by(Label.name)))


def all_labels() -> Sequence[Row[Label, int]]:
    """The ward's labels, each with how many cards carry it."""
    counted = select(Label, func.count(CardLabel.id)).outerjoin(
        CardLabel, (CardLabel.ward_id == Label.ward_id) & (CardLabel.label_id == Label.id)
    )
    return db.session.execute(counted.group_by(Label.ward_id, Label.id).order_by(Label.name)).all()


def parent_of(card: Card) -> Card | None:
    """The duty this card is a part of."""
    return db.session.scalar(select(Card).where(Card.id == card.parent_id)) if card.parent_id else None


def periods_of(card: Card) -> Sequence[Row[int, date | None, date | None, str]]:
    """The cards of a card's series, the first period first: number, first day, due date, state."""
    asked = select(Card.number, Card.period, Card.due_on, Card.state).where(Card.series_id == card.series_id)
    return db.session.execute(asked.order_by(Card.period)).all()


def stopped_at(card: Card) -> datetime | None:
    """When somebody ended the card's series."""
    return db.session.scalar(select(CardSeries.stopped_at).where(CardSeries.id == card.series_id))
