"""Who may open a file that names children, and each time somebody did."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class EvidenceViewer(WardRow):
    """One named person of the ward for one file."""

    __tablename__ = "evidence_viewer"
    __table_args__ = (
        UniqueConstraint("ward_id", "evidence_id", "contact_id"),
        ForeignKeyConstraint(["ward_id", "evidence_id"], ["app.evidence.ward_id", "app.evidence.id"]),
        ForeignKeyConstraint(["ward_id", "contact_id"], ["app.contact.ward_id", "app.contact.id"]),
    )

    evidence_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID]


class EvidenceView(WardRow):
    """Somebody opened a locked file. Looking changes nothing, so it is no event of the card; never changed.

    `kind`: what the history calls it, beside the events.
    """

    kind: ClassVar[str] = "evidence_viewed"

    __tablename__ = "evidence_view"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "card_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "evidence_id"], ["app.evidence.ward_id", "app.evidence.id"]),
    )

    card_id: Mapped[uuid.UUID]
    evidence_id: Mapped[uuid.UUID]
    contact_id: Mapped[uuid.UUID]
    viewer_name: Mapped[str]
    viewed_at: Mapped[datetime]
