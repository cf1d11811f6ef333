"""One act on a review and how the cards stood before it, so that it can be taken back."""

import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow

#: What was done, as people say it; the values come from `detail`.
WORDS = {
    "edited": _l("Đã sửa việc %(number)s"),
    "checked": _l("Đã xem lại việc %(number)s"),
    "dropped": _l("Đã bỏ việc %(number)s"),
    "restored": _l("Đã lấy lại việc %(number)s"),
    "dated": _l("Đã đặt hạn cho %(count)s việc"),
    "merged": _l("Đã gộp việc %(number)s vào việc %(into)s"),
    "split": _l("Đã tách việc %(number)s thành hai"),
    "shared": _l("Đã chia việc %(number)s cho %(count)s cơ quan"),
    "added": _l("Đã thêm việc %(number)s"),
}
_KINDS = ", ".join(f"'{kind}'" for kind in WORDS)


class PlanChange(WardRow):
    """`cards`: for each card it touched, the fields "before" and "after"; None when there was no card.

    `detail` holds the numbers the words speak of, as they were counted when it was done.
    """

    __tablename__ = "plan_change"
    __table_args__ = (
        ForeignKeyConstraint(["ward_id", "plan_id"], ["app.plan.ward_id", "app.plan.id"], ondelete="CASCADE"),
        CheckConstraint(f"kind in ({_KINDS})", name="kind"),
        Index(None, "ward_id", "plan_id", "id"),
    )

    plan_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    detail: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    cards: Mapped[dict[str, dict[str, dict[str, object] | None]]] = mapped_column(JSONB)
    made_by: Mapped[str]
    made_at: Mapped[datetime]

    @property
    def words(self) -> str:
        """What was done, in one sentence."""
        return str(WORDS[self.kind]) % self.detail
