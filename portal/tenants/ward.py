"""A ward (phường, xã, đặc khu): the tenant. Its identity is a number that never changes, never its name."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

#: What a commune-level unit is called in front of its name (Law 72/2025/QH15).
KINDS = {"phuong": "phường", "xa": "xã", "dac_khu": "đặc khu"}


class Ward(Base):
    """A commune-level unit. Names and codes change with reforms (2025-07-01), so rows carry validity dates."""

    __tablename__ = "ward"
    __table_args__ = (CheckConstraint("kind in ('phuong', 'xa', 'dac_khu')", name="kind"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    official_code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="phuong")
    province: Mapped[str] = mapped_column(default="")
    oversight_unit_id: Mapped[int | None] = mapped_column(ForeignKey("app.oversight_unit.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    created_at: Mapped[datetime]

    @property
    def full_name(self) -> str:
        """`phường Lào Cai`."""
        return f"{KINDS[self.kind]} {self.name}"

    @property
    def office(self) -> str:
        """`UBND phường Lào Cai`: who writes to people."""
        return f"UBND {self.full_name}"
