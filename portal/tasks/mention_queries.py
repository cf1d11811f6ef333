"""Who is waited for: mentions somebody has not answered, for their own page and for the reminders."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, or_, select, update

from portal.db import db
from portal.errors import NotFound
from portal.tasks.board_change import mark_changed
from portal.tasks.card import Card
from portal.tasks.comment import Comment
from portal.tasks.mention import Mention
from portal.tasks.queries import readable_by, visible_to
from portal.tenants.access import Actor

# Built once: it runs with every comment, and building it takes as long as running it.
_ANSWERED = (
    update(Mention)
    .where(
        Mention.card_id == bindparam("card"),
        Mention.answered_at.is_(None),
        or_(
            Mention.contact_id == bindparam("who"),
            Mention.agency_id == any_(bindparam("agencies", type_=ARRAY(Uuid()))),
        ),
    )
    .values(answered_at=bindparam("now"))
)

#: More than these are not read on one page anyway.
_SHOWN = 30


@dataclass(frozen=True)
class Waiting:
    """A mention on somebody's own page. The comment itself is read on the card."""

    id: uuid.UUID
    number: int
    title: str
    author: str
    mentioned_at: datetime


@dataclass(frozen=True)
class OpenMention:
    """What a message about a mention may know: ids and a moment, no word of the comment."""

    id: uuid.UUID
    card_id: uuid.UUID
    contact_id: uuid.UUID | None
    agency_id: uuid.UUID | None
    mentioned_at: datetime


def waiting_for(actor: Actor) -> list[Waiting]:
    """Where this person or their agency is mentioned and has not answered, the latest first; only what they may see."""
    asked = (
        select(Mention.id, Card.number, Card.title, Comment.author_name, Mention.mentioned_at)
        .join(Comment, (Comment.ward_id == Mention.ward_id) & (Comment.id == Mention.comment_id))
        .join(Card, (Card.ward_id == Mention.ward_id) & (Card.id == Mention.card_id))
        .where(_concerns(actor), Comment.contact_id.is_distinct_from(actor.contact_id))
        .where(visible_to(actor), readable_by(actor))
        .order_by(Mention.id.desc())
        .limit(_SHOWN)
    )
    return [Waiting(*row) for row in db.session.execute(asked)]


def open_mentions(since: datetime) -> list[OpenMention]:
    """Mentions of the entered ward made since then and not answered: ids only, so that a message holds no words."""
    asked = (
        select(Mention.id, Mention.card_id, Mention.contact_id, Mention.agency_id, Mention.mentioned_at)
        .where(Mention.answered_at.is_(None), Mention.mentioned_at >= since)
        .order_by(Mention.id)
    )
    return [OpenMention(*row) for row in db.session.execute(asked)]


def answer_mentions(
    card: Card, contact_id: uuid.UUID, agency_ids: frozenset[uuid.UUID], now: datetime
) -> None:
    """Somebody wrote on the card: whoever waited for them or their agency has been answered."""
    who = {"card": card.id, "who": contact_id, "agencies": list(agency_ids), "now": now}
    db.session.execute(_ANSWERED, who, execution_options={"synchronize_session": False})


def mark_seen(mention_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """ "Đã xem": takes it off the person's page. Raises NotFound when it is not theirs."""
    mention = db.session.scalar(select(Mention).where(Mention.id == mention_id, _concerns(actor)))
    if mention is None:
        raise NotFound
    mention.answered_at = now
    mark_changed(mention.card_id)


def _concerns(actor: Actor) -> ColumnElement[bool]:
    return _of(actor.contact_id, actor.agency_ids) & Mention.answered_at.is_(None)


def _of(contact_id: uuid.UUID, agency_ids: frozenset[uuid.UUID]) -> ColumnElement[bool]:
    return or_(Mention.contact_id == contact_id, Mention.agency_id.in_(agency_ids))
