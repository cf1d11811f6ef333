"""Who did something to a card, and by which way: on the web, through a one-tap link, or the system itself."""

import uuid
from dataclasses import dataclass

from portal.tenants.access import Actor


@dataclass(frozen=True)
class Doer:
    """`name` is kept in the history as it was. `via`: web, link or system."""

    contact_id: uuid.UUID | None
    name: str
    via: str = "web"

    @classmethod
    def from_actor(cls, actor: Actor) -> "Doer":
        """Somebody signed in."""
        return cls(actor.contact_id, actor.name)


#: The clock, the planner, an import.
SYSTEM = Doer(None, "", "system")
