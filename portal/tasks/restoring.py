"""How a card stood before something happened to it, in a form its event can keep, and standing so again."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime

from portal.tasks.card import Card

_READ: dict[type, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    uuid.UUID: uuid.UUID,
}


def stood(card: Card, *names: str) -> dict[str, object]:
    """These columns of the card as JSON values. Ask before changing them."""
    return {name: _written(getattr(card, name)) for name in names}


def restore(card: Card, kept: Mapping[str, object]) -> None:
    """Give the card these columns back. Reminders about another date or agency than it has now are superseded."""
    about = (card.due_on, card.agency_id, card.assigned_at)
    for name, value in kept.items():
        setattr(card, name, _read(name, value))
    if about != (card.due_on, card.agency_id, card.assigned_at):
        card.due_version += 1


def _written(value: object) -> object:
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _read(name: str, value: object) -> object:
    read = _READ.get(Card.__table__.c[name].type.python_type)
    return read(str(value)) if read is not None and value is not None else value
