"""The same thing done to many cards at once: each by its own rules, told apart, and taken back together."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from portal.db import db
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_queries import LARGEST_NUMBER, cards_held, cards_of_act, latest_act
from portal.tasks.doer import Doer
from portal.tasks.rights import Seen, refuse_to_see, refuse_when_closed, refuse_when_shared
from portal.tasks.undoing import can_be_undone, undo
from portal.tenants.access import Actor

#: So many cards are changed with one press at the most.
AT_MOST = 300

#: Changes one card; False when it was so already. May raise Refused.
Change = Callable[[Card], bool]


@dataclass
class Outcome:
    """The numbers of the cards that were changed, that were so already, and of the others by what was in the way."""

    done: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def told(self, done: str) -> str:
        """Sentences for people: what was done, then each card it was not done to, with the reason."""
        said = [done] if self.done else [_("Không việc nào thay đổi.")]
        if self.same:
            said.append(_("Đã như vậy từ trước: việc số %(numbers)s.", numbers=_listed(self.same)))
        for why, numbers in self.refused.items():
            said.append(_("Không đổi việc số %(numbers)s: %(why)s", numbers=_listed(numbers), why=why))
        return " ".join(said)


def picked(values: Iterable[str]) -> dict[int, Seen]:
    """The cards a form names as `number.version`, each with what the person saw. Raises Refused when there is none."""
    found = {}
    for value in values:
        number, _dot, version = value.partition(".")
        if number.isdecimal() and int(number) <= LARGEST_NUMBER:
            found[int(number)] = Seen(int(version) if version.isdecimal() else None)
    if not found:
        raise Refused(_("Chọn ít nhất một việc trong danh sách."))
    if len(found) > AT_MOST:
        raise Refused(_("Chọn nhiều nhất %(n)s việc một lần.", n=AT_MOST))
    return found


def change_each(chosen: dict[int, Seen], actor: Actor, change: Change) -> Outcome:
    """Change these cards, each for itself: one that may not, or that somebody changed meanwhile, stops no other."""
    held = {card.number: card for card in cards_held(chosen)}

    def careful(card: Card) -> bool:
        refuse_when_closed(card)
        refuse_when_shared(card)
        chosen[card.number].refuse_when_stale(card, actor)
        return change(card)

    outcome = _each(held.values(), actor, careful)
    for number in sorted(chosen.keys() - held.keys()):
        outcome.refused[_("Không có việc này.")].append(number)
    return outcome


def undo_each(act_id: uuid.UUID, actor: Actor, by: Doer, now: datetime) -> Outcome:
    """Take back what one press did to many cards, where nothing happened to them since."""

    def back(card: Card) -> bool:
        latest = latest_act(card)
        if not latest or latest[0].act_id != act_id:
            raise Refused(_("Đã thay đổi sau đó."))
        if latest[0].contact_id != actor.contact_id and not actor.steers:
            raise Refused(_("Chỉ người vừa làm, hoặc người điều phối, hoàn tác được."))
        if not can_be_undone(latest, now):
            raise Refused(_("Đã quá 10 phút."))
        undo(card, latest[0].id, by, now)
        return True

    return _each(cards_of_act(act_id), actor, back)


def _each(cards: Iterable[Card], actor: Actor, change: Change) -> Outcome:
    outcome = Outcome()
    for card in cards:
        number = card.number
        try:
            with db.session.begin_nested():
                refuse_to_see(actor, card)
                changed = change(card)
        except Refused as refusal:
            outcome.refused[refusal.why].append(number)
        else:
            (outcome.done if changed else outcome.same).append(number)
    return outcome


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
