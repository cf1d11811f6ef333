"""Whether messages leave: when a sender last looked, and how long the oldest message that is due has waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.reminders.delivery import Delivery
from portal.reminders.lane import Lane
from portal.reminders.provider_account import EVERYTHING, ways_out

#: Longer than this nothing may stand still without somebody being told (reminders.md 10, F29).
SILENCE, WAITING = timedelta(minutes=4), timedelta(minutes=15)


@dataclass(frozen=True)
class Pulse:
    """Seconds. `silent_for`: since a sender last looked, None before the first time. `held`: somebody wants it so."""

    oldest_due: int
    silent_for: int | None
    held: bool

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to be called. What is held on purpose may wait."""
        is_silent = self.silent_for is None or self.silent_for > SILENCE.total_seconds()
        waits = self.oldest_due > WAITING.total_seconds() and not self.held
        return not is_silent and not waits


def pulse(dispatch: Session, now: datetime) -> Pulse:
    """How it stands now, all wards together; a ward's own pause is its own affair."""
    paused = exists().where(
        Lane.ward_id == Delivery.ward_id,
        Lane.channel == Delivery.channel,
        Lane.urgency == Delivery.urgency,
        Lane.paused_until > now,
    )
    due = Delivery.state.in_(["queued", "retry_wait", "claimed", "unknown"]) & (Delivery.not_before <= now)
    oldest = dispatch.scalar(select(func.min(Delivery.not_before)).where(due, ~paused))
    everything = ways_out(dispatch)[EVERYTHING]
    beat = everything.beat_at
    return Pulse(
        int((now - oldest).total_seconds()) if oldest else 0,
        max(0, int((now - beat).total_seconds())) if beat else None,
        everything.is_held(now),
    )
