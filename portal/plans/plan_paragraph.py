"""A paragraph of a plan, in the document's own words and order."""

import uuid

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class PlanParagraph(WardRow):
    """`skipped`: the stretches of it that are no duty, each {"text", "reason"}.

    `kind`, `section`, `level`, `source` and `repaired` are those of the reader (reading/document.py);
    `repaired` is shown beside `text`, never instead.
    """

    __tablename__ = "plan_paragraph"
    __table_args__ = (
        UniqueConstraint("ward_id", "plan_id", "position"),
        ForeignKeyConstraint(["ward_id", "plan_id"], ["app.plan.ward_id", "app.plan.id"], ondelete="CASCADE"),
    )

    plan_id: Mapped[uuid.UUID]
    position: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    section: Mapped[str] = mapped_column(default="")
    level: Mapped[int] = mapped_column(default=0)
    source: Mapped[str | None]
    repaired: Mapped[str | None]
    skipped: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list)

    @property
    def root(self) -> str:
        """The top section it stands in: `IV` of `IV.1`."""
        return self.section.split(".", 1)[0]
