"""A card is added to a review by hand: a duty that the document does not hold, or that nobody could read in it."""

from portal.plans.agency_book import AgencyBook
from portal.plans.draft import Draft
from portal.plans.forms import TypedNewCard
from portal.plans.proposed_card import ProposedCard
from portal.plans.reviewing import hand_to, typed_day
from portal.tasks.adding import clean_title


def add_by_hand(draft: Draft, typed: TypedNewCard, book: AgencyBook, year: int) -> ProposedCard:
    """Put a card without a source at the end. Raises Refused when a value cannot be used."""
    card = ProposedCard(
        plan_id=draft.plan.id,
        spans=[],
        title=clean_title(typed.title),
        text="",
        agency_id=None,
        agency_name="",
        mode="assign",
        sha256="",
        due_on=typed_day(typed.due, year) if typed.due else None,
        suggested_on=None,
        recurrence=None,
    )
    if typed.agency:
        hand_to(card, typed.agency, book)
    draft.put_after(None, card)
    return card
