"""A card follows a plan that was corrected: its words and where they stand; what people did on it stays."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from portal.tasks.adding import clean_title, searchable
from portal.tasks.card import Card
from portal.tasks.card_queries import children_of, open_periods_of
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.text import nfc


@dataclass(frozen=True)
class Wording:
    """What a plan says about a card: its words, where they stand, their digest, and the plan itself."""

    plan_id: uuid.UUID
    text: str
    section: str
    locator: str
    source_sha256: str


def reword(card: Card, wording: Wording, by: Doer, now: datetime, *, title: str | None = None) -> bool:
    """Let the card say what the corrected plan says, also its parts and open periods; the old words are kept.

    `title`: the short title of the new words, or None to keep the one it has. False: it says so already.
    """
    said = {**vars(wording), "text": nfc(wording.text)}
    if all(getattr(card, name) == value for name, value in said.items()) and title in (None, card.title):
        return False
    was = {"locator": card.locator, "title": card.title, "plan": str(card.plan_id) if card.plan_id else None}
    old_words = card.text if card.text != said["text"] else ""
    for name, value in said.items():
        setattr(card, name, value)
    if title is not None:
        card.title = clean_title(title)
    card.search_text = searchable(card.title, card.text)
    record(card, "plan_corrected", by, now, **was, reason=old_words)
    for other in [*(children_of(card) if card.shared_total else []), *open_periods_of(card)]:
        reword(other, wording, by, now, title=title)
    return True
