"""What a ward's document page says beside the words: where they come from, and which activity became which card."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from portal.db import db
from portal.plans.copying import copied, leftover
from portal.plans.lineage import Parent, parents_of
from portal.plans.linking import linked
from portal.plans.plan import Plan
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import paragraphs
from portal.plans.unit_queries import activities, upper_paragraphs

#: So many documents are remembered with what they were compared with, at most a megabyte each.
_REMEMBERED = 16

#: Kinds of paragraphs that stand around a plan; they are alike in every plan.
_FRAME = {"header", "title", "signature", "recipient"}


@dataclass(frozen=True)
class DocumentLineage:
    """By the position of a paragraph: what was copied, what words of a level above stayed, which cards follow it."""

    parent: Parent | None
    copied: frozenset[int] = frozenset()
    leftovers: dict[int, str] = field(default_factory=dict)
    cards: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, plan: Plan, ward_id: int, words: Sequence[PlanParagraph], made: Sequence[ProposedCard]
    ) -> Self:
        """The lineage of a plan whose paragraphs and cards were asked for already: three statements at most."""
        parent = parents_of([plan], ward_id).get(plan.id)
        texts = _own_words(words)
        copies = _copied(plan.id, parent.published.id) if parent and parent.published else frozenset()
        return cls(
            parent,
            copies,
            {position: left for position, text in texts.items() if (left := leftover(text))},
            _cards_of(plan.id, made),
        )

    @property
    def copies(self) -> int:
        """How many paragraphs are copies."""
        return len(self.copied)


def _cards_of(plan_id: uuid.UUID, made: Sequence[ProposedCard]) -> dict[int, list[int]]:
    items, found = activities(plan_id), defaultdict[int, list[int]](list)
    links = _linked(tuple(item.text for item in items), tuple(card.text for card in made))
    for item, position in zip(items, links, strict=True):
        if position is not None and (number := made[position].card_number):
            found[item.paragraph].append(number)
    return dict(found)


# A confirmed plan and a published one never change: comparing two of 200 pages takes most of a second, so the outcome
# is remembered, and what is remembered need not be asked for.


@lru_cache(maxsize=_REMEMBERED)
def _copied(plan_id: uuid.UUID, upper_id: uuid.UUID) -> frozenset[int]:
    upper = upper_paragraphs(db.session(), upper_id)
    return frozenset(copied(_own_words(paragraphs(plan_id)), [one.text for one in upper]))


def _own_words(words: Sequence[PlanParagraph]) -> dict[int, str]:
    return {one.position: one.text for one in words if one.kind not in _FRAME}


@lru_cache(maxsize=_REMEMBERED)
def _linked(activities: tuple[str, ...], cards: tuple[str, ...]) -> tuple[int | None, ...]:
    return tuple(linked(activities, cards))
