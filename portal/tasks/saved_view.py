"""A way of looking at the board that somebody kept under a name: a filter's address, for one person or the ward."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class SavedView(WardRow):
    """`query`: what stands behind the `?`, as BoardFilter writes it. Without `contact_id` it is the whole ward's."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("ward_id", "contact_id", "name", postgresql_nulls_not_distinct=True),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
    )

    contact_id: Mapped[uuid.UUID | None]
    name: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]
