"""A card is marked confidential, or opened again: who reads it then is decided in rights.py."""

from datetime import datetime

from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood


def set_confidential(card: Card, wanted: bool, by: Doer, now: datetime) -> bool:
    """Let only its agencies and the leader read the card, or again everybody of the ward. False: it was so already."""
    if card.confidential == wanted:
        return False
    kept = stood(card, "confidential")
    card.confidential = wanted
    record(card, "made_confidential" if wanted else "made_open", by, now, before=kept)
    return True
