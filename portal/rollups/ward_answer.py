"""What a ward says to its unit about an ask: words that the ward's leader released, and nothing else of the card."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow

#: Characters of an answer.
LONGEST = 2000


class WardAnswer(WardRow):
    """Keyed as its ask. `released_by`: who of the ward; the unit reads the words and the moment only."""

    __tablename__ = "ward_answer"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "id"], ["app.unit_ask.ward_id", "app.unit_ask.id"]),
        CheckConstraint(f"length(words) between 1 and {LONGEST}", name="words"),
    )

    words: Mapped[str]
    released_by: Mapped[uuid.UUID] = mapped_column(deferred=True)
    released_at: Mapped[datetime]
