"""A file that shows the work was done. The bytes lie outside the web root under a random name."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Evidence(WardRow):
    """`stored_as`: the random name on disk. `names_children`: only leaders and the lead agency may open it."""

    __tablename__ = "evidence"
    __table_args__ = (ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),)

    card_id: Mapped[uuid.UUID]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    stored_as: Mapped[str]
    names_children: Mapped[bool] = mapped_column(default=False)
    contact_id: Mapped[uuid.UUID | None]
    uploader_name: Mapped[str]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
