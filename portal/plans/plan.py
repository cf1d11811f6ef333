"""A plan document of a ward: where it lies, what its header says, and how far it has come."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow

#: What the name of a plan's original becomes when a browser saves it, by the ending it came with.
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".md": "text/plain",
    ".markdown": "text/plain",
    ".txt": "text/plain",
    ".text": "text/plain",
}


class PlanState(StrEnum):
    """How far a plan has come."""

    READING = "reading"
    UNREADABLE = "unreadable"
    REVIEW = "review"
    CONFIRMED = "confirmed"


class Plan(WardRow):
    """`source`: file, text (pasted), sample, or last_year (copied from the year before). `stored_as`: the random name
    on disk. `problem`: a code of the reader.

    `number` and `symbol` make "12/KH-UBND"; the number and the day are empty until somebody fills them in.
    `step`: while it is read, the last thing that has happened: received, or opened by a worker.
    `details` keeps the rest of what the header says, as the reader gave it. `corrects_id`: the confirmed plan whose
    cards it renewed. `kept_apart`: a person said that it is another plan, although there is one of its year.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("state in ('reading', 'unreadable', 'review', 'confirmed')", name="state"),
        ForeignKeyConstraint(["ward_id", "corrects_id"], ["app.plan.ward_id", "app.plan.id"]),
        CheckConstraint("source in ('file', 'text', 'sample', 'last_year')", name="source"),
        CheckConstraint("step in ('received', 'opened')", name="step"),
    )

    state: Mapped[str] = mapped_column(default=PlanState.READING.value)
    source: Mapped[str]
    filename: Mapped[str]
    stored_as: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    step: Mapped[str] = mapped_column(default="received")
    title: Mapped[str] = mapped_column(default="")
    doc_type: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    number: Mapped[str] = mapped_column(default="")
    symbol: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    details: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    corrects_id: Mapped[uuid.UUID | None]
    kept_apart: Mapped[bool] = mapped_column(default=False)

    @property
    def standing(self) -> PlanState:
        """The state as a word of the vocabulary."""
        return PlanState(self.state)

    @property
    def full_number(self) -> str:
        """`12/KH-UBND`, or empty when no number is known."""
        return f"{self.number}/{self.symbol}".strip("/") if self.number else ""

    @property
    def media_type(self) -> str:
        """What the original is served as; anything unknown is only bytes."""
        ending = self.filename[self.filename.rfind(".") :].lower()
        return MEDIA_TYPES.get(ending, "application/octet-stream")
