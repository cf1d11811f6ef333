"""A card is marked confidential, or opened again: who reads it then is decided in rights.py."""

from datetime import datetime

from portal.tasks.card import Card
from portal.tasks.card_queries import children_of
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood


def set_confidential(card: Card, wanted: bool, by: Doer, now: datetime) -> bool:
    """Let only its agencies and the leader read the card, or again everybody of the ward. False: it was so already.

    The parts of a shared duty say the same words, and so go with it.
    """
    if card.confidential == wanted:
        return False
    kept = stood(card, "confidential")
    card.confidential = wanted
    record(card, "made_confidential" if wanted else "made_open", by, now, before=kept)
    for part in children_of(card) if card.shared_total else []:
        set_confidential(part, wanted, by, now)
    return True
