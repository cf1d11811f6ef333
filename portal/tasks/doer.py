"""Who did something to a card, and by which way: on the web, through a one-tap link, or the system itself."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from portal.db import new_id
from portal.tasks.card_event import CardEvent
from portal.tenants.access import Actor


@dataclass(frozen=True)
class Doer:
    """`name` is kept in the history as it was. `via`: web, link or system; `link_sent`: the day that link was made.

    `act_id`: all that is done under it is one act and is taken back together; None: each event for itself.
    `done`: what was written down of it so far, for whoever answers the press and need not ask for it again.
    """

    contact_id: uuid.UUID | None
    name: str
    via: str = "web"
    act_id: uuid.UUID | None = None
    link_sent: date | None = None
    done: list[CardEvent] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def from_actor(cls, actor: Actor, act_id: uuid.UUID | None = None) -> "Doer":
        """Somebody signed in, about to do one thing."""
        return cls(actor.contact_id, actor.name, act_id=act_id or new_id())


#: The clock, the planner, an import.
SYSTEM = Doer(None, "", "system")
