"""Whether somebody without an account is there: shown by their first answer, and asked for after a few messages.

A mistyped address would give a stranger what is meant for an agency, so nobody who never answered is written to for
long. An answer, or a word of whoever keeps the ward's addresses, ends that.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ARRAY, Uuid, any_, bindparam, func, select

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryState
from portal.tenants.contact import Contact
from portal.tenants.contacting import confirm_contact

#: Messages somebody gets at most before they first answer.
UNANSWERED = 3

_SENT = (DeliveryState.ACCEPTED.value, DeliveryState.DELIVERED.value)


_MESSAGES = (
    select(func.count())
    .select_from(Delivery)
    .where(
        Delivery.ward_id == Contact.ward_id,
        Delivery.contact_id == Contact.id,
        Delivery.state.in_(_SENT),
        Contact.moved_at.is_(None) | (Delivery.created_at >= Contact.moved_at),
    )
    .correlate(Contact)
    .scalar_subquery()
)

# Built once, as all that runs for every few letters (queries.py).
_UNANSWERING = (
    select(Contact)
    .where(
        Contact.person_id.is_(None),
        Contact.verified_at.is_(None),
        Contact.left.is_(False),
        _MESSAGES >= UNANSWERED,
    )
    .order_by(Contact.name)
)
_UNANSWERING_OF = _UNANSWERING.where(Contact.id == any_(bindparam("contacts", type_=ARRAY(Uuid()))))


def unanswering(contact_ids: Collection[uuid.UUID] | None) -> Sequence[Contact]:
    """Who of these (None: of everybody in the ward) has got that many messages and answered none, by name."""
    if contact_ids is None:
        return db.session.scalars(_UNANSWERING).all()
    return db.session.scalars(_UNANSWERING_OF, {"contacts": list(contact_ids)}).all()


def confirm_sharers(contact: Contact, now: datetime) -> None:
    """Somebody answered: it is known of everybody who is written to at the same address."""
    same = select(Contact).where(Contact.email == contact.email, Contact.left.is_(False))
    for one in [contact, *db.session.scalars(same)]:
        confirm_contact(one, now)
