"""A title that may leave the ward: the plan's own words, nothing anybody typed in freely.

A title may have been edited and could then name a child (domain.md f). So it is shown only when every word of it
stands in the plan's paragraph, in that order; otherwise people read "Việc số 12".
"""

import re
from collections.abc import Iterator

from portal.tasks.card import Card
from portal.text import nfc

_WORD = re.compile(r"\w+")

#: Characters of a title in a message.
_LONGEST = 160


def plan_title(card: Card) -> str:
    """The title when it is the plan's own and the card is not confidential; empty otherwise."""
    if card.confidential or card.plan_id is None or not _said_in_order(card.title, card.text):
        return ""
    return card.title if len(card.title) <= _LONGEST else card.title[: _LONGEST - 1].rstrip() + "…"


def _said_in_order(title: str, text: str) -> bool:
    words: Iterator[str] = iter(_WORD.findall(nfc(text).lower()))
    return all(word in words for word in _WORD.findall(nfc(title).lower()))
