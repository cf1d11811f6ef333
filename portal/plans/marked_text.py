"""The document with the stretches marked that became cards, and the proof that no paragraph was passed over."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard

#: Kinds of paragraphs that stand around a plan and never assign anything.
_FRAME = {"header", "title", "signature", "recipient"}


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: the words, the card they became, if any, and whether that card begins here."""

    text: str
    card: ProposedCard | None = None
    opens: bool = False


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph as it is shown: its pieces in order, and the cards that start in it."""

    paragraph: PlanParagraph
    pieces: list[Piece]
    starting: list[ProposedCard] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Where a card's link leads."""
        return f"p{self.paragraph.position}"

    @property
    def cards(self) -> list[ProposedCard]:
        """The cards that any of it became."""
        return [piece.card for piece in self.pieces if piece.card]

    @property
    def is_shared(self) -> bool:
        """Whether only a part of it became a card, or several parts did."""
        return self.has_duty and sum(bool(piece.text) for piece in self.pieces) > 1

    @property
    def has_duty(self) -> bool:
        """Whether any of it became a card."""
        return bool(self.cards)


def marked(paragraphs: Sequence[PlanParagraph], cards: Sequence[ProposedCard]) -> list[MarkedParagraph]:
    """The paragraphs with every card's spans marked."""
    spans: dict[int, list[tuple[int, int, ProposedCard]]] = defaultdict(list)
    for card in cards:
        for number, start, end in card.spans:
            spans[number].append((start, end, card))
    starting: dict[int, list[ProposedCard]] = defaultdict(list)
    for card in cards:
        if card.paragraph is not None:
            starting[card.paragraph].append(card)
    return [
        MarkedParagraph(
            paragraph,
            _pieces(
                paragraph.position,
                paragraph.text,
                sorted(spans[paragraph.position], key=lambda span: span[:2]),
            ),
            starting[paragraph.position],
        )
        for paragraph in paragraphs
    ]


def missed(document: Sequence[MarkedParagraph]) -> list[PlanParagraph]:
    """Paragraphs of the assignment sections that are neither a card nor listed as skipped; hoped to be empty."""
    roots = {shown.paragraph.root for shown in document if shown.has_duty}
    return [
        shown.paragraph
        for shown in document
        if shown.paragraph.root in roots
        and shown.paragraph.kind not in _FRAME
        and shown.paragraph.text.strip()
        and not shown.has_duty
        and not shown.paragraph.skipped
    ]


def skipped(document: Sequence[MarkedParagraph]) -> list[tuple[PlanParagraph, dict[str, str]]]:
    """Every stretch that is no card, with the reason."""
    return [(shown.paragraph, stretch) for shown in document for stretch in shown.paragraph.skipped]


def _pieces(paragraph: int, text: str, spans: list[tuple[int, int, ProposedCard]]) -> list[Piece]:
    pieces, here = [], 0
    for at, (start, end, card) in enumerate(spans):
        if start > here:
            pieces.append(Piece(text[here:start]))
        opens = [paragraph, start] == card.spans[0][:2]
        begin = max(start, here)
        here = begin
        # Several agencies got the same words: each one's number stands before them, the words stand once.
        if at + 1 < len(spans) and spans[at + 1][0] == start:
            pieces.append(Piece("", card, opens))
        elif end > begin:
            pieces.append(Piece(text[begin:end], card, opens))
            here = end
    if here < len(text):
        pieces.append(Piece(text[here:]))
    return pieces
