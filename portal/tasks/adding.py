"""New cards: one by hand, or many at once from a confirmed plan."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.db import db, new_id
from portal.errors import Refused
from portal.tasks.beginning import begin_series
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.doer import Doer
from portal.tasks.recording import describe
from portal.tasks.support import Support
from portal.tenants.ward_counter import take_numbers
from portal.text import fold, nfc, normalise_spaces


@dataclass(frozen=True)
class NewCard:
    """What a card starts with. `id`: its key, if it has one already.

    `text`, `section`, `locator` and `source_sha256` come from the plan, or are empty.
    """

    title: str
    agency_id: uuid.UUID | None = None
    supporting: tuple[uuid.UUID, ...] = ()
    mode: str = "assign"
    due_on: date | None = None
    due_exclusive: bool = False
    plan_id: uuid.UUID | None = None
    text: str = ""
    section: str = ""
    locator: str = ""
    source_sha256: str = ""
    recurrence: dict[str, object] | None = field(default=None)
    evidence_required: bool = False
    confidential: bool = False
    parent_id: uuid.UUID | None = None
    series_id: uuid.UUID | None = None
    period: date | None = None
    id: uuid.UUID | None = None


def add_cards(new: Iterable[NewCard], by: Doer, now: datetime, *, assign: bool = True) -> list[Card]:
    """Put cards on the entered ward's board, numbered in order.

    `assign`: hand them to their agencies at once (they may be reminded from now on). Raises Refused on an empty title.
    """
    wanted = list(new)
    if not wanted:
        return []
    numbers = take_numbers("card", len(wanted))
    cards = [_card(number, one, now) for number, one in zip(numbers, wanted, strict=True)]
    begin_series(cards, now)
    rows = [
        row for card, one in zip(cards, wanted, strict=True) for row in _beginning(card, one, by, now, assign)
    ]
    db.session.add_all(cards)
    db.session.flush()  # the cards are there before the rows that name them
    db.session.add_all(rows)
    db.session.flush()
    return cards


def _beginning(
    card: Card, new: NewCard, by: Doer, now: datetime, assign: bool
) -> Iterator[Support | CardEvent]:
    """Who supports the card, and what is written down of it from its first moment."""
    for agency_id in new.supporting:
        yield Support(card_id=card.id, agency_id=agency_id)
    yield describe(card, "created", by, now, plan=new.plan_id is not None)
    if assign and card.agency_id is not None:
        card.assigned_at = now
        yield describe(card, "assigned", by, now)


def add_once(new: NewCard, key: uuid.UUID, by: Doer, now: datetime) -> Card:
    """Put one card on the board that a form with this key asks for; asked a second time, it is the card that is there.

    A form that was gone back to and filled in anew makes another card. Raises Refused on an empty title.
    """
    title = clean_title(new.title)
    try:
        return add_cards([replace(new, id=key)], by, now)[0]
    except (
        IntegrityError
    ):  # the key is taken: two taps take turns at the ward's numbers, and this is the second
        db.session.rollback()
    there = db.session.scalar(select(Card).where(Card.id == key))
    if there is not None and there.title == title:
        return there
    return add_cards([replace(new, id=None)], by, now)[0]


def clean_title(title: str) -> str:
    """A title as stored. Raises Refused when nothing is left of it."""
    title = normalise_spaces(nfc(title))
    if not title:
        raise Refused(_("Ghi tên việc."))
    if len(title) > 300:
        raise Refused(_("Tên việc quá dài. Rút còn dưới 300 ký tự."))
    return title


def searchable(title: str, text: str) -> str:
    """What the search without accents looks through."""
    return fold(f"{title} {text}")


def _card(number: int, new: NewCard, now: datetime) -> Card:
    title = clean_title(new.title)
    return Card(
        id=new.id or new_id(),
        number=number,
        plan_id=new.plan_id,
        agency_id=new.agency_id,
        mode=new.mode,
        title=title,
        text=nfc(new.text),
        section=new.section,
        locator=new.locator,
        source_sha256=new.source_sha256,
        due_on=new.due_on,
        due_exclusive=new.due_exclusive,
        original_due_on=new.due_on,
        recurrence=new.recurrence,
        evidence_required=new.evidence_required,
        confidential=new.confidential,
        parent_id=new.parent_id,
        series_id=new.series_id,
        period=new.period,
        position=float(number),
        search_text=searchable(title, new.text),
        created_at=now,
        changed_at=now,
        version=0,
    )
