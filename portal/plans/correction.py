"""A corrected plan beside the board: what is new, changed, gone and the same, drawn from rows; changes nothing."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.plans.comparing import Matching, Statement, match
from portal.plans.plan import Plan
from portal.plans.proposed_card import ProposedCard
from portal.plans.sharing import duties
from portal.tasks.card import Card
from portal.tasks.state import State, move_between
from portal.tenants.agency import Agency
from portal.text import fold, nfc, normalise_spaces


@dataclass(frozen=True)
class Counterpart:
    """A card and what the corrected plan says of it; `before` is what the former version proposed for it.

    A date or an agency that people changed on the board is only a change when the plan itself changed it.
    """

    card: Card
    proposed: ProposedCard
    before: ProposedCard | None
    agency_name: str

    @property
    def words(self) -> bool:
        """Whether the plan says it in other words."""
        return _same_form(self.card.text) != _same_form(self.proposed.text)

    @property
    def due(self) -> bool:
        """Whether the plan gives it another date."""
        said = self.before.due_on if self.before else self.card.original_due_on
        return self.card.is_open and self.proposed.due_on not in (None, said, self.card.due_on)

    @property
    def agency(self) -> bool:
        """Whether the plan gives it to another agency."""
        if not self.card.is_open or self.card.shared_total or not self.proposed.agency_name:
            return False
        said = self.before.agency_name if self.before else self.agency_name
        return fold(self.proposed.agency_name) not in (fold(said), fold(self.agency_name))

    @property
    def differs(self) -> bool:
        """Whether anything is to be decided."""
        return not self.proposed.dropped and (self.words or self.due or self.agency)


class Correction:
    """`before`: what former versions proposed, by the number of the card it became."""

    def __init__(
        self,
        plan: Plan,
        earlier: Plan,
        proposed: Sequence[ProposedCard],
        cards: Sequence[Card],
        formerly: Sequence[ProposedCard],
        agencies: Mapping[uuid.UUID, Agency],
    ) -> None:
        self.plan, self.earlier = plan, earlier
        # A duty that the review shared is compared once, as the board's is; its other parts go where the first goes.
        self._duties = {str(parts[0].id): parts for parts in duties(proposed)}
        self._proposed = {key: parts[0] for key, parts in self._duties.items()}
        self._cards = {str(card.id): card for card in cards}
        self._formerly, self._agencies = formerly, agencies

    @cached_property
    def changed(self) -> list[Counterpart]:
        """Cards of which the corrected plan says something else, in the order of the document."""
        return [one for one in self._counterparts if one.differs]

    @cached_property
    def unchanged(self) -> list[Counterpart]:
        """Cards of which it says the same."""
        return [one for one in self._counterparts if not one.differs]

    @cached_property
    def parted(self) -> list[tuple[Card, ProposedCard]]:
        """Cards that people split or merged before, with the duty whose words they are; they stay so."""
        found = [(self._cards[old], self._proposed[new]) for old, new in self._matching.parts]
        return sorted(found, key=lambda pair: (pair[1].position, pair[0].number))

    @cached_property
    def added(self) -> list[ProposedCard]:
        """Duties that are no card yet."""
        new = [self._proposed[key] for key in self._matching.added]
        return sorted((one for one in new if not one.dropped), key=lambda one: one.position)

    def parts_of(self, one: ProposedCard) -> list[ProposedCard]:
        """The duty with the parts that the review shared it out in."""
        return self._duties[str(one.id)]

    @cached_property
    def gone(self) -> list[Card]:
        """Cards the corrected plan does not have any more; those that were cancelled before are no news."""
        cards = [self._cards[key] for key in self._matching.gone]
        return sorted(
            (one for one in cards if one.standing is not State.CANCELLED), key=lambda one: one.number
        )

    @cached_property
    def set_aside_before(self) -> set[int]:
        """The numbers of added duties that somebody dropped when the former version was reviewed."""
        dropped = {fold(one.text or one.title) for one in self._formerly if one.dropped}
        return {one.number for one in self.added if fold(one.text or one.title) in dropped}

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to decide."""
        return not (self.changed or self.added or self.gone)

    def agency_of(self, card: Card) -> str:
        """The name of a card's lead agency, or nothing."""
        agency = self._agencies.get(card.agency_id) if card.agency_id else None
        return agency.name if agency else ""

    @cached_property
    def stamp(self) -> str:
        """Changes whenever what the page shows would change, so that nobody applies what they did not see."""
        shown = [
            [[one.card.number, *_seen(one.card), *_said(one.proposed)] for one in self._counterparts],
            [[one.number, *_said(one)] for one in self.added],
            [[card.number, *_seen(card)] for card in self.gone],
            [[card.number, one.number] for card, one in self.parted],
        ]
        return hashlib.sha256(json.dumps([str(self.earlier.id), shown]).encode()).hexdigest()[:32]

    @cached_property
    def _matching(self) -> Matching:
        old = [
            Statement(key, card.text or card.title, fold(self.agency_of(card)), card.section)
            for key, card in self._cards.items()
        ]
        new = [
            Statement(key, one.text, fold(one.agency_name), one.section)
            for key, one in self._proposed.items()
        ]
        return match(old, new)

    @cached_property
    def _counterparts(self) -> list[Counterpart]:
        before = {one.card_number: one for one in self._formerly if one.card_number}
        pairs = [(self._cards[old], self._proposed[new]) for old, new in self._matching.pairs]
        return [
            Counterpart(card, proposed, before.get(card.number), self.agency_of(card))
            for card, proposed in sorted(pairs, key=lambda pair: pair[1].position)
        ]


def can_be_cancelled(card: Card) -> bool:
    """Whether a card may be cancelled from where it stands."""
    return move_between(card.standing, State.CANCELLED) is not None


def _same_form(text: str) -> str:
    return normalise_spaces(nfc(text))


def _seen(card: Card) -> list[str]:
    return [card.text, card.title, str(card.agency_id), str(card.due_on), card.state]


def _said(one: ProposedCard) -> list[str]:
    return [one.text, one.title, one.agency_name, str(one.due_on), str(one.dropped)]
