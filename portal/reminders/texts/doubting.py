"""Short messages nobody knows the end of: offered again only where the gateway knows the reference again.

A gateway keeps no journal we could read. One that refuses a second message with the same reference may be asked by
sending it once more; for any other only a receipt can tell, and when none comes a person decides (reminders.md 3.4).
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.mail import Outcome
from portal.reminders.attempt import Attempt
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.texts.account import account_of
from portal.reminders.texts.shape import shapes

#: A gateway that cannot be asked: how long a receipt is waited for.
RECEIPT_WAIT = timedelta(minutes=30)

#: Between two questions to one that can.
_AGAIN = tuple(timedelta(minutes=n) for n in (2, 5, 15, 30))

_LOOKED_AT_ONCE = 500


def doubtful_since(dispatch: Session, delivery: Delivery) -> Attempt | None:
    """The first try of this envelope that nobody knows the end of."""
    return dispatch.scalar(
        select(Attempt)
        .where(
            Attempt.ward_id == delivery.ward_id,
            Attempt.delivery_id == delivery.id,
            Attempt.outcome.is_(None) | (Attempt.outcome == Outcome.AMBIGUOUS.value),
        )
        .order_by(Attempt.n)
        .limit(1)
    )


def may_be_asked_again(first: Attempt, shape: str, now: datetime) -> bool:
    """Whether the same reference cannot be taken twice: the same gateway, and it still remembers."""
    known = shapes().get(shape)
    return known is not None and first.provider == shape and now < first.submitted_at + known.remembers


def resolve_texts(dispatch: Session, now: datetime) -> int:
    """Decide about those whose wait is over. Returns how many are no longer in doubt or asked again."""
    doubted = dispatch.scalars(
        select(Delivery)
        .where(
            Delivery.state == DeliveryState.UNKNOWN.value,
            Delivery.channel != "email",
            Delivery.not_before <= now,
        )
        .order_by(Delivery.not_before)
        .limit(_LOOKED_AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for row in doubted:
        _resolve(dispatch, row, now)
    dispatch.flush()
    return sum(row.state != DeliveryState.UNKNOWN.value for row in doubted)


def _resolve(dispatch: Session, row: Delivery, now: datetime) -> None:
    first, account = doubtful_since(dispatch, row), account_of(dispatch, row)
    waited_until = (first.submitted_at if first else now) + RECEIPT_WAIT
    askable = first is not None and account is not None and may_be_asked_again(first, account.shape, now)
    asked_again = row.tries - 1
    if askable and row.expires_at > now and asked_again < len(_AGAIN):
        row.state, row.not_before, row.why = DeliveryState.QUEUED.value, now, "ask_again"
    elif now < waited_until:
        row.not_before = waited_until
    else:
        row.state, row.why = DeliveryState.PARKED.value, "nobody_knows"
