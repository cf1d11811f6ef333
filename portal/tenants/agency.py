"""An agency of a ward: who carries out duties. Its kind is a canonical code, so that wards can be compared."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Agency(WardRow):
    """`mode`: the ward's committee assigns to its own units, and only requests of the Front and mass organisations."""

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("ward_id", "name"),
        CheckConstraint("mode in ('assign', 'request')", name="mode"),
    )

    kind: Mapped[str | None]
    name: Mapped[str]
    short_name: Mapped[str]
    mode: Mapped[str] = mapped_column(default="assign")
    position: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)
