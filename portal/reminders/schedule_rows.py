"""How far the planning of a ward has come."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.tenants.boundary import WardRow


class SchedCursor(WardRow):
    """Everything of this job up to `done_until` has been planned for the ward; planning again costs only time."""

    __tablename__ = "sched_cursor"
    __table_args__ = (UniqueConstraint("ward_id", "job"),)

    job: Mapped[str]
    done_until: Mapped[datetime]
