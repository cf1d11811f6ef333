"""What the relay and the gateways answered lately, for each ward and channel: one row each."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Row, UniqueConstraint, case, func, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import new_id
from portal.mail import Outcome
from portal.tenants.boundary import WardRow

#: Answers older than this say nothing about how it goes now.
LATELY = timedelta(minutes=1)

#: Answers that speak of the message or its recipient, not of whoever gave them.
_GOOD = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_DUPLICATE, Outcome.PERMANENT, Outcome.OPTED_OUT})


class SendingHealth(WardRow):
    """`answers` and, among them, `troubles` since `since`; the latest of either kind whenever it was."""

    __tablename__ = "sending_health"
    __table_args__ = (
        UniqueConstraint("ward_id", "channel"),
        CheckConstraint("channel in ('email', 'sms', 'zns')", name="channel"),
    )

    channel: Mapped[str]
    since: Mapped[datetime]
    answers: Mapped[int]
    troubles: Mapped[int]
    last_good_at: Mapped[datetime | None]
    last_trouble_at: Mapped[datetime | None]
    last_trouble: Mapped[str] = mapped_column(default="")


class Answers:
    """The answers of one batch, until they are written down together."""

    def __init__(self) -> None:
        self._heard: dict[tuple[int, str], list[tuple[bool, str]]] = {}

    def hear(self, ward_id: int, channel: str, outcome: Outcome, code: str) -> None:
        """One more answer."""
        self._heard.setdefault((ward_id, channel), []).append((outcome in _GOOD, code))

    def __bool__(self) -> bool:
        return bool(self._heard)

    def write_down(self, dispatch: Session, now: datetime) -> None:
        """Add them to the rows, in one order for all senders."""
        rows = [_row(key, heard, now) for key, heard in sorted(self._heard.items())]
        if rows:
            dispatch.execute(_ADD, rows)
        self._heard.clear()


def _row(key: tuple[int, str], heard: list[tuple[bool, str]], now: datetime) -> dict[str, object]:
    troubles = [code for good, code in heard if not good]
    return {
        "ward_id": key[0],
        "id": new_id(),
        "channel": key[1],
        "since": now,
        "answers": len(heard),
        "troubles": len(troubles),
        "last_good_at": now if len(heard) > len(troubles) else None,
        "last_trouble_at": now if troubles else None,
        "last_trouble": troubles[-1] if troubles else "",
    }


def _adding() -> Insert:
    fresh = insert(SendingHealth)
    put = fresh.excluded
    is_old = SendingHealth.since < put.since - LATELY
    return fresh.on_conflict_do_update(
        index_elements=["ward_id", "channel"],
        set_={
            "since": case((is_old, put.since), else_=SendingHealth.since),
            "answers": case((is_old, put.answers), else_=SendingHealth.answers + put.answers),
            "troubles": case((is_old, put.troubles), else_=SendingHealth.troubles + put.troubles),
            "last_good_at": func.coalesce(put.last_good_at, SendingHealth.last_good_at),
            "last_trouble_at": func.coalesce(put.last_trouble_at, SendingHealth.last_trouble_at),
            "last_trouble": case((put.troubles > 0, put.last_trouble), else_=SendingHealth.last_trouble),
        },
    )


#: What was heard is added to what is known, unless that is old.
_ADD = _adding()


def lately(dispatch: Session, now: datetime) -> dict[str, tuple[int, int]]:
    """Answers and troubles of the last minute or two, of all wards together, by channel."""
    asked = (
        select(SendingHealth.channel, func.sum(SendingHealth.answers), func.sum(SendingHealth.troubles))
        .where(SendingHealth.since >= now - 2 * LATELY)
        .group_by(SendingHealth.channel)
    )
    rows: list[Row[str, int, int]] = list(dispatch.execute(asked).all())
    return {channel: (int(answers), int(troubles)) for channel, answers, troubles in rows}


def forget(dispatch: Session, channel: str) -> None:
    """Count afresh: what was heard has had its consequence."""
    dispatch.execute(
        update(SendingHealth)
        .where(SendingHealth.channel == channel)
        .values(answers=0, troubles=0)
        .execution_options(synchronize_session=False)
    )
