"""What the board asks; every question of ward data is here, so that it can be indexed and counted."""

import uuid

from sqlalchemy import or_, select

from portal.db import db
from portal.errors import NotFound, Refused
from portal.tasks.card import Card
from portal.tasks.support import Support
from portal.tenants.access import Actor, Permission
from flask_babel import gettext as _


def card_or_404(number: int, *, for_update: bool = False) -> Card:
    """The entered ward's card of this number. Raises NotFound."""
    asked = select(Card).where(Card.number == number)
    card = db.session.scalar(asked.with_for_update() if for_update else asked)
    if card is None:
        raise NotFound
    return card
