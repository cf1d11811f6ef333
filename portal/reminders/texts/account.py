"""A ward's account with a gateway for SMS or ZNS: how it is called, under which name, and whether it may be used."""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import db
from portal.letter import public_address
from portal.reminders.delivery import Delivery
from portal.reminders.token import GATEWAY, seal
from portal.tenants.boundary import WardRow

#: Channels that go through a gateway.
TEXT_CHANNELS = ("sms", "zns")

#: `renew_at` of an account whose token is to be made new at the next look.
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


class ChannelAccount(WardRow):
    """`shape` names the gateway (shape.py), `sender` the brandname, `sealed` holds what signs us in (secrets.py).

    Until `live`, only those who lead or coordinate the ward receive. `price`: đồng for one segment.
    `held_until`: nothing is submitted before. `handle`: the stored part of the address receipts come to (token.py).
    `renew_at`: when what signs us in is made new, for gateways whose tokens end (renewing_token.py).
    """

    __tablename__ = "channel_account"
    __table_args__ = (
        UniqueConstraint("ward_id", "channel"),
        CheckConstraint("channel in ('sms', 'zns')", name="channel"),
        CheckConstraint("price between 0 and 100000", name="price"),
    )

    channel: Mapped[str]
    shape: Mapped[str]
    sender: Mapped[str]
    master: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    accented: Mapped[bool] = mapped_column(default=False)
    live: Mapped[bool] = mapped_column(default=False)
    price: Mapped[int] = mapped_column(default=0)
    handle: Mapped[bytes] = mapped_column(LargeBinary)
    held_until: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(default="")
    renew_at: Mapped[datetime | None]


def account_for(channel: str) -> ChannelAccount | None:
    """The entered ward's account for this channel."""
    return db.session.scalar(select(ChannelAccount).where(ChannelAccount.channel == channel))


def callback_of(account: ChannelAccount) -> str:
    """The address the account's gateway reports to; whoever knows it can say what became of the ward's messages."""
    token = seal(GATEWAY, account.handle, account.id)
    return public_address("reminders_public.gateway_reports", token=token)


def open_channels() -> frozenset[str]:
    """The channels the entered ward has an account for."""
    return frozenset(db.session.scalars(select(ChannelAccount.channel)))


def account_of(dispatch: Session, delivery: Delivery) -> ChannelAccount | None:
    """The account an envelope leaves through."""
    return dispatch.scalar(
        select(ChannelAccount)
        .where(ChannelAccount.ward_id == delivery.ward_id, ChannelAccount.channel == delivery.channel)
        .execution_options(populate_existing=True)
    )


def leave_alone(
    dispatch: Session, delivery: Delivery, until: datetime, why: str, *, renew: bool = False
) -> None:
    """Submit nothing through the envelope's account before then; `renew`: and make its token new at the next look."""
    dispatch.execute(
        update(ChannelAccount)
        .where(ChannelAccount.ward_id == delivery.ward_id, ChannelAccount.channel == delivery.channel)
        .values(held_until=until, held_why=why, **({"renew_at": AT_ONCE} if renew else {}))
        .execution_options(synchronize_session=False)
    )
