"""Between when one person wants to be written to: kept, or forgotten."""

import uuid

from sqlalchemy import delete

from portal.db import db
from portal.reminders.hours import Window
from portal.reminders.reminder_policy import QuietHours


def set_quiet_hours(contact_id: uuid.UUID, window: Window | None) -> None:
    """Write to this person only in the window, from now on; with None in the hours of the ward."""
    db.session.execute(delete(QuietHours).where(QuietHours.contact_id == contact_id))
    if window is not None:
        db.session.add(QuietHours(contact_id=contact_id, opens=window.opens, closes=window.closes))
        db.session.flush()
