"""Conclusions from what gateways said: a message arrived or did not, somebody wants no more. Order does not matter.

A failure stands whatever is said besides: of a text in parts, one part that did not arrive makes it unreadable.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.telling_cards import tell_cards
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.receipt import Receipt
from portal.reminders.texts.shape import shapes
from portal.reminders.texts.wishing import follow_wish

#: A receipt may be faster than our own note that the gateway took the message; after this long it is nobody's.
PATIENCE = timedelta(minutes=15)

_AT_ONCE = 5000

_S = DeliveryState

#: Somebody is about to write down what the gateway answered.
_IN_HAND = {_S.CLAIMED.value, _S.SUBMITTING.value}


def wards_told(dispatch: Session) -> Sequence[int]:
    """The wards whose gateways said something nobody looked at yet."""
    return dispatch.scalars(select(Receipt.ward_id).where(Receipt.applied_at.is_(None)).distinct()).all()


def apply_receipts(now: datetime) -> int:
    """Apply what the entered ward's gateways said. Returns how many things were settled."""
    waiting = db.session.scalars(
        select(Receipt)
        .where(Receipt.applied_at.is_(None))
        .order_by(Receipt.received_at, Receipt.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    accounts = {account.id: account for account in db.session.scalars(select(ChannelAccount))}
    for receipt in waiting:
        receipt.became = _apply(receipt, accounts[receipt.account_id], now)
        if receipt.became:
            receipt.applied_at = now
    db.session.flush()
    return sum(bool(receipt.became) for receipt in waiting)


def _apply(receipt: Receipt, account: ChannelAccount, now: datetime) -> str:
    """What became of it, in one word; empty: it has to wait."""
    said = receipt.said
    if "wish" in said:
        follow_wish(receipt.id, said["phone"], said["wish"], now)
        receipt.said = {"wish": said["wish"]}
        return said["wish"] or "not_understood"
    delivery = _meant(said, account.channel)
    if delivery is None:
        return "" if now - receipt.received_at < PATIENCE else "unknown"
    if delivery.state in _IN_HAND:
        return ""
    return _conclude(delivery, _arrived(account, said["status"]), said.get("provider_ref", ""), now)


def _meant(said: dict[str, str], channel: str) -> Delivery | None:
    """The message it is about, locked: by our reference, otherwise by the gateway's."""
    for column, name in ((Delivery.client_ref, "client_ref"), (Delivery.provider_ref, "provider_ref")):
        if said.get(name):
            asked = select(Delivery).where(
                column == said[name], Delivery.channel == channel, Delivery.tries > 0
            )
            locked = asked.with_for_update().execution_options(populate_existing=True)
            if (found := db.session.scalar(locked)) is not None:
                return found
    return None


def _arrived(account: ChannelAccount, status: str) -> bool | None:
    """Whether a status says that it arrived, or that it never will; None: it is on its way, or nobody knows."""
    shape = shapes().get(account.shape)
    told = shape.receipt if shape else {}
    if status in told.get("delivered", ()):
        return True
    return False if status in told.get("undelivered", ()) else None


def _conclude(delivery: Delivery, arrived: bool | None, provider_ref: str, now: datetime) -> str:
    if arrived is None:
        return "on_its_way"
    state = _S.DELIVERED if arrived else _S.UNDELIVERED
    if delivery.state in {_S.UNDELIVERED.value, state.value} or (
        not arrived and delivery.state == _S.FAILED.value
    ):
        return "known"
    delivery.state, delivery.why = state.value, "" if arrived else "not_reached"
    delivery.accepted_at, delivery.final_at = delivery.accepted_at or now, now
    delivery.provider_ref = delivery.provider_ref or provider_ref
    tell_cards(delivery, arrived=arrived, now=now)
    return state.value
