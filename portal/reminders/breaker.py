"""The breaker: who fails often is left alone for a while (3.5). The relay is then tried with one letter."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.reminders.channel import EMAIL
from portal.reminders.pace import Pace
from portal.reminders.provider_account import RELAY, hold, ways_out
from portal.reminders.sending_health import LATELY, Answers, SendingHealth, forget, lately
from portal.reminders.texts.account import ChannelAccount

BREAKER = "breaker"

#: Open when so many of so many answers of the last minute were trouble.
SHARE, AT_LEAST = 0.2, 20


def is_half_open(dispatch: Session, now: datetime) -> bool:
    """Whether the relay's pause is over and nobody knows yet whether it is well: one letter is to find out."""
    relay = ways_out(dispatch)[RELAY]
    return relay.held_why == BREAKER and not relay.is_held(now)


def draw_conclusions(
    dispatch: Session, answers: Answers, now: datetime, pace: Pace, *, testing: bool
) -> None:
    """Write the answers down, and open or close breakers. `testing`: the only letter was the trial one."""
    if not answers:
        return
    answers.write_down(dispatch, now)
    _of_gateways(dispatch, now, pace)
    heard, troubles = lately(dispatch, now).get(EMAIL, (0, 0))
    failing = troubles > 0 if testing else heard >= AT_LEAST and troubles >= SHARE * heard
    if failing and not ways_out(dispatch)[RELAY].is_held(now):
        hold(dispatch, now + pace.breaker, BREAKER)
    elif testing and not failing:
        hold(dispatch, None, "")
    if failing or testing:
        forget(dispatch, EMAIL)


def _of_gateways(dispatch: Session, now: datetime, pace: Pace) -> None:
    """Each ward has its own account: only that one is left alone."""
    failing = dispatch.scalars(
        select(SendingHealth).where(
            SendingHealth.channel != EMAIL,
            SendingHealth.since >= now - 2 * LATELY,
            SendingHealth.answers >= AT_LEAST,
            SendingHealth.troubles >= SHARE * SendingHealth.answers,
        )
    ).all()
    for row in failing:
        dispatch.execute(
            update(ChannelAccount)
            .where(ChannelAccount.ward_id == row.ward_id, ChannelAccount.channel == row.channel)
            .values(held_until=now + pace.breaker, held_why=BREAKER)
            .execution_options(synchronize_session=False)
        )
        row.answers = row.troubles = 0
    dispatch.flush()
