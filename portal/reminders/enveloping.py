"""An empty envelope to somebody, and the lane it waits in."""

import hashlib
from datetime import datetime

from portal.db import db
from portal.letter import mail_domain
from portal.reminders.channel import EMAIL, address_on
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.lane import Lane, new_lane
from portal.reminders.token import new_handle
from portal.tenants.boundary import entered_ward
from portal.tenants.contact import Contact


def new_envelope(
    channel: str, contact: Contact, urgency: int, key: str, at: datetime, expires: datetime, now: datetime
) -> Delivery:
    """An empty envelope to this contact, which leaves at `at` and says nothing any more after `expires`."""
    envelope = blank_envelope(channel, contact, urgency, key, at, expires, now)
    db.session.add(envelope)
    return envelope


def blank_envelope(
    channel: str, contact: Contact, urgency: int, key: str, at: datetime, expires: datetime, now: datetime
) -> Delivery:
    """The same, not put down yet."""
    return Delivery(
        handle=new_handle(),
        contact_id=contact.id,
        channel=channel,
        urgency=urgency,
        merge_key=key,
        state=DeliveryState.QUEUED.value,
        tries=0,
        not_before=at,
        expires_at=expires,
        client_ref=reference(channel, key),
        recipient_name=contact.name,
        recipient_title=contact.title,
        address=address_on(contact, channel) or "",
        created_at=now,
    )


def reference(channel: str, key: str) -> str:
    """What relay and gateways know the envelope by, the same for every try (reminders.md 3.4): a Message-ID of mail.

    Made from data: an envelope planned again over a restored backup is recognised in the relay's journal.
    """
    digest = hashlib.sha256(f"{entered_ward()}:{key}".encode()).hexdigest()[:32]
    return f"d.{digest}@nhac.{mail_domain()}" if channel == EMAIL else digest


def open_lane(urgency: int, channel: str) -> None:
    """The lane the ward's messages of this urgency and channel wait in, made when it is first needed."""
    db.session.execute(new_lane(urgency, channel).on_conflict_do_nothing(index_elements=Lane.KEY))
