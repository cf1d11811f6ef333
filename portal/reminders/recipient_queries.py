"""Who can be written to in a ward, and who wants to be."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, ColumnElement, LargeBinary, Uuid, any_, bindparam, exists, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.reminders.channel import can_be_told
from portal.reminders.hours import Window
from portal.reminders.queries import remindable_cards
from portal.reminders.reminder_policy import QuietHours
from portal.reminders.suppression import Suppression
from portal.reminders.texts.account import TEXT_CHANNELS, ChannelAccount
from portal.reminders.token import address_hash
from portal.tasks.card import Card
from portal.tenants.access import Role
from portal.tenants.boundary import entered_ward
from portal.tenants.contact import Contact
from portal.tenants.membership import Membership

_OF_AN_AGENCY = (Role.AGENCY_LEAD, Role.AGENCY_MEMBER)


@dataclass(frozen=True)
class Addressee:
    """A contact as it is now: the agencies they work for, and whether they steer the ward."""

    contact: Contact | None
    agency_ids: frozenset[uuid.UUID]
    steers: bool


def recipients(agency_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Contact]]:
    """Everybody of these agencies who can be written to, with or without an account."""
    return _hats(agency_ids, _OF_AN_AGENCY)


def answerable(agency_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Contact]]:
    """Who answers for each of these agencies; everybody of one that has named nobody."""
    found = _hats(agency_ids, (Role.AGENCY_LEAD,))
    everybody = _hats([agency_id for agency_id in found if not found[agency_id]], _OF_AN_AGENCY)
    return found | everybody


def _hats(agency_ids: Collection[uuid.UUID], roles: Collection[Role]) -> dict[uuid.UUID, list[Contact]]:
    found: dict[uuid.UUID, list[Contact]] = {agency_id: [] for agency_id in agency_ids}
    if not found:
        return found
    asked = _written_to(roles).where(Membership.agency_id.in_(agency_ids))
    for agency_id, contact in db.session.execute(asked).tuples():
        if agency_id is not None and can_be_told(contact) and contact not in found[agency_id]:
            found[agency_id].append(contact)
    return found


def reachable(contact_ids: Collection[uuid.UUID]) -> dict[uuid.UUID | None, list[Contact]]:
    """Those of these contacts who can be written to, by their id."""
    asked = select(Contact).where(Contact.id.in_(contact_ids), Contact.left.is_(False), _has_address())
    return {contact.id: [contact] for contact in db.session.scalars(asked) if can_be_told(contact)}


def steering_people(*roles: Role) -> list[Contact]:
    """The ward's people with one of these hats who can be written to."""
    rows = db.session.execute(_written_to(roles)).tuples()
    return list(dict.fromkeys(contact for _agency_id, contact in rows if can_be_told(contact)))


def leading_people() -> list[Contact]:
    """Who leads the ward; where nobody is named, who coordinates."""
    return steering_people(Role.LEADER) or steering_people(Role.COORDINATOR)


def _written_to(roles: Collection[Role]):  # type: ignore[no-untyped-def]
    return (
        select(Membership.agency_id, Contact)
        .join(Contact, (Contact.ward_id == Membership.ward_id) & (Contact.id == Membership.contact_id))
        .where(
            Membership.role.in_([role.value for role in roles]),
            Contact.left.is_(False),
            _has_address(),
        )
        .order_by(Contact.name, Contact.id)
        .distinct()
    )


def _has_address() -> ColumnElement[bool]:
    """An e-mail address; or a telephone, in a ward that sends SMS or Zalo."""
    account = aliased(ChannelAccount)
    texts = exists().where(account.ward_id == entered_ward(), account.channel.in_(TEXT_CHANNELS))
    return Contact.email.is_not(None) | (Contact.phone.is_not(None) & texts)


# Built once, as all that runs for every few letters (queries.py).
_ADDRESSEES = (
    select(Contact, Membership.agency_id, Membership.role)
    .outerjoin(Membership, (Membership.ward_id == Contact.ward_id) & (Membership.contact_id == Contact.id))
    .where(Contact.id == any_(bindparam("contacts", type_=ARRAY(Uuid()))))
    .execution_options(populate_existing=True)
)
_SUPPRESSED = select(Suppression.address_hash, Suppression.category).where(
    Suppression.address_hash == any_(bindparam("hashes", type_=ARRAY(LargeBinary()))),
    Suppression.channel == bindparam("channel"),
    Suppression.lifted_at.is_(None),
)


def addressees(contact_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Addressee]:
    """These contacts as they are now, with their hats; one that is gone is an addressee without a contact."""
    found: dict[uuid.UUID, list[tuple[Contact, uuid.UUID | None, str | None]]] = {}
    for row in db.session.execute(_ADDRESSEES, {"contacts": list(contact_ids)}).tuples():
        found.setdefault(row[0].id, []).append(row)
    return {contact_id: _with_hats(found.get(contact_id, [])) for contact_id in contact_ids}


def _with_hats(rows: Sequence[tuple[Contact, uuid.UUID | None, str | None]]) -> Addressee:
    return Addressee(
        contact=rows[0][0] if rows else None,
        agency_ids=frozenset(agency_id for _contact, agency_id, _role in rows if agency_id),
        steers=any(role in {Role.LEADER, Role.COORDINATOR} for _contact, _agency_id, role in rows),
    )


def quiet_window(contact_id: uuid.UUID) -> Window | None:
    """Between when this person may be written to, if they have said so."""
    row = db.session.scalar(select(QuietHours).where(QuietHours.contact_id == contact_id))
    return Window(row.opens, row.closes) if row else None


def quiet_windows() -> dict[uuid.UUID, Window]:
    """The same of everybody in the ward who has said so."""
    return {row.contact_id: Window(row.opens, row.closes) for row in db.session.scalars(select(QuietHours))}


def suppressed(hashes: Collection[bytes], channel: str = "email") -> dict[bytes, set[str]]:
    """Which categories of messages each of these addresses asked not to get."""
    found: dict[bytes, set[str]] = {}
    asked = {"hashes": list(hashes), "channel": channel}
    for digest, category in db.session.execute(_SUPPRESSED, asked).tuples():
        found.setdefault(digest, set()).add(category)
    return found


def stopped_by(address: str, channel: str = "email") -> set[str]:
    """Which categories of messages this address asked not to get."""
    digest = address_hash(address)
    return suppressed({digest}, channel).get(digest, set())


def addressee_hashes(contact_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """These contacts' addresses as opt-outs know them."""
    asked = select(Contact.id, Contact.email).where(Contact.id.in_(contact_ids), Contact.email.is_not(None))
    return {
        contact_id: address_hash(email) for contact_id, email in db.session.execute(asked).tuples() if email
    }


def unreachable_cards() -> list[Card]:
    """Cards somebody should be reminded of, whose agency has nobody with an address."""
    cards = remindable_cards()
    people = recipients({card.agency_id for card in cards if card.agency_id})
    return [card for card in cards if card.agency_id and not people[card.agency_id]]
