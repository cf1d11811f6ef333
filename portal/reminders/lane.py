"""A ward's lane in a channel: the ward served least is served next, so that one ward's flood delays nobody."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import new_id
from portal.tenants.boundary import WardRow, entered_ward


class Lane(WardRow):
    """`vtime` rises with each message sent, divided by `weight`. A lane that slept starts where the awake ones are."""

    __tablename__ = "lane"
    KEY: ClassVar = ("ward_id", "channel", "urgency")
    __table_args__ = (UniqueConstraint(*KEY),)

    channel: Mapped[str]
    urgency: Mapped[int]
    vtime: Mapped[float] = mapped_column(default=0.0)
    weight: Mapped[float] = mapped_column(default=1.0)
    awake: Mapped[bool] = mapped_column(default=False)
    paused_until: Mapped[datetime | None]


def new_lane(urgency: int, channel: str, **more: object) -> Insert:
    """The entered ward's lane, to be put down; what happens when it is there is the caller's to say."""
    lane = {"channel": channel, "urgency": urgency, "vtime": 0.0, "weight": 1.0, "awake": False, **more}
    return insert(Lane).values(ward_id=entered_ward(), id=new_id(), **lane)
