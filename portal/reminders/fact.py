"""What the planner hands over: who hears what about which card. Ids, dates and numbers only, never a word of text."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.reminders.channel import Channel
from portal.reminders.delivery import Urgency
from portal.reminders.notice import ASKED_KINDS, Kind
from portal.wording import LOCAL


@dataclass(frozen=True)
class Fact:
    """`slot_at`: the moment it is for. `as_of`: the day an operator ordered, when it is not simply today.

    `event_id`: the event of the card that is told, for kinds that tell one. A digest has no card.
    """

    kind: Kind
    card_id: uuid.UUID | None
    due_version: int
    contact_id: uuid.UUID
    slot_at: datetime
    expires_at: datetime
    step: int = -1
    event_id: uuid.UUID | None = None
    as_of: date | None = None
    channels: tuple[Channel, ...] = (Channel.EMAIL,)

    @property
    def key(self) -> str:
        """Made from data, readable, the same whoever plans it and how often (reminders.md 3.2)."""
        if self.event_id is not None:
            return f"ev:{self.event_id}:{self.contact_id}"
        if self.kind is Kind.DIGEST:
            return f"dig:{self.contact_id}:{self.slot_at.astimezone(LOCAL):%G-W%V}"
        if self.kind in ASKED_KINDS:
            word, moment = ("now", "%Y%m%d") if self.kind is Kind.ASKED else ("link", "%Y%m%dT%H")
            return f"{word}:{self.card_id}:v{self.due_version}:{self.slot_at:{moment}}:{self.contact_id}"
        return f"rem:{self.card_id}:v{self.due_version}:s{self.step}:{self.contact_id}"


def merge_key(contact_id: uuid.UUID, channel: str, urgency: int, slot_at: datetime) -> str:
    """One message a person, channel, urgency and slot; messages about new work are gathered by the hour."""
    moment = "%Y%m%dT%HZ" if urgency == Urgency.EVENT else "%Y%m%dT%H%M%SZ"
    return f"{contact_id}:{channel}:{urgency}:{slot_at.astimezone(UTC):{moment}}"
