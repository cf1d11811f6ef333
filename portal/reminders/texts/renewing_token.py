"""A gateway's token made new before it ends: claimed by one process, asked for with no transaction open, kept sealed.

A refresh token works once. Who renews puts `renew_at` ahead first, so that nobody else uses the same one; what came
back replaces both tokens at once.
"""

import logging
from datetime import datetime, timedelta

from jinja2 import UndefinedError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.db import db, keep
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.calling import Call, ask, form_call, found_at
from portal.reminders.texts.sealed_settings import put_settings, settings_of
from portal.reminders.texts.shape import Shape, shapes
from portal.sealing import Damaged
from portal.tenants.boundary import inside_ward

log = logging.getLogger(__name__)

#: Nobody else tries meanwhile; and the next try after one that failed.
_NEXT_TRY = timedelta(minutes=5)

#: Of one slice of sending: a gateway that takes twenty seconds must not hold up the messages.
_AT_ONCE = 1

#: A token is made new this long before its end; an answer without a number of seconds means this long.
_AHEAD, _AN_HOUR = timedelta(minutes=30), "3600"


def renew_tokens(dispatch: Session, now: datetime) -> int:
    """Make new what ends soon. Returns how many were renewed. Commits between accounts."""
    due = dispatch.execute(
        select(ChannelAccount.ward_id, ChannelAccount.channel)
        .where(ChannelAccount.renew_at <= now)
        .order_by(ChannelAccount.renew_at)
        .limit(_AT_ONCE)
    ).all()
    keep()
    return sum(_renewed(ward_id, channel, now) for ward_id, channel in due)


def _renewed(ward_id: int, channel: str, now: datetime) -> bool:
    with inside_ward(ward_id):
        account = db.session.scalar(
            update(ChannelAccount)
            .where(ChannelAccount.channel == channel, ChannelAccount.renew_at <= now)
            .values(renew_at=now + _NEXT_TRY)
            .returning(ChannelAccount)
        )
        shape = shapes().get(account.shape) if account else None
        asked = _asking(shape, account) if account and shape and shape.renewal else None
        keep()
    if asked is None or shape is None:
        return False
    answer = ask(asked) or ""
    found = {name: found_at(place, answer) for name, place in shape.renewal["answers"].items()}
    fresh = {name: token for name, token in found.items() if token}
    lasts = timedelta(seconds=float(found_at(shape.renewal["seconds"], answer) or _AN_HOUR))
    with inside_ward(ward_id):
        if len(fresh) == len(found):
            _keep_tokens(channel, fresh, now + max(lasts - _AHEAD, _NEXT_TRY))
        else:
            log.error("the token for %s of ward %s was not renewed", channel, ward_id)
            _say(channel, now)
        keep()
    return len(fresh) == len(found)


def _asking(shape: Shape, account: ChannelAccount) -> Call | None:
    try:
        said = {"settings": settings_of(account, account.ward_id)}
        return form_call(shape.renewal["url"], shape.renewal["headers"], shape.renewal["form"], said)
    except (Damaged, UndefinedError):
        log.error("the account for %s of ward %s cannot be used", account.channel, account.ward_id)
        return None


def _keep_tokens(channel: str, fresh: dict[str, str], until: datetime) -> None:
    account = db.session.scalars(
        select(ChannelAccount).where(ChannelAccount.channel == channel).with_for_update()
    ).one()
    put_settings(account, account.ward_id, {**settings_of(account, account.ward_id), **fresh})
    account.renew_at, account.held_until, account.held_why = until, None, ""
    db.session.flush()


def _say(channel: str, now: datetime) -> None:
    """Until somebody types a new one, or the gateway gives one, nothing can leave."""
    db.session.execute(
        update(ChannelAccount)
        .where(ChannelAccount.channel == channel)
        .values(held_until=now + _NEXT_TRY, held_why="token")
    )
