"""A mark that a ward's board changed: append-only, written in the transaction of the change.

The rollup follows boards by these marks, open pages by the ward's version (portal/versions.py); the change itself
knows nothing of either.
"""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import db
from portal.tenants.boundary import WardRow


class BoardChange(WardRow):
    """One mark. The rollup deletes exactly the marks it has counted, so a late commit is never lost."""

    __tablename__ = "board_change"

    card_id: Mapped[uuid.UUID | None] = mapped_column(default=None)


def mark_changed(card_id: uuid.UUID) -> None:
    """This transaction changes a card of the entered ward."""
    db.session.add(BoardChange(card_id=card_id))
