"""A card: one duty of the plan, the agency that leads it, where it stands and by when it is due."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tasks.state import CLOSED, State
from portal.tasks.timeliness import Timeliness, days_left, timeliness
from portal.tenants.boundary import WardRow
from portal.wording import local_day


class Card(WardRow):
    """`text`, `section` and `locator` are the plan's own words and change only with the plan; `title` may be edited.

    `version` rises with every change people can see (two people editing: the second is told).
    `due_version` rises when the due date or the lead agency changes, so that older reminders are superseded.
    `shared_total`: for how many agencies the duty was shared out (sharing.py); each has a card whose `parent_id` is
    this one, and only theirs are counted. `period`: the first day of the period of its series this card is for.
    `explain_state`: whether a late card's agency was asked why (explaining.py).
    `confidential`: only its agencies and the leader see more than number, agency, state and date (rights.py).
    """

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("ward_id", "number"),
        UniqueConstraint("ward_id", "series_id", "period"),
        ForeignKeyConstraint(["ward_id", "agency_id"], ["app.agency.ward_id", "app.agency.id"]),
        ForeignKeyConstraint(["ward_id", "parent_id"], ["app.card.ward_id", "app.card.id"]),
        ForeignKeyConstraint(["ward_id", "series_id"], ["app.card_series.ward_id", "app.card_series.id"]),
        CheckConstraint(
            "state in ('todo', 'doing', 'review', 'done', 'returned', 'paused', 'refused', 'cancelled')",
            name="state",
        ),
        CheckConstraint("mode in ('assign', 'request')", name="mode"),
        CheckConstraint("explain_state in ('', 'asked', 'answered', 'read')", name="explain_state"),
        CheckConstraint(
            "shared_total = 0 or (agency_id is null and assigned_at is null and parent_id is null)",
            name="shared",
        ),
    )

    number: Mapped[int]
    plan_id: Mapped[uuid.UUID | None]
    agency_id: Mapped[uuid.UUID | None]
    mode: Mapped[str] = mapped_column(default="assign")
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    locator: Mapped[str] = mapped_column(default="")
    source_sha256: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=State.TODO.value)
    due_on: Mapped[date | None]
    due_exclusive: Mapped[bool] = mapped_column(default=False)
    original_due_on: Mapped[date | None]
    extensions: Mapped[int] = mapped_column(default=0)
    asked_due_on: Mapped[date | None]
    asked_why: Mapped[str] = mapped_column(default="")
    due_version: Mapped[int] = mapped_column(default=1)
    recurrence: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    assigned_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    blocked_why: Mapped[str] = mapped_column(default="")
    is_blocked: Mapped[bool] = mapped_column(Computed("blocked_why <> ''", persisted=True))
    evidence_required: Mapped[bool] = mapped_column(default=False)
    confidential: Mapped[bool] = mapped_column(default=False)
    parent_id: Mapped[uuid.UUID | None]
    shared_total: Mapped[int] = mapped_column(default=0)
    shared_done: Mapped[int] = mapped_column(default=0)
    series_id: Mapped[uuid.UUID | None]
    period: Mapped[date | None]
    explain_state: Mapped[str] = mapped_column(default="")
    explain_asked: Mapped[str] = mapped_column(default="")
    explain_answer: Mapped[str] = mapped_column(default="")
    link_count: Mapped[int] = mapped_column(default=0)
    label_count: Mapped[int] = mapped_column(default=0)
    position: Mapped[float] = mapped_column(default=0.0)
    checks_done: Mapped[int] = mapped_column(default=0)
    checks_total: Mapped[int] = mapped_column(default=0)
    evidence_count: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    search_text: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def standing(self) -> State:
        """The state as a word of the vocabulary."""
        return State(self.state)

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do for it."""
        return self.standing not in CLOSED

    @property
    def needs_work(self) -> bool:
        """Whether its agency still has something to do: not when it is over, and not while others decide."""
        return self.is_open and self.standing is not State.REVIEW

    @property
    def submitted_on(self) -> date | None:
        """The local day its result was submitted."""
        return local_day(self.submitted_at) if self.submitted_at else None

    def timeliness(self, on: date) -> Timeliness:
        """How it stands on a day."""
        return timeliness(self.standing, self.due_on, self.due_exclusive, self.submitted_on, on)

    def days_left(self, on: date) -> int | None:
        """Days until its last day, negative once it has passed; None without a date."""
        return days_left(self.due_on, self.due_exclusive, on) if self.due_on else None
