"""A card that a plan proposes: what the reader found, and what a person made of it before confirming."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class ProposedCard(WardRow):
    """`spans`: [paragraph, start, end] for each stretch of the plan it came from; `text` are those words, unchanged.

    `agency_id` is an agency the ward has; otherwise `agency_name` is one that confirming adds. `joint` names who
    leads with it, `supporting` who helps. `suggested_on` is a guess with its reason, never the plan's word.
    `confidence`: how sure the reader was of each field, 0 to 1. `unsure`: fields a person should still look at;
    one leaves the list once somebody changed or confirmed it. `changed_by`: the last person who edited it.
    A card somebody added by hand has no spans.
    `shared_as`: a key in common with the other parts of a duty that was shared among agencies (sharing.py).
    `card_number`: the card on the board it became.
    """

    __tablename__ = "proposed_card"
    __table_args__ = (
        UniqueConstraint("ward_id", "plan_id", "position", deferrable=True, initially="DEFERRED"),
        ForeignKeyConstraint(["ward_id", "plan_id"], ["app.plan.ward_id", "app.plan.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
        CheckConstraint("mode in ('assign', 'request')", name="mode"),
    )

    plan_id: Mapped[uuid.UUID]
    position: Mapped[int]
    spans: Mapped[list[list[int]]] = mapped_column(JSONB)
    title: Mapped[str]
    text: Mapped[str]
    agency_id: Mapped[uuid.UUID | None]
    agency_name: Mapped[str]
    joint: Mapped[list[str]] = mapped_column(JSONB, default=list)
    supporting: Mapped[list[str]] = mapped_column(JSONB, default=list)
    mode: Mapped[str] = mapped_column(default="assign")
    section: Mapped[str] = mapped_column(default="")
    locator: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str]
    due_on: Mapped[date | None]
    due_exclusive: Mapped[bool] = mapped_column(default=False)
    due_words: Mapped[str] = mapped_column(default="")
    suggested_on: Mapped[date | None]
    suggested_why: Mapped[str] = mapped_column(default="")
    recurrence: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    confidence: Mapped[dict[str, float]] = mapped_column(JSONB, default=dict)
    unsure: Mapped[list[str]] = mapped_column(JSONB, default=list)
    dropped: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[str] = mapped_column(default="")
    shared_as: Mapped[uuid.UUID | None]
    card_number: Mapped[int | None]

    @property
    def number(self) -> int:
        """What people call it on the review page: 1, 2, 3 in the order of the document."""
        return self.position + 1

    @property
    def paragraph(self) -> int | None:
        """The paragraph it starts in; None when somebody added it by hand."""
        return self.spans[0][0] if self.spans else None

    @property
    def lacks_date(self) -> bool:
        """Whether it becomes a card without a due date as things stand."""
        return self.due_on is None and not self.dropped

    @property
    def needs_look(self) -> bool:
        """Whether somebody should look at it: the reader was not sure, or found no agency."""
        return not self.dropped and bool(self.unsure or not self.agency_name)

    def looked_at(self, *fields: str) -> None:
        """Somebody changed or confirmed these fields: they are no doubt any more."""
        self.unsure = [name for name in self.unsure if name not in fields]

    def doubt(self, field: str) -> None:
        """Somebody should look at this field."""
        self.unsure = sorted({*self.unsure, field})
