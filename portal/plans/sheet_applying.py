"""What a person ticked of a spreadsheet's changes is carried out, once; what others changed meanwhile stays."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _

from portal.dates import parse_day
from portal.errors import NotFound, Refused
from portal.plans.agency_book import AgencyBook
from portal.plans.board_row import EDITABLE, board_rows, digest
from portal.plans.queries import every_agency
from portal.tasks.assigning import give_to, retitle
from portal.tasks.card import Card
from portal.tasks.card_queries import card_or_404
from portal.tasks.dating import set_due
from portal.tasks.doer import Doer
from portal.tasks.rights import refuse_to_see, refuse_when_closed
from portal.tenants.access import Actor

#: The longest description of one change that is looked at, in characters.
_MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class Wish:
    """One change as the form sent it back: the card, the field, the new value, the digest of what it replaces."""

    number: int
    field: str
    value: str
    seen: str


@dataclass
class Carried:
    """Numbers of the cards that were changed, and of those that somebody else changed meanwhile."""

    done: set[int] = field(default_factory=set)
    overtaken: set[int] = field(default_factory=set)


def wishes(sent: Iterable[str]) -> list[Wish]:
    """The ticked changes, by card. Raises Refused when one is not as the page wrote it."""
    found = []
    for one in sent:
        try:
            values = json.loads(one[:_MOST_CHARACTERS])
            wish = Wish(values["number"], values["field"], values["value"], values["seen"])
        except (ValueError, KeyError, TypeError):
            raise Refused(_unreadable()) from None
        if not isinstance(wish.number, int) or wish.field not in EDITABLE:
            raise Refused(_unreadable())
        if not isinstance(wish.value, str) or not isinstance(wish.seen, str):
            raise Refused(_unreadable())
        found.append(wish)
    return sorted(found, key=lambda wish: (wish.number, wish.field))


def carry_out(wanted: Sequence[Wish], actor: Actor, now: datetime) -> Carried:
    """Change the cards. A field that is so already is left; one that says something else than the person saw, too.

    Raises NotFound for a number the ward does not have, Refused when a value cannot be used or the card is not the
    actor's to read.
    """
    carried, book, names, by = Carried(), AgencyBook(), every_agency(), Doer.from_actor(actor)
    for wish in wanted:
        card = _card(wish.number)
        refuse_to_see(actor, card)
        says = digest(board_rows([card], [], names)[0].fields[wish.field])
        if says == digest(wish.value):
            continue
        if says != wish.seen:
            carried.overtaken.add(card.number)
        elif _change(card, wish, book, by, now):
            carried.done.add(card.number)
    return carried


def _card(number: int) -> Card:
    if number < 0:
        raise NotFound
    return card_or_404(number, for_update=True)


def _change(card: Card, wish: Wish, book: AgencyBook, by: Doer, now: datetime) -> bool:
    if wish.field == "title":
        return retitle(card, wish.value, by, now)
    refuse_when_closed(card)
    if wish.field == "due":
        try:
            day = parse_day(wish.value, 0) if wish.value else None
        except ValueError:
            raise Refused(_unreadable()) from None
        return set_due(card, day, by, now, why=_("Sửa trong bảng tính"))
    agency = book.known(wish.value)
    if agency is None:
        raise Refused(_("Cơ quan này không còn. Tải bảng mới xuống rồi sửa lại."))
    return give_to(card, agency, by, now)


def _unreadable() -> str:
    return _("Chỗ sửa không đọc được. Gửi lại tệp bảng tính.")
