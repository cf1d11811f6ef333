"""Cards that are made as one shared duty from the start: a whole, and a part for each agency (see sharing.py)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from portal.db import new_id
from portal.tasks.adding import NewCard
from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record


def gathered(parts: Sequence[NewCard]) -> list[NewCard]:
    """The whole and its parts, to be added together; what is for one agency alone stays as it is.

    The whole has the first part's words and date, is nobody's, and is what comes back in periods.
    """
    if len({part.agency_id for part in parts}) < 2:
        return list(parts)
    whole = replace(parts[0], id=new_id(), agency_id=None, supporting=())
    return [whole, *(replace(part, parent_id=whole.id, recurrence=None) for part in parts)]


def sum_up(cards: Iterable[Card], names: dict[object, str], by: Doer, now: datetime) -> None:
    """Let each whole among these new cards know its parts; `names`: what agencies are called, by id."""
    held = {card.id: card for card in cards}
    parts: dict[Card, list[Card]] = defaultdict(list)
    for card in held.values():
        if card.parent_id is not None:
            parts[held[card.parent_id]].append(card)
    for whole, among in parts.items():
        whole.shared_total = len(among)
        for part in among:
            part.position = whole.position  # its parts stand right behind it on the board
        record(whole, "shared", by, now, agencies=[names[part.agency_id] for part in among if part.agency_id])
