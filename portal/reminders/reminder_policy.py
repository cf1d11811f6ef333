"""When a ward's messages may leave, where the ward has set it, and the quiet hours of one person (reminders.md 3.8)."""

import uuid
from datetime import time

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.reminders.hours import Hours, Window
from portal.tenants.boundary import WardRow


class ReminderPolicy(WardRow):
    """A ward without a row has the hours of hours.py."""

    __tablename__ = "reminder_policy"
    __table_args__ = (
        UniqueConstraint("ward_id"),
        CheckConstraint("texts_a_day between 0 and 3", name="texts_a_day"),
    )

    slot_time: Mapped[time]
    digest_time: Mapped[time]
    email_opens: Mapped[time]
    email_closes: Mapped[time]
    text_opens: Mapped[time]
    text_closes: Mapped[time]
    texts_a_day: Mapped[int]

    @property
    def hours(self) -> Hours:
        """The row as what the planner works with."""
        return Hours(
            slot=self.slot_time,
            digest=self.digest_time,
            email=Window(self.email_opens, self.email_closes),
            text=Window(self.text_opens, self.text_closes),
            texts_a_day=self.texts_a_day,
        )


class QuietHours(WardRow):
    """Between `opens` and `closes` one person may be written to, inside the hours of the ward."""

    __tablename__ = "quiet_hours"
    __table_args__ = (
        UniqueConstraint("ward_id", "contact_id"),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
        CheckConstraint("opens < closes", name="closes"),
    )

    contact_id: Mapped[uuid.UUID]
    opens: Mapped[time]
    closes: Mapped[time]
