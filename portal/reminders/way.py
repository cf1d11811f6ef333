"""The ways out of the house: what an envelope becomes there, and how it is handed over."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from portal.config import Settings
from portal.db import keep
from portal.mail import Answer, Outcome, Relay
from portal.reminders.composing import Facts, compose
from portal.reminders.delivery import Delivery
from portal.reminders.giving_up import BAD_ADDRESS, give_up
from portal.reminders.provider_account import RELAY, ways_out
from portal.reminders.returns.return_path import return_path
from portal.reminders.sifting import Sifted
from portal.tenants.boundary import inside_ward
from portal.tenants.ward import Ward

#: The relay's answers that speak of the address, not of the letter (RFC 5321 4.2.3); the last is our own.
_NO_ADDRESS = {"550", "551", "553", "address"}


class Offer(Protocol):
    """A message that is ready to be handed over. `provider` is who gets it."""

    provider: str

    def reach(self) -> None:
        """Have a way to hand it over. Raises RelayAway; called before anything is written down as tried."""

    def submit(self) -> Answer:
        """Hand it over, once."""


class Way(Protocol):
    """A way out, for some channels."""

    channels: tuple[str, ...]

    def is_held(self, now: datetime) -> bool:
        """Whether nothing may leave this way now."""

    def offer(self, delivery: Delivery, ward: Ward, items: Facts, now: datetime) -> Offer | Sifted:
        """The message of an envelope, or why there is none. Called inside the ward."""

    def heard(self, delivery: Delivery, answer: Answer, now: datetime) -> bool:
        """Draw conclusions from an answer. False: leave the others for later."""


class Posted:
    """A letter at the door of our relay."""

    provider = RELAY

    def __init__(self, relay: Relay, address: str, message: bytes, sender: str) -> None:
        self._relay, self._address, self.message, self._sender = relay, address, message, sender

    def reach(self) -> None:
        """See Offer."""
        self._relay.reach()

    def submit(self) -> Answer:
        """See Offer."""
        return self._relay.submit(self._address, self.message, self._sender)


class EmailWay(Relay):
    """Letters, through our own relay; a context, as the relay is."""

    channels: tuple[str, ...] = ("email",)

    def __init__(self, dispatch: Session, settings: Settings) -> None:
        super().__init__(settings)
        self._dispatch = dispatch

    def __enter__(self) -> "EmailWay":
        return self

    def is_held(self, now: datetime) -> bool:
        """See Way."""
        return ways_out(self._dispatch)[RELAY].is_held(now)

    def offer(self, delivery: Delivery, ward: Ward, items: Facts, now: datetime) -> Offer:
        """See Way."""
        letter = compose(delivery, ward, items, now).as_bytes()
        return Posted(self, delivery.address, letter, return_path(delivery))

    def heard(self, delivery: Delivery, answer: Answer, now: datetime) -> bool:
        """See Way: one relay serves all, so when it does not want us nobody's letters are tried."""
        if answer.outcome is Outcome.PERMANENT and answer.code in _NO_ADDRESS:
            with inside_ward(delivery.ward_id):
                give_up(delivery.address, delivery.channel, BAD_ADDRESS, now)
            keep()  # a row of the ward, which the next message's ward may not share
        return answer.outcome is not Outcome.HOLD_ACCOUNT
