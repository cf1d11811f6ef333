"""What a message may show of a card: its number, dates and the plan's own words. Nothing anybody typed in freely.

A title may have been edited and could then name a child (domain.md f). So it is shown only when every word of it
stands in the plan's paragraph, in that order; otherwise people read "Việc số 12".
"""

import re
from collections.abc import Iterator
from datetime import date

from portal.tasks.card import Card
from portal.tasks.timeliness import last_day
from portal.text import nfc

_WORD = re.compile(r"\w+")

#: Characters of a title in a message.
_LONGEST = 160


def shown_of(card: Card, agency: str, as_of: date | None) -> dict[str, object]:
    """The card as data for a message; `agency` is its short name in the catalogue of agencies."""
    last = last_day(card.due_on, card.due_exclusive) if card.due_on else None
    return {
        "number": card.number,
        "title": plan_title(card),
        "locator": card.locator or card.section,
        "agency": agency,
        "mode": card.mode,
        "last_day": last.isoformat() if last else None,
        "as_of": as_of.isoformat() if as_of else None,
    }


def plan_title(card: Card) -> str:
    """The title when it is the plan's own; empty otherwise."""
    if card.plan_id is None or not _said_in_order(card.title, card.text):
        return ""
    return card.title if len(card.title) <= _LONGEST else card.title[: _LONGEST - 1].rstrip() + "…"


def _said_in_order(title: str, text: str) -> bool:
    words: Iterator[str] = iter(_WORD.findall(nfc(text).lower()))
    return all(word in words for word in _WORD.findall(nfc(title).lower()))
