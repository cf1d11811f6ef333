"""Which channels a fact takes to a person: what the step wants, and what addresses the person has."""

from collections.abc import Collection
from enum import StrEnum

from portal.reminders.notice import Kind
from portal.reminders.texts.account import TEXT_CHANNELS
from portal.telephones import mobile
from portal.tenants.contact import Contact


class Channel(StrEnum):
    """How a message goes to a person."""

    EMAIL = "email"
    SMS = "sms"
    ZNS = "zns"

    __hash__ = str.__hash__


EMAIL = Channel.EMAIL.value
CHANNELS = tuple(one.value for one in Channel)

#: By which channel somebody is told who has said nothing about it: Zalo costs less than SMS.
USUAL = (EMAIL, Channel.ZNS.value, Channel.SMS.value)


def address_on(contact: Contact, channel: str) -> str | None:
    """Where this person is reached by the channel, if at all."""
    return contact.email if channel == EMAIL else mobile(contact.phone)


def can_be_told(contact: Contact) -> bool:
    """Whether there is any way to this person at all."""
    return any(address_on(contact, channel) for channel in CHANNELS)


def in_order(own: Collection[str]) -> tuple[str, ...]:
    """All channels, those first that this person named."""
    return tuple(dict.fromkeys([*own, *USUAL]))


def ways_for(
    kind: Kind, wanted: Collection[str], contact: Contact, texts: Collection[str], own: Collection[str] = ()
) -> tuple[str, ...]:
    """The channels for this fact, of those the ward has an account for (`texts`), and e-mail.

    A step names a letter, the telephone, or both; the telephone is one message, by Zalo or SMS. Whoever has said how
    they want to be reached (`own`) gets what needs one message the way they said. Nobody goes without because a step
    names a channel that does not reach them: then the first that does is taken. A digest is no short message.
    """
    has = {EMAIL} if kind is Kind.DIGEST else {EMAIL, *texts}
    reaching = [one for one in in_order(own) if one in has and address_on(contact, one)]
    chosen = [one for one in reaching if one == EMAIL and EMAIL in wanted]
    if set(wanted).intersection(TEXT_CHANNELS):
        chosen += [one for one in reaching if one in TEXT_CHANNELS][:1]
    if own and len({one == EMAIL for one in wanted}) == 1:
        chosen = []
    return tuple(chosen or reaching[:1])
