"""Whether a card's result may be submitted without evidence is set on the card."""

from datetime import datetime

from portal.tasks.card import Card
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood


def require_evidence(card: Card, wanted: bool, by: Doer, now: datetime) -> bool:
    """Ask for at least one file before the result is submitted, or no more. False: it was so already."""
    if card.evidence_required == wanted:
        return False
    kept = stood(card, "evidence_required")
    card.evidence_required = wanted
    record(card, "evidence_asked" if wanted else "evidence_not_asked", by, now, before=kept)
    return True
