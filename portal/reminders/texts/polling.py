"""Asking a gateway what became of messages it is silent about; its answer is kept as if it had told us by itself."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from jinja2 import UndefinedError
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import db, keep
from portal.reminders.delivery import Delivery, DeliveryState
from portal.reminders.texts.account import ChannelAccount
from portal.reminders.texts.calling import Call, ask, found_at, question
from portal.reminders.texts.doubting import RECEIPT_WAIT
from portal.reminders.texts.hearing import keep_said
from portal.reminders.texts.sealed_settings import settings_of
from portal.reminders.texts.shape import shapes
from portal.sealing import Damaged
from portal.telephones import plain
from portal.tenants.boundary import inside_ward

log = logging.getLogger(__name__)

#: After a day nobody asks any more.
_LONGEST = timedelta(days=1)

#: Questions of one run: a gateway that takes twenty seconds for each must not hold up the next run.
_AT_ONCE = 100


@dataclass(frozen=True)
class _Question:
    account: ChannelAccount
    delivery: Delivery
    prepared: Call
    places: list[str]


def poll(dispatch: Session, now: datetime) -> int:
    """Ask about messages accepted half an hour ago and more. Returns how many answers were kept.

    Commits before it asks and after each answer: no transaction is open while a gateway is thinking.
    """
    silent = dispatch.scalars(
        select(Delivery)
        .where(
            Delivery.state == DeliveryState.ACCEPTED.value,
            Delivery.channel != "email",
            Delivery.provider_ref != "",
            Delivery.accepted_at.between(now - _LONGEST, now - RECEIPT_WAIT),
        )
        .order_by(Delivery.accepted_at.desc())
        .limit(_AT_ONCE)
    ).all()
    questions = [made for one in silent if (made := _question(dispatch, one)) is not None]
    keep()
    return sum(_asked(one, now) for one in questions)


def _question(dispatch: Session, delivery: Delivery) -> _Question | None:
    account = dispatch.scalar(
        select(ChannelAccount).where(
            ChannelAccount.ward_id == delivery.ward_id, ChannelAccount.channel == delivery.channel
        )
    )
    shape = shapes().get(account.shape) if account else None
    if account is None or shape is None or not shape.poll:
        return None
    try:
        said = {
            "settings": settings_of(account, delivery.ward_id),
            "provider_ref": delivery.provider_ref,
            "plain": plain(delivery.address),
        }
        prepared = question(shape.poll, said)
    except (Damaged, UndefinedError):  # one ward's account must not end the run for the others
        log.error("the account for %s of ward %s cannot be used", delivery.channel, delivery.ward_id)
        return None
    return _Question(account, delivery, prepared, shape.poll["status"])


def _asked(one: _Question, now: datetime) -> bool:
    answer = ask(one.prepared)
    found = [found_at(place, answer) for place in one.places] if answer else [None]
    if None in found:
        return False
    with inside_ward(one.delivery.ward_id):
        told = {"client_ref": one.delivery.client_ref, "status": "/".join(map(str, found))}
        keep_said(one.account, told, now)
        db.session.flush()
        keep()
    return True
