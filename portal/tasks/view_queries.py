"""What the pages beside the board ask about many cards at once: what is to be decided, how an agency answers."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, Row, Uuid, func, select

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.queries import visible_to
from portal.tasks.state import CLOSED
from portal.tasks.support import Support
from portal.tenants.access import Actor

#: Built once; of a card the agencies that support it.
_SUPPORTERS = func.array(
    select(Support.agency_id)
    .where(Support.ward_id == Card.ward_id, Support.card_id == Card.id)
    .correlate(Card)
    .scalar_subquery(),
    type_=ARRAY(Uuid()),
).label("supporters")


def words_to_decide_by(card_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Row[*tuple[Any, ...]]]:
    """Of each card what was submitted, asked for, explained or given as a reason, and its `supporters`."""
    said = (Card.result, Card.reason, Card.asked_due_on, Card.asked_why, Card.explain_answer, _SUPPORTERS)
    return {row.id: row for row in db.session.execute(select(Card.id, *said).where(Card.id.in_(card_ids)))}


def dated_cards(actor: Actor) -> Sequence[Card]:
    """What this actor sees that somebody still has to do by a day, the earliest first; of a shared duty its parts."""
    open_ones = select(Card).where(
        visible_to(actor),
        Card.due_on.is_not(None),
        Card.state.not_in([state.value for state in CLOSED]),
        Card.shared_total == 0,
    )
    return db.session.scalars(open_ones.order_by(Card.due_on, Card.number)).all()


def moments_of_agency(
    agency_id: uuid.UUID,
) -> Sequence[Row[str, datetime | None, datetime | None, datetime | None, date | None, bool, int]]:
    """When each card an agency leads was given, taken and submitted, and by when it was due."""
    return db.session.execute(
        select(
            Card.state,
            Card.assigned_at,
            Card.accepted_at,
            Card.submitted_at,
            Card.due_on,
            Card.due_exclusive,
            Card.extensions,
        ).where(Card.agency_id == agency_id, Card.assigned_at.is_not(None))
    ).all()
