"""One press of a button, named by the page that sends it: sent twice after a lost answer, it is saved once."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import exists, select

from portal.db import db, new_id
from portal.errors import Refused
from portal.tasks.card import Card
from portal.tasks.card_event import CardEvent
from portal.tenants.access import Actor

#: A page names a press `<contact>.<random>`; more than this is not ours.
LONGEST = 100


@dataclass(frozen=True)
class Press:
    """`name` is empty where no script named it; such a press is a new one each time."""

    name: str
    contact_id: uuid.UUID

    @classmethod
    def of(cls, actor: Actor, name: str) -> "Press":
        """A press of this actor. Raises Refused(409) when somebody else made it: on a device that people share, what
        one left unsent is never sent in the name of the next.
        """
        if name and not name[:LONGEST].startswith(f"{actor.contact_id}."):
            raise Refused(_("Nội dung này do người khác soạn trên máy này nên chưa gửi."), status=409)
        return cls(name[:LONGEST], actor.contact_id)

    @property
    def act_id(self) -> uuid.UUID:
        """The act that the press becomes: the same for the same press, and nobody else's."""
        return uuid.uuid5(self.contact_id, self.name) if self.name else new_id()

    def is_known(self, card: Card, seen: int | None) -> bool:
        """Whether it changed the card already; nothing has when the card still is as the presser saw it."""
        if not self.name or seen == card.version:
            return False
        made = exists().where(CardEvent.card_id == card.id, CardEvent.act_id == self.act_id)
        return bool(db.session.scalar(select(made)))
