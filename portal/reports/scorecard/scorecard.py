"""A ward's score of a year, draft or locked; and what of it a unit received."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.reports.scorecard.criteria import Standard, UnitClass, standards
from portal.reports.scorecard.scoring import Entries, Score
from portal.tenants.boundary import WardRow


class Scorecard(WardRow):
    """`standard`: the version of the criteria. `entries`: by part, what was typed (scoring.py).

    `edition` rises when a locked one is opened again; `version` with every change. `document`: as it was approved.
    """

    __tablename__ = "scorecard"
    __table_args__ = (
        UniqueConstraint("ward_id", "year"),
        CheckConstraint("unit_class in ('city', 'hard', 'other')", name="unit_class"),
        CheckConstraint("(approved_at is null) = (document is null)", name="locked"),
    )

    year: Mapped[int]
    standard_key: Mapped[str]
    unit_class: Mapped[str] = mapped_column(default=UnitClass.OTHER.value)
    entries: Mapped[Entries] = mapped_column(JSONB, default=dict)
    edition: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    document: Mapped[bytes | None] = mapped_column(deferred=True)

    @property
    def is_locked(self) -> bool:
        """Whether the leader approved it."""
        return self.approved_at is not None

    @property
    def standard(self) -> Standard:
        """The criteria it is scored by."""
        return standards()[self.standard_key]

    @property
    def score(self) -> Score:
        """What its entries come to."""
        return Score(self.standard, UnitClass(self.unit_class), self.entries)


class SentScorecard(WardRow):
    """What a unit received: points by criterion and in all, and the document. No word that anybody typed.

    `points`: by the criterion's number; null where it is not scored.
    """

    __tablename__ = "sent_scorecard"
    __table_args__ = (
        UniqueConstraint("ward_id", "scorecard_id", "edition"),
        ForeignKeyConstraint(["ward_id", "scorecard_id"], ["app.scorecard.ward_id", "app.scorecard.id"]),
    )

    scorecard_id: Mapped[uuid.UUID]
    unit_id: Mapped[int] = mapped_column(ForeignKey("app.oversight_unit.id"))
    year: Mapped[int]
    edition: Mapped[int]
    unit_class: Mapped[str]
    threshold: Mapped[float]
    total: Mapped[float]
    result: Mapped[str]
    points: Mapped[dict[str, float | None]] = mapped_column(JSONB)
    sent_at: Mapped[datetime]
    document: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def lacking(self) -> tuple[int, ...]:
        """The criteria with no points, by number."""
        return tuple(sorted(int(number) for number, points in self.points.items() if not points))
