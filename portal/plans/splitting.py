"""A proposed card becomes two, at the end of a sentence or at a semicolon of its own words."""

import hashlib
import re
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.errors import Refused
from portal.plans.draft import Draft
from portal.plans.proposed_card import ProposedCard
from portal.plans.reading.titles import short_title
from portal.text import CAPITALS, fold

#: A sentence ends, or a semicolon separates; what follows is a part of its own. Dots within numbers do not count.
_END = re.compile(rf"(?:[;!?…]|\.(?=\s+[{CAPITALS}“\"(-]))\s+(?=\S)|\n+")


@dataclass(frozen=True)
class Part:
    """A stretch of a card's words; `at` is where a card that begins with it would begin, 0 for the first."""

    at: int
    text: str


def parts(text: str) -> list[Part]:
    """The sentences and half-sentences that a card's words can be split into, in order."""
    starts = [0, *(match.end() for match in _END.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [Part(start, text[start:end].rstrip()) for start, end in zip(starts, ends, strict=True)]


def split(draft: Draft, card: ProposedCard, at: int) -> ProposedCard:
    """Cut a card in two where a part begins; the new one stands right behind it, with the same agency and date.

    Both keep the place they came from. Raises Refused (409) when the card's words changed since.
    """
    if at <= 0 or at not in {part.at for part in parts(card.text)}:
        raise Refused(_("Việc này vừa được sửa. Xem lại chỗ tách."), status=409)
    card.shared_as = None  # a piece is no part of what the others have whole
    words = card.text[:at].rstrip(), card.text[at:]
    spans = _cut(card, len(words[0]), at)
    second = twin(card)
    for piece, text, where in zip((card, second), words, spans, strict=True):
        _take(piece, text, where)
    draft.put_after(card, second)
    return second


def twin(card: ProposedCard) -> ProposedCard:
    """Another card like this one, with a key of its own."""
    apart = {"ward_id", "id", "position", "card_number"}
    names = [name for name in ProposedCard.__table__.columns.keys() if name not in apart]  # noqa: SIM118 - columns are no dict
    return ProposedCard(**{name: getattr(card, name) for name in names})


def digest(text: str) -> str:
    """The digest by which words are known again: of their folded form, as the reader makes it."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def _take(card: ProposedCard, text: str, spans: list[list[int]]) -> None:
    """Make these words the card's own; a date or rhythm that they do not say is to be looked at."""
    card.text, card.spans, card.sha256 = text, spans, digest(text)
    card.title = short_title(text)
    if card.due_on and card.due_words and card.due_words not in text:
        card.doubt("due")


def _cut(card: ProposedCard, end: int, at: int) -> tuple[list[list[int]], list[list[int]]]:
    """The stretches before `end` and from `at` on; a card's words are its stretches with one space between."""
    before: list[list[int]] = []
    after: list[list[int]] = []
    here = 0
    for paragraph, start, stop in card.spans:
        length = stop - start
        if here < end:
            before.append([paragraph, start, start + min(length, end - here)])
        if here + length > at:
            after.append([paragraph, start + max(0, at - here), stop])
        here += length + 1
    return before, after
