"""Which channels a fact takes to a person: what the step wants, and what addresses the person has."""

from collections.abc import Collection
from enum import StrEnum

from portal.reminders.notice import Kind
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


def address_on(contact: Contact, channel: str) -> str | None:
    """Where this person is reached by the channel, if at all."""
    return contact.email if channel == EMAIL else mobile(contact.phone)


def can_be_told(contact: Contact) -> bool:
    """Whether there is any way to this person at all."""
    return any(address_on(contact, channel) for channel in CHANNELS)


def ways_for(
    kind: Kind, wanted: Collection[str], contact: Contact, texts: Collection[str]
) -> tuple[str, ...]:
    """The channels for this fact, of those the ward has an account for (`texts`), and e-mail.

    Nobody goes without because a step names a channel that does not reach them: then every other one is taken. A
    digest is no short message.
    """
    has = [
        channel for channel in CHANNELS if channel == EMAIL or (channel in texts and kind is not Kind.DIGEST)
    ]
    reaching = tuple(channel for channel in has if address_on(contact, channel))
    return tuple(channel for channel in reaching if channel in wanted) or reaching[:1]
