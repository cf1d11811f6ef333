"""By what a ward's messages leave: days, hours, ladder, channels, its people's hours and wishes; once a run."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.reminders.channel_wish import wishes
from portal.reminders.hours import Window
from portal.reminders.ladder import Ladder
from portal.reminders.queries import calendar, ladder
from portal.reminders.recipient_queries import quiet_windows
from portal.reminders.texts.account import open_channels
from portal.reminders.working_calendar import WorkingCalendar


@dataclass(frozen=True)
class WardRules:
    """One ward's, for one run: a merge of its facts, or a slice of sending."""

    days: WorkingCalendar
    ladder: Ladder
    channels: frozenset[str]
    quiet: Mapping[uuid.UUID, Window]
    wishes: Mapping[uuid.UUID, tuple[str, ...]]

    def opening(self, contact_id: uuid.UUID, channel: str, moment: datetime) -> datetime:
        """`moment` when this person may be written to then, otherwise the next moment they may."""
        window = self.days.hours.window(channel).within(self.quiet.get(contact_id))
        return self.days.opening(moment, window)


def ward_rules() -> WardRules:
    """The entered ward's."""
    return WardRules(calendar(), ladder(), open_channels(), quiet_windows(), wishes())
