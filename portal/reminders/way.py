"""The ways out of the house: what an envelope becomes there, and how it is handed over."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from portal.config import Settings
from portal.mail import Answer, Outcome, Relay
from portal.reminders.composing import Facts, compose
from portal.reminders.delivery import Delivery
from portal.reminders.provider_account import RELAY, ways_out
from portal.reminders.sifting import Sifted
from portal.tenants.ward import Ward


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

    def __init__(self, relay: Relay, address: str, message: bytes) -> None:
        self._relay, self._address, self.message = relay, address, message

    def reach(self) -> None:
        """See Offer."""
        self._relay.reach()

    def submit(self) -> Answer:
        """See Offer."""
        return self._relay.submit(self._address, self.message)


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
        return Posted(self, delivery.address, compose(delivery, ward, items, now).as_bytes())

    def heard(self, delivery: Delivery, answer: Answer, now: datetime) -> bool:
        """See Way: one relay serves all, so when it does not want us nobody's letters are tried."""
        return answer.outcome is not Outcome.HOLD_ACCOUNT
