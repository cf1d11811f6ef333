"""A ward's lane in a channel: the ward served least is served next, so that one ward's flood delays nobody."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.tenants.boundary import WardRow


class Lane(WardRow):
    """`vtime` rises with each message sent, divided by `weight`. A lane that slept starts where the awake ones are."""

    __tablename__ = "lane"
    __table_args__ = (UniqueConstraint("ward_id", "channel", "urgency"),)

    channel: Mapped[str]
    urgency: Mapped[int]
    vtime: Mapped[float] = mapped_column(default=0.0)
    weight: Mapped[float] = mapped_column(default=1.0)
    awake: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[datetime | None]
