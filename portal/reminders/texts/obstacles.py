"""What keeps a short message from leaving, besides its facts: no account, a trial, a stopped number, a full day."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.db import db
from portal.reminders.delivery import Delivery, Urgency
from portal.reminders.giving_up import EVERYTHING
from portal.reminders.recipient_queries import suppressed
from portal.reminders.texts.account import account_for
from portal.reminders.token import address_hash
from portal.reminders.working_calendar import WorkingCalendar, end_of
from portal.wording import local_day

#: States in which a message has, or may have, reached the telephone.
_SENT = ("submitting", "unknown", "accepted", "delivered", "parked")


def text_obstacle(
    delivery: Delivery, steers: bool, days: WorkingCalendar, now: datetime, *, confirms: bool = False
) -> tuple[str, datetime | None]:
    """Why it must not be sent at all, or until when it has to wait; nothing when the way is free.

    `steers`: the recipient leads or coordinates the ward, and so takes part in a trial. `confirms`: it tells a number
    that its owner's "no more" was heard, which is the one thing that may still be sent there.
    """
    account = account_for(delivery.channel)
    if account is None:
        return "no_account", None
    if not account.live and not steers:
        return "trial", None
    digest = address_hash(delivery.address)
    if not confirms and EVERYTHING in suppressed({digest}, delivery.channel).get(digest, set()):
        return "number_gone", None
    if account.held_until is not None and account.held_until > now:
        return "", account.held_until
    if delivery.urgency != Urgency.NOW and _sent_today(delivery, now) >= days.hours.texts_a_day:
        return "", days.opening(end_of(local_day(now)), days.hours.window(delivery.channel))
    return "", None


def _sent_today(delivery: Delivery, now: datetime) -> int:
    """How many short messages went to this number today, whoever it belongs to."""
    asked = select(func.count()).where(
        Delivery.channel == delivery.channel,
        Delivery.address == delivery.address,
        Delivery.id != delivery.id,
        Delivery.state.in_(_SENT),
        func.coalesce(Delivery.accepted_at, Delivery.not_before)
        >= end_of(local_day(now)) - timedelta(days=1),
    )
    return db.session.scalar(asked) or 0
