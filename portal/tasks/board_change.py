"""A mark that a ward's board changed: append-only, written in the transaction of the change.

The rollup follows boards by these marks, open pages by the ward's version (portal/versions.py); the change itself
knows nothing of either.
"""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class BoardChange(WardRow):
    """One mark. The rollup deletes exactly the marks it has counted, so a late commit is never lost."""

    __tablename__ = "board_change"

    card_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
