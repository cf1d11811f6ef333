"""`@` and a name in a comment: found however it was typed, kept as an id, shown again as the name."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy import select

from portal.db import db
from portal.tasks.card import Card
from portal.tasks.card_queries import supporters_of
from portal.tasks.comment import MARK
from portal.tasks.rights import may_read, may_see
from portal.tenants.access import Actor, Role
from portal.tenants.agency import Agency
from portal.tenants.contact import Contact
from portal.tenants.queries import agencies, people
from portal.text import unmarked

_AT = re.compile(r"(?<!\w)@(?=\w)")


@dataclass(frozen=True)
class Somebody:
    """A person or an agency that can be mentioned. `sees`: whether they see this card; a mention never changes that."""

    id: uuid.UUID
    kind: str
    name: str
    note: str
    sees: bool

    @property
    def mark(self) -> str:
        """What stands for them in a stored comment."""
        return f"@[{self.kind}:{self.id}]"


@dataclass(frozen=True)
class Resolved:
    """A comment's text as stored, who is mentioned in it, and who was named but does not see the card."""

    text: str
    mentioned: tuple[Somebody, ...] = ()
    unseen: tuple[Somebody, ...] = ()


def mentionable(card: Card) -> list[Somebody]:
    """The ward's agencies and people, those who see the card first. Names that two people share say the agency, too."""
    known, supporting = agencies(), supporters_of(card)
    on_it = {card.agency_id} | supporting if card.assigned_at else set()
    found = [Somebody(agency.id, "a", agency.short_name, "", agency.id in on_it) for agency in known]
    found += _people(card, {agency.id: agency.short_name for agency in known}, supporting)
    return sorted(found, key=lambda one: not one.sees)


def _people(card: Card, short_names: dict[uuid.UUID, str], supporting: set[uuid.UUID]) -> list[Somebody]:
    hats: dict[uuid.UUID, tuple[str, set[Role], set[uuid.UUID]]] = {}
    for contact, membership, _agency in people():
        name, roles, agency_ids = hats.setdefault(contact.id, (contact.name, set(), set()))
        roles.add(Role(membership.role))
        if membership.agency_id is not None:
            agency_ids.add(membership.agency_id)
    names = [name for name, _roles, _agencies in hats.values()]
    found = []
    for contact_id, (name, roles, agency_ids) in hats.items():
        note = ", ".join(short_names[one] for one in agency_ids if one in short_names)
        shown = f"{name} ({note})" if names.count(name) > 1 and note else name
        actor = Actor(contact_id, name, frozenset(roles), frozenset(agency_ids))
        reads = may_see(actor, card, supporting) and may_read(actor, card, supporting)
        found.append(Somebody(contact_id, "c", shown, note, reads))
    return found


def resolve(card: Card, text: str) -> Resolved:
    """Names after `@` become ids. Who does not see the card is left as typed: a mention lets nobody in."""
    if not _AT.search(text):
        return Resolved(text)
    everybody = sorted(mentionable(card), key=lambda one: -len(one.name))
    plain, pieces, at = unmarked(text), [], 0
    mentioned: dict[uuid.UUID, Somebody] = {}
    unseen: dict[uuid.UUID, Somebody] = {}
    for sign in _AT.finditer(text):
        somebody = next((one for one in everybody if _is_named(one, plain, sign.end())), None)
        if somebody is None:
            continue
        (mentioned if somebody.sees else unseen)[somebody.id] = somebody
        if somebody.sees:
            pieces += [text[at : sign.start()], somebody.mark]
            at = sign.end() + len(somebody.name)
    return Resolved("".join([*pieces, text[at:]]), tuple(mentioned.values()), tuple(unseen.values()))


def _is_named(somebody: Somebody, plain: str, at: int) -> bool:
    name = unmarked(somebody.name)
    end = at + len(name)
    return plain.startswith(name, at) and not plain[end : end + 1].isalnum()


def names_in(texts: Iterable[str]) -> dict[str, str]:
    """The names of everybody mentioned in these texts, by id; asks nothing when nobody is."""
    wanted: dict[str, set[str]] = {"c": set(), "a": set()}
    for text in texts:
        for mark in MARK.finditer(text):
            wanted[mark[1]].add(mark[2])
    names: dict[str, str] = {}
    for kind, column in (("c", Contact.name), ("a", Agency.short_name)):
        if wanted[kind]:
            table = Contact if kind == "c" else Agency
            rows = db.session.execute(select(table.id, column).where(table.id.in_(wanted[kind])))
            names |= {str(row[0]): row[1] for row in rows}
    return names


def as_typed(text: str, names: dict[str, str]) -> str:
    """A stored comment as somebody would type it, for changing it."""
    return MARK.sub(lambda mark: f"@{names.get(mark[2], '')}", text)


def as_shown(text: str, names: dict[str, str]) -> Markup:
    """A stored comment for reading: names stand out, everything else is text."""
    pieces, at = [], 0
    for mark in MARK.finditer(text):
        name = names.get(mark[2], "")
        pieces += [escape(text[at : mark.start()]), Markup('<span class="at">@{}</span>').format(name)]
        at = mark.end()
    return Markup("").join([*pieces, escape(text[at:])])


def named(somebodies: Sequence[Somebody]) -> str:
    """Their names in a row."""
    return ", ".join(one.name for one in somebodies)
