"""A tick looks at every ward, and passes by those in which nothing can have become due since it last looked."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.reminders.planning import plan
from portal.tenants.boundary import entered_ward, this_ward
from portal.versions import the_versions

#: Slots and rests begin with such a stretch of the clock: with each, every ward is looked at.
STRETCH = timedelta(minutes=5)


class Ticker:
    """One process's memory of the wards it planned. Any number may tick: what is planned is planned once."""

    def __init__(self, work: Callable[[datetime], int] = plan) -> None:
        self._work = work
        self._looked: dict[int, tuple[str, int]] = {}

    def tick(self, now: datetime) -> int:
        """Plan the entered ward, unless it has had its turn in this stretch and nothing was written in it since.

        Returns how many facts are new. The version is read before the rows, so whoever writes meanwhile is seen by the
        next tick; without Valkey nobody is passed by.
        """
        version, stretch = the_versions().read([this_ward()]), int(now.timestamp() // STRETCH.total_seconds())
        if version is not None and self._looked.get(entered_ward()) == (version, stretch):
            return 0
        told = self._work(now)
        if version is not None:
            self._looked[entered_ward()] = version, stretch
        return told
