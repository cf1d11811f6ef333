"""A mark that a ward's board changed: append-only, written in the transaction of the change.

The rollup reads these marks; open pages are told by the board's version (portal/versions.py), which every mark
replaces. The change itself knows nothing of either.
"""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import db
from portal.tenants.boundary import WardRow, entered_ward
from portal.versions import changed


class BoardChange(WardRow):
    """One mark. The rollup deletes exactly the marks it has counted, so a late commit is never lost."""

    __tablename__ = "board_change"

    card_id: Mapped[uuid.UUID | None] = mapped_column(default=None)


def this_board() -> str:
    """The name under which the entered ward's board has its version."""
    return f"ward:{entered_ward()}"


def mark_changed(card_id: uuid.UUID) -> None:
    """This transaction changes a card of the entered ward."""
    db.session.add(BoardChange(card_id=card_id))
    changed(this_board())
