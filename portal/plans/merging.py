"""Two proposed cards of one agency become one: the words of both, in the order of the document."""

from flask_babel import gettext as _

from portal.errors import Refused
from portal.plans.draft import Draft
from portal.plans.proposed_card import ProposedCard
from portal.plans.reviewing import agency_value
from portal.plans.splitting import digest


def neighbours(cards: list[ProposedCard], card: ProposedCard) -> list[ProposedCard]:
    """The kept cards of the same agency right above and right below this one."""
    same = [one for one in cards if not one.dropped and agency_value(one) == agency_value(card)]
    if card not in same:
        return []
    at = same.index(card)
    return same[max(0, at - 1) : at] + same[at + 1 : at + 2]


def merge(draft: Draft, card: ProposedCard, into: ProposedCard) -> None:
    """Put a card into its neighbour, which keeps its title, and its date if it has one.

    Raises Refused (409) when they are neighbours no more.
    """
    if into not in neighbours(draft.cards, card):
        raise Refused(_("Hai việc này không còn đứng cạnh nhau. Xem lại danh sách."), status=409)
    upper, lower = sorted((card, into), key=draft.cards.index)
    into.shared_as = None  # it says more than the other parts of its duty
    _join_words(into, upper, lower)
    _join_due(into, card)
    into.recurrence = into.recurrence or card.recurrence
    into.joint = list(dict.fromkeys([*into.joint, *card.joint]))
    into.supporting = list(dict.fromkeys([*into.supporting, *card.supporting]))
    into.unsure = sorted({*into.unsure, *card.unsure})
    draft.cards.remove(card)


def _join_words(into: ProposedCard, upper: ProposedCard, lower: ProposedCard) -> None:
    """One space stands between stretches, as the reader joins them (splitting relies on it)."""
    spans, words = [*upper.spans, *lower.spans], [upper.text, lower.text]
    into.text = " ".join(text for text in words if text)
    into.spans = [list(span) for span in spans]
    into.sha256 = digest(into.text) if into.text else ""
    if into.locator != lower.locator or into.locator != upper.locator:
        into.locator = "; ".join(dict.fromkeys(place for place in (upper.locator, lower.locator) if place))


def _join_due(into: ProposedCard, card: ProposedCard) -> None:
    if into.due_on is None:
        into.due_on, into.due_exclusive = card.due_on, card.due_exclusive
        into.due_words = card.due_words or into.due_words
        into.suggested_on = into.suggested_on or card.suggested_on
        into.suggested_why = into.suggested_why or card.suggested_why
    elif card.due_on not in (None, into.due_on):
        into.doubt("due")
