"""The key a ward's evidence is sealed with, itself wrapped by the platform's master key: without it no file opens."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class WardKey(WardRow):
    """`master`: the name of the master key (PORTAL_FILE_KEYS) that `wrapped` is wrapped with."""

    __tablename__ = "ward_key"
    __table_args__ = (UniqueConstraint("ward_id"),)

    master: Mapped[str]
    wrapped: Mapped[bytes]
    made_at: Mapped[datetime]
