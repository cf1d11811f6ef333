"""A file that shows the work was done. The bytes lie sealed, outside the web root, under a random name."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Evidence(WardRow):
    """`stored_as`: the random name on disk. `size` and `sha256` are of the file as people get it.

    `names_children`: only its named viewers may open it, or learn what it is called (locking.py).
    `sealed`: encrypted on disk with the ward's key (sealing.py); files of before were not.
    """

    __tablename__ = "evidence"
    __table_args__ = (ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),)

    card_id: Mapped[uuid.UUID]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    stored_as: Mapped[str]
    names_children: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bool] = mapped_column(default=True)
    contact_id: Mapped[uuid.UUID | None]
    uploader_name: Mapped[str]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def is_image(self) -> bool:
        """Whether it may be previewed: a picture that we drew anew ourselves."""
        return self.media_type == "image/jpeg"

    @property
    def shelf(self) -> str:
        """Which folder of the files holds it."""
        return shelf_of(self.ward_id) if self.sealed else str(self.ward_id)


def shelf_of(ward_id: int) -> str:
    """The folder of a ward's sealed evidence; nothing else lies there."""
    return f"{ward_id}/evidence"
