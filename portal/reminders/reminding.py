""" "Nhắc ngay": somebody who steers has people reminded now, about one card or about all late ones."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.errors import Refused
from portal.reminders.planning import facts_asked_for
from portal.reminders.recipient_queries import recipients
from portal.reminders.telling import tell
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.state import WORKABLE
from portal.tenants.contact import Contact


@dataclass(frozen=True)
class Reached:
    """Who would be, or was, written to: people, and how many cards it is about."""

    people: list[Contact]
    cards: int


def refuse_unless_open_work(card: Card) -> None:
    """Raise Refused when there is nobody to remind, or nothing to remind of."""
    if card.assigned_at is None or card.agency_id is None:
        raise Refused(_("Việc này chưa giao cho cơ quan nào. Giao việc rồi nhắc."))
    if card.standing not in WORKABLE:
        raise Refused(_("Việc này không chờ cơ quan làm gì thêm, nên không nhắc."), status=409)


def workable(cards: Sequence[Card]) -> list[Card]:
    """Those whose agency still has something to do. Raises Refused when there is none among them."""
    found = [card for card in cards if card.assigned_at and card.agency_id and card.standing in WORKABLE]
    if not found:
        raise Refused(_("Trong các việc đã chọn không có việc nào đang chờ cơ quan làm."), status=409)
    return found


def reached_by(cards: Sequence[Card]) -> Reached:
    """Whom a reminder about these cards goes to. Raises Refused when nobody of their agencies has an address."""
    people = recipients({card.agency_id for card in cards if card.agency_id})
    found = {person.id: person for card in cards if card.agency_id for person in people[card.agency_id]}
    if not found:
        raise Refused(_("Cơ quan này chưa có ai có địa chỉ e-mail. Thêm người ở trang “Người và cơ quan”."))
    reachable = [card for card in cards if card.agency_id and people[card.agency_id]]
    return Reached(sorted(found.values(), key=lambda person: person.name), len(reachable))


def remind(cards: Sequence[Card], by: Doer, now: datetime) -> int:
    """Plan one message a person about these cards. Returns how many people; 0: all were asked today already."""
    reached_by(cards)
    told = tell(facts_asked_for(cards, now), now)
    per_card: dict[uuid.UUID, int] = {}
    for one in told:
        if one.card_id is not None:
            per_card[one.card_id] = per_card.get(one.card_id, 0) + 1
    for card in cards:
        if card.id in per_card:
            record(card, "reminded", by, now, people=per_card[card.id])
    return len({one.contact_id for one in told})
