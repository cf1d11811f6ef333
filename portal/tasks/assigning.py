"""Who carries a card: its lead agency, its supporters, and the moment it is handed over."""

import uuid
from datetime import datetime

from sqlalchemy import delete

from portal.db import db
from portal.tasks.adding import clean_title, searchable
from portal.tasks.card import Card
from portal.tasks.card_queries import supporters_of
from portal.tasks.doer import Doer
from portal.tasks.recording import record
from portal.tasks.restoring import stood
from portal.tasks.support import Support
from portal.tenants.agency import Agency


def give_to(card: Card, agency: Agency, by: Doer, now: datetime) -> bool:
    """Hand the card to a lead agency; reminders to the former one are superseded.

    False: it had it already, or the duty was shared out, so that its parts have their agencies.
    """
    if card.shared_total:
        return False
    if card.agency_id == agency.id and card.assigned_at is not None:
        return False
    if card.agency_id != agency.id:
        kept = stood(card, "agency_id", "mode", "accepted_at")
        card.due_version += 1
        card.accepted_at = None
        card.agency_id, card.mode = agency.id, agency.mode
        record(card, "agency_changed", by, now, agency=agency.short_name, before=kept)
    if card.assigned_at is None:
        kept = stood(card, "assigned_at")
        card.assigned_at = now
        record(card, "assigned", by, now, before=kept)
    return True


def set_supporters(card: Card, wanted: set[uuid.UUID], names: list[str], by: Doer, now: datetime) -> bool:
    """Exactly these agencies support the card. False: they did already."""
    wanted = wanted - {card.agency_id}
    have = supporters_of(card)
    if wanted == have:
        return False
    exchange_supporters(card, wanted)
    kept = {"supporters": sorted(map(str, have))}
    record(card, "supporters_changed", by, now, agencies=names, before=kept)
    return True


def exchange_supporters(card: Card, wanted: set[uuid.UUID]) -> None:
    """Make these the supporting agencies, without a word in the history."""
    have = supporters_of(card)
    if have - wanted:
        db.session.execute(
            delete(Support).where(Support.card_id == card.id, Support.agency_id.in_(have - wanted))
        )
    db.session.add_all(Support(card_id=card.id, agency_id=agency_id) for agency_id in wanted - have)


def retitle(card: Card, title: str, by: Doer, now: datetime) -> bool:
    """Change the short title; the plan's own words stay. False: it was this already."""
    title = clean_title(title)
    if title == card.title:
        return False
    kept = stood(card, "title", "search_text")
    card.title = title
    card.search_text = searchable(title, card.text)
    record(card, "edited", by, now, before=kept)
    return True
