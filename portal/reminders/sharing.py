"""Addresses and telephones that several people of a ward share: one message goes there, in the name of one of them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from portal.db import db
from portal.reminders.channel import CHANNELS, address_on
from portal.reminders.notice import Notice
from portal.tenants.contact import Contact

#: Between the agencies of a shared box, where it is greeted.
_BETWEEN = "; "


@dataclass(frozen=True)
class Sharing:
    """Who in the ward is reached where, of those whose address or telephone somebody else names too."""

    together: dict[tuple[str, str], list[Contact]]

    def holder(self, contact: Contact, channel: str) -> Contact:
        """In whose name messages go to this person's address: always the same one of those who share it."""
        return self._at(contact, channel)[0]

    def is_shared(self, contact: Contact, channel: str) -> bool:
        """Whether somebody else is written to at the same address."""
        return len(self._at(contact, channel)) > 1

    def _at(self, contact: Contact, channel: str) -> list[Contact]:
        return self.together.get((channel, address_on(contact, channel) or ""), [contact])

    @property
    def holder_ids(self) -> set[uuid.UUID]:
        """Everybody in whose name a shared address is written to."""
        return {sharers[0].id for sharers in self.together.values()}


def sharing_of(contact_ids: Collection[uuid.UUID]) -> Sharing:
    """With whom these people share their addresses."""
    emails = select(Contact.email).where(Contact.id.in_(contact_ids), Contact.email.is_not(None))
    asked = select(Contact).where(
        Contact.left.is_(False), or_(Contact.email.in_(emails), Contact.phone.is_not(None))
    )
    together: dict[tuple[str, str], list[Contact]] = {}
    for contact in db.session.scalars(asked.order_by(Contact.id)):
        for channel in CHANNELS:
            if address := address_on(contact, channel):
                together.setdefault((channel, address), []).append(contact)
    return Sharing({key: sharers for key, sharers in together.items() if len(sharers) > 1})


def box_name(facts: Iterable[Notice], known: str = "") -> str:
    """What a shared box is greeted as: the agencies it is told about, after those `known`; empty for none."""
    names = [*known.split(_BETWEEN), *(str(fact.shown.get("agency", "")) for fact in facts)]
    return _BETWEEN.join(dict.fromkeys(filter(None, names)))


def is_box(name: str, facts: Iterable[Notice]) -> bool:
    """Whether a recipient's name is that of agencies."""
    return set(name.split(_BETWEEN)) <= {str(fact.shown.get("agency")) for fact in facts}
