"""What the review page shows: proposed cards by agency, what is missing, the proof that nothing was passed over."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from portal.plans.agency_book import AgencyBook, names_a_group
from portal.plans.confirming import leading_agencies
from portal.plans.marked_text import MarkedParagraph, marked, missed, skipped
from portal.plans.merging import neighbours
from portal.plans.plan import Plan
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard
from portal.plans.reviewing import agency_value
from portal.plans.sharing import members
from portal.tenants.agency import Agency


@dataclass(frozen=True)
class Group:
    """The cards of one agency, and those of them that the page shows. `key` names it within the page."""

    number: int
    name: str
    cards: list[ProposedCard]
    shown: list[ProposedCard]

    @property
    def key(self) -> str:
        """Where the heading stands."""
        return f"g{self.number}"

    @property
    def kept(self) -> int:
        """How many cards it will get."""
        return sum(not card.dropped for card in self.cards)

    @property
    def undated(self) -> int:
        """How many of them have no date."""
        return sum(card.lacks_date for card in self.cards)


class Review:
    """One plan under review, drawn from its rows; asks the database nothing but the ward's agencies.

    `only` shows a part of the cards: unsure or undated. `opened`: the card whose details are open.
    """

    def __init__(
        self,
        plan: Plan,
        cards: list[ProposedCard],
        paragraphs: list[PlanParagraph],
        book: AgencyBook,
        only: str = "",
        opened: uuid.UUID | None = None,
    ) -> None:
        self.plan, self.cards, self.only, self.opened = plan, cards, only, opened
        self._paragraphs, self._book = paragraphs, book

    @cached_property
    def kept(self) -> list[ProposedCard]:
        """The cards confirming would create."""
        return [card for card in self.cards if not card.dropped]

    @cached_property
    def agency_count(self) -> int:
        """How many agencies would get work."""
        return len(leading_agencies(self.kept, self._book))

    @cached_property
    def undated(self) -> list[ProposedCard]:
        """Cards without a date as things stand."""
        return [card for card in self.cards if card.lacks_date]

    @cached_property
    def suggested(self) -> list[ProposedCard]:
        """Cards without a date for which one is suggested."""
        return [card for card in self.undated if card.suggested_on]

    @cached_property
    def unsure(self) -> list[ProposedCard]:
        """Cards somebody should look at: the reader was not sure, or found no agency."""
        return [card for card in self.kept if card.needs_look]

    @property
    def lacks_head(self) -> bool:
        """Whether the document's number or day is still blank."""
        return not (self.plan.number and self.plan.issued_on)

    @cached_property
    def groups(self) -> list[Group]:
        """The cards by agency in the order of the document, as far as they are asked for."""
        return [group for group in self._all_groups if group.shown]

    @cached_property
    def _all_groups(self) -> list[Group]:
        asked = {
            card.id for card in {"undated": self.undated, "unsure": self.unsure}.get(self.only, self.cards)
        }
        by_agency: dict[str, list[ProposedCard]] = {}
        for card in self.cards:
            by_agency.setdefault(agency_value(card), []).append(card)
        return [
            Group(
                number,
                cards[0].agency_name or _("Chưa rõ cơ quan"),
                cards,
                [card for card in cards if card.id in asked],
            )
            for number, cards in enumerate(by_agency.values(), start=1)
        ]

    def group_of(self, card: ProposedCard) -> Group:
        """The group a card stands in."""
        return next(group for group in self._all_groups if card in group.cards)

    def neighbours(self, card: ProposedCard) -> list[ProposedCard]:
        """The cards it can be merged with."""
        return neighbours(self.cards, card)

    def members(self, card: ProposedCard) -> list[Agency]:
        """The agencies its collective agency stands for."""
        return members(card, self._book.agencies)

    def helpers(self, card: ProposedCard) -> list[tuple[str, str, bool]]:
        """What the field of supporting agencies offers: value, words, and whether it is chosen."""
        chosen = {name: self._book.known(name) for name in card.supporting}
        taken = {agency.id for agency in chosen.values() if agency}
        offered = [(name, *_helper(name, agency)) for name, agency in chosen.items()]
        return offered + [
            (agency.name, agency.name, False)
            for agency in self._book.agencies
            if agency.id not in taken and agency.id != card.agency_id
        ]

    @cached_property
    def agency_choices(self) -> list[tuple[str, str]]:
        """What the agency field offers: the ward's agencies, then the new ones this plan names."""
        known = [(str(agency.id), agency.name) for agency in self._book.agencies]
        new = {
            agency_value(card): card.agency_name
            for card in self.cards
            if not card.agency_id and card.agency_name
        }
        return known + [(value, _("%(name)s (mới)", name=name)) for value, name in new.items()]

    @cached_property
    def document(self) -> list[MarkedParagraph]:
        """The whole document with the cards' spans marked."""
        return marked(self._paragraphs, self.cards)

    def paragraph_of(self, card: ProposedCard) -> MarkedParagraph | None:
        """The paragraph a card starts in; None when somebody added it by hand."""
        return next((shown for shown in self.document if card in shown.starting), None)

    @cached_property
    def lead_in(self) -> list[MarkedParagraph]:
        """Sections before the first that assigns anything, shown folded; never the header and the title."""
        first = next((at for at, shown in enumerate(self.document) if _assigns(shown)), 0)
        body = next((at for at, shown in enumerate(self.document) if shown.paragraph.section), first)
        return self.document[body:first] if first - body > 1 else []

    @property
    def duty_paragraphs(self) -> int:
        """How many paragraphs became cards."""
        return sum(shown.has_duty for shown in self.document)

    @cached_property
    def missed(self) -> list[PlanParagraph]:
        """Paragraphs that assign something for all we know, and are neither a card nor explained."""
        return missed(self.document)

    @cached_property
    def skipped(self) -> list[tuple[PlanParagraph, dict[str, str]]]:
        """Every stretch that is no card, with the reason."""
        return skipped(self.document)


def _helper(name: str, agency: Agency | None) -> tuple[str, bool]:
    """The words for a supporting agency, and its tick: a group the ward does not know will not be added."""
    if agency:
        return agency.name, True
    if names_a_group(name):
        return _("%(name)s (nhóm chung, không thêm vào danh sách cơ quan)", name=name), False
    return _("%(name)s (mới)", name=name), True


def _assigns(shown: MarkedParagraph) -> bool:
    return shown.has_duty or bool(shown.paragraph.skipped)
