"""A mark that a ward's board changed: append-only, written in the transaction of the change.

Whoever follows boards (the rollup, a page that polls) reads these marks; the change itself knows nothing of them.
"""

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class BoardChange(WardRow):
    """One mark. The rollup deletes exactly the marks it has counted, so a late commit is never lost."""

    __tablename__ = "board_change"

    card_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
