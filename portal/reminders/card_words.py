"""What a message may show of a card: its number, dates and the plan's own words. Nothing anybody typed in freely."""

from datetime import date

from portal.tasks.card import Card
from portal.tasks.plan_title import plan_title
from portal.tasks.timeliness import last_day


def shown_of(card: Card, agency: str, as_of: date | None) -> dict[str, object]:
    """The card as data for a message; `agency` is its short name in the catalogue of agencies."""
    last = last_day(card.due_on, card.due_exclusive) if card.due_on else None
    return {
        "number": card.number,
        "title": plan_title(card),
        "locator": "" if card.confidential else card.locator or card.section,
        "agency": agency,
        "mode": card.mode,
        "last_day": last.isoformat() if last else None,
        "as_of": as_of.isoformat() if as_of else None,
    }
