"""What a unit asks of one ward: a reminder, an explanation, a report; words of a list, never free text."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow

#: The kinds.
EXPLAIN, REMIND, REPORT = "explain", "remind", "report"

#: What one ward can be asked, by kind; a report, and a reminder of it, need no sentence but their period.
SENTENCES = {
    EXPLAIN: ("overdue", "slow", "figures"),
    REMIND: ("overdue", "accept", "figures"),
}


class UnitAsk(WardRow):
    """`press_id`: what was asked of several wards at once. `agency_kind`: empty for the whole ward. `period_code`:
    of a report, and of a reminder of it. `received_at`: when the ward has its card; `answered_at`: when that was first
    submitted, or the leader answered; `done_at`: when it was done, or the report was sent.
    """

    __tablename__ = "unit_ask"
    __table_args__ = (
        CheckConstraint("kind in ('explain', 'remind', 'report')", name="kind"),
        CheckConstraint("sentence ~ '^[a-z_]{2,20}$'", name="sentence"),
        CheckConstraint("agency_kind ~ '^[a-z_]{0,20}$'", name="agency_kind"),
        CheckConstraint("period_code ~ '^[a-z0-9-]{0,20}$'", name="period_code"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    press_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    sentence: Mapped[str]
    agency_kind: Mapped[str]
    period_code: Mapped[str]
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    @property
    def card_id(self) -> uuid.UUID:
        """The key of the card that the ward makes of it: made twice, it is still one card."""
        return uuid.uuid5(self.id, "card")
