"""News: what was just done to a card and its agency has to know, each as one fact a person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.reminders.fact import Fact
from portal.reminders.notice import Kind
from portal.reminders.queries import NEWS, cards_of, happened
from portal.reminders.recipient_queries import reachable, recipients
from portal.reminders.truth import still_true
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tasks.mention_queries import open_mentions
from portal.tasks.state import State

#: News that could not be delivered for this long says nothing any more.
_NEWS_LASTS = timedelta(days=3)

_TOLD = {
    "assigned": Kind.ASSIGNED,
    "agency_changed": Kind.ASSIGNED,
    "extended": Kind.EXTENDED,
    "extension_declined": Kind.NOT_EXTENDED,
    "explanation_asked": Kind.EXPLAIN,
}

_MOVED_TO = {State.RETURNED.value: Kind.RETURNED, State.DONE.value: Kind.APPROVED}


def news(now: datetime) -> Iterable[Fact]:
    """What the agencies of the entered ward have to be told; of each card and kind the latest."""
    latest: dict[tuple[int, Kind], tuple[Card, CardEvent]] = {}
    for card, event in happened([*_TOLD, "moved"], now):
        kind = _kind_of(event)
        if kind is not None and still_true(kind, card):
            latest[card.number, kind] = card, event
    people = recipients({card.agency_id for card, _event in latest.values() if card.agency_id})
    for (_number, kind), (card, event) in latest.items():
        for person in people[card.agency_id] if card.agency_id else []:
            # Whoever did it knows.
            if person.id != event.contact_id:
                yield Fact(
                    kind=kind,
                    card_id=card.id,
                    due_version=card.due_version,
                    contact_id=person.id,
                    slot_at=now,
                    expires_at=now + _NEWS_LASTS,
                    event_id=event.id,
                )


def mentions(now: datetime) -> Iterable[Fact]:
    """Who was mentioned in a comment and has not answered: they, or everybody of the mentioned agency."""
    opened = open_mentions(now - NEWS)
    cards = cards_of({one.card_id for one in opened})
    by_agency = recipients({one.agency_id for one in opened if one.agency_id})
    by_person = reachable({one.contact_id for one in opened if one.contact_id})
    for one in opened:
        people = by_agency[one.agency_id] if one.agency_id else by_person.get(one.contact_id, [])
        for person in people:
            yield Fact(
                kind=Kind.MENTIONED,
                card_id=one.card_id,
                due_version=cards[one.card_id].due_version,
                contact_id=person.id,
                slot_at=now,
                expires_at=now + _NEWS_LASTS,
                event_id=one.id,
            )


def _kind_of(event: CardEvent) -> Kind | None:
    if event.kind == "moved":
        return _MOVED_TO.get(str(event.detail.get("target")))
    return _TOLD[event.kind]
