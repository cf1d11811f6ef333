"""The way out for short messages: each ward's own account with a gateway, called as its shape says."""

import logging
from datetime import datetime

from jinja2 import UndefinedError
from sqlalchemy.orm import Session

from portal.db import keep
from portal.mail import Answer, Outcome
from portal.reminders.composing import Facts
from portal.reminders.delivery import Delivery
from portal.reminders.giving_up import BAD_NUMBER, OPTED_OUT, give_up
from portal.reminders.settling import REFUSED_US
from portal.reminders.sifting import Sifted
from portal.reminders.texts.account import TEXT_CHANNELS, ChannelAccount, account_of, callback_of, leave_alone
from portal.reminders.texts.calling import Call, call, prepare
from portal.reminders.texts.composing import Composed, compose_text
from portal.reminders.texts.doubting import doubtful_since, may_be_asked_again
from portal.reminders.texts.sealed_settings import settings_of
from portal.reminders.texts.shape import Shape, shapes
from portal.reminders.texts.smpp.server import SMPP
from portal.reminders.texts.smpp.submitting import Submission
from portal.reminders.way import Offer
from portal.sealing import Damaged
from portal.telephones import national, plain
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward

log = logging.getLogger(__name__)

#: Answers after which a number gets no more messages, and why.
_NO_NUMBER = {Outcome.PERMANENT: BAD_NUMBER, Outcome.OPTED_OUT: OPTED_OUT}


class Called:
    """A request to a gateway, ready to be made."""

    def __init__(self, shape: Shape, prepared: Call) -> None:
        self.provider: str = shape.key
        self._shape, self._prepared = shape, prepared

    def reach(self) -> None:
        """Nothing to open beforehand: an address that does not answer is a plain refusal."""

    def submit(self) -> Answer:
        """Make the request, once."""
        return call(self._shape, self._prepared)


def _said(delivery: Delivery, account: ChannelAccount, composed: Composed) -> dict[str, object]:
    """What a shape may put into a request, besides what signs us in."""
    return {
        "national": national(delivery.address),
        "plain": plain(delivery.address),
        "text": composed.written.text,
        "accented": not composed.written.size.is_gsm,
        "sender": account.sender,
        "ref": delivery.client_ref,
        "code": composed.code,
        "fields": composed.fields,
        "callback": callback_of(account),
    }


class TextWay:
    """SMS and ZNS."""

    channels: tuple[str, ...] = TEXT_CHANNELS

    def __init__(self, dispatch: Session) -> None:
        self._dispatch = dispatch

    def is_held(self, now: datetime) -> bool:
        """Never as a whole: every ward has its own account (obstacles.py)."""
        return False

    def offer(self, delivery: Delivery, ward: Ward, items: Facts, now: datetime) -> Offer | Sifted:
        """The request, made ready inside the ward; nothing when the message may have left already."""
        account = account_of(self._dispatch, delivery)
        shape = shapes().get(account.shape) if account else None
        if account is None or shape is None:
            return Sifted(why="no_account")
        first = doubtful_since(self._dispatch, delivery) if delivery.tries else None
        if first is not None and not may_be_asked_again(first, account.shape, now):
            return Sifted(why="nobody_knows", park=True)
        composed = compose_text(delivery.channel, ward, items, now, accented=account.accented)
        if delivery.channel == "zns" and not composed.code:
            return Sifted(why="no_template")  # the next channel tells it
        said = _said(delivery, account, composed)
        try:
            said["settings"] = settings_of(account, ward.id)
            return Submission(shape, said) if shape.adapter == SMPP else Called(shape, prepare(shape, said))
        except (Damaged, UndefinedError):
            log.error("the account for %s of ward %s cannot be used", delivery.channel, ward.id)
            leave_alone(self._dispatch, delivery, now + REFUSED_US, "settings")
            return Sifted(later=now + REFUSED_US)

    def _token_ended(self, delivery: Delivery, answer: Answer) -> bool:
        """Whether the gateway says that the account's token is over, which another one mends."""
        account = account_of(self._dispatch, delivery)
        shape = shapes().get(account.shape) if account else None
        return shape is not None and answer.code in shape.renewal.get("codes", ())

    def heard(self, delivery: Delivery, answer: Answer, now: datetime) -> bool:
        """See Way: an account that is refused is left alone; other wards' go on."""
        if answer.outcome is Outcome.HOLD_ACCOUNT:
            ended = self._token_ended(delivery, answer)
            leave_alone(self._dispatch, delivery, now + REFUSED_US, f"gateway {answer.code}", renew=ended)
        elif (answer.outcome, delivery.channel) == (Outcome.PERMANENT, "zns"):
            pass  # whether somebody is reached on Zalo changes with their telephone; the number itself is good
        elif answer.outcome in _NO_NUMBER:
            with inside_ward(delivery.ward_id):
                give_up(delivery.address, delivery.channel, _NO_NUMBER[answer.outcome], now)
        keep()  # rows of the ward, which the next message's ward may not share
        return True
