"""Which ward became which: merged, split or renamed on a day, by a resolution (domain.md e: the reforms of 2025)."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Identity, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base

#: How long a reform can be taken back.
REVERSIBLE = timedelta(days=30)


class Succession(Base):
    """One ward's part in a reform. A merged ward ends on `on_day`; a split one goes on, and gives cards away.

    A renamed ward is its own successor. `former_name`, `former_kind`: what the predecessor was called until then.
    """

    __tablename__ = "succession"
    __table_args__ = (
        CheckConstraint("kind in ('merge', 'split', 'rename')", name="kind"),
        CheckConstraint("(kind = 'rename') = (predecessor_id = successor_id)", name="other"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("app.ward.id"))
    on_day: Mapped[date]
    document: Mapped[str] = mapped_column(default="")
    former_name: Mapped[str]
    former_kind: Mapped[str]
    done_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    def is_reversible(self, now: datetime) -> bool:
        """Whether it stands, and may still be taken back."""
        return self.undone_at is None and now - self.done_at <= REVERSIBLE


def counted_with(session: Session, ward_ids: list[int]) -> dict[int, list[int]]:
    """Each ward with the wards whose figures add to its own: those merged into it, and those merged into them.

    A moved card counts in the successor and no longer in the predecessor, and a card finished before stays where it
    was: so the sum over these wards has every card once. Figures are added, never replaced by the latest.
    """
    asked = select(Succession.predecessor_id, Succession.successor_id).where(
        Succession.kind == "merge", Succession.undone_at.is_(None)
    )
    into: dict[int, list[int]] = {}
    for predecessor, successor in session.execute(asked.order_by(Succession.id)).tuples():
        into.setdefault(successor, []).append(predecessor)
    return {ward_id: _with_all_before(ward_id, into) for ward_id in ward_ids}


def _with_all_before(ward_id: int, into: dict[int, list[int]]) -> list[int]:
    found = [ward_id]
    for one in found:
        found += [before for before in into.get(one, []) if before not in found]
    return found
