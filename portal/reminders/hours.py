"""The hours of a ward's messages, local time: when a day's messages leave, and between when they may arrive."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Window:
    """From `opens` until before `closes`."""

    opens: time
    closes: time

    def within(self, other: "Window | None") -> "Window":
        """The part of it that lies in the other; all of it when they have nothing in common."""
        if other is None:
            return self
        opens, closes = max(self.opens, other.opens), min(self.closes, other.closes)
        return Window(opens, closes) if opens < closes else self


@dataclass(frozen=True)
class Hours:
    """The default of reminders.md 3.6 and 3.8. `text`: SMS and ZNS. `texts_a_day`: at most, to one person.

    Advertising may be sent 07:00 to 22:00 and three times a day (Decree 91/2020 article 13); ours is none, and stays
    inside it all the same.
    """

    slot: time = time(8, 0)
    digest: time = time(7, 30)
    email: Window = Window(time(6, 0), time(21, 0))
    text: Window = Window(time(7, 30), time(20, 0))
    texts_a_day: int = 3

    def window(self, channel: str) -> Window:
        """Between when a message of this channel may arrive."""
        return self.email if channel == "email" else self.text


DEFAULT_HOURS = Hours()

#: What people choose from on pages: a list reads the same in every browser, a field for times does not.
HALF_HOURS = tuple(time(hour, minute) for hour in range(5, 23) for minute in (0, 30))
