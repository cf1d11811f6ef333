"""A card for a collective agency ("các trường học") is shared out: each member the ward has gets a part of its own.

On the board the parts are one shared duty; until then they are cards of the review that have a key in common.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from portal.db import new_id
from portal.plans.draft import Draft
from portal.plans.proposed_card import ProposedCard
from portal.plans.splitting import twin
from portal.tenants.agency import Agency
from portal.tenants.catalogue import AGENCY_KINDS, match_kind
from portal.text import fold

#: How the members of a collective kind are called, where they are no kind of their own.
_MEMBERS_BEGIN = {"truong": ("truong ",), "tdp": ("to dan pho ", "khu pho ", "thon ", "ban ", "to truong ")}

#: Words that make a name stand for many.
_MANY = ("cac ", "tat ca ", "nhung ")


def members(card: ProposedCard, agencies: Iterable[Agency]) -> list[Agency]:
    """The ward's agencies that the card's collective agency stands for; empty unless there are several."""
    kind = match_kind(card.agency_name)
    if kind is None or kind.code not in _COLLECTIVE or not fold(card.agency_name).startswith(_MANY):
        return []
    found = [agency for agency in agencies if _belongs(agency, kind.code)]
    return found if len(found) > 1 else []


def share(draft: Draft, card: ProposedCard, among: Sequence[Agency]) -> None:
    """Give each agency a card with the same words and date; the first takes the card that was there."""
    card.shared_as = card.shared_as or new_id()
    last = card
    for agency in among[1:]:
        other = twin(card)
        _hand(other, agency)
        draft.put_after(last, other)
        last = other
    _hand(card, among[0])


def duties(cards: Iterable[ProposedCard]) -> list[list[ProposedCard]]:
    """The cards by duty, in their order: the parts of a shared one together, every other card alone."""
    found: dict[uuid.UUID, list[ProposedCard]] = defaultdict(list)
    for card in cards:
        found[card.shared_as or card.id].append(card)
    return list(found.values())


def _hand(card: ProposedCard, agency: Agency) -> None:
    card.agency_id, card.agency_name, card.mode = agency.id, agency.name, agency.mode
    card.looked_at("agency")


def _belongs(agency: Agency, code: str) -> bool:
    """A member is an agency of the kind, or of a kind under the same roof, and no collective itself."""
    name = fold(agency.name)
    if name.startswith(_MANY):
        return False
    return name.startswith(_MEMBERS_BEGIN.get(code, ("\0",))) or agency.kind in _COLLECTIVE[code]


_COLLECTIVE = {
    "truong": {"truong"},
    "tdp": {"tdp"},
    "doanthe": {
        kind.code
        for kind in AGENCY_KINDS.values()
        if kind.parent == AGENCY_KINDS["doanthe"].parent and kind.code != "doanthe"
    },
}
