"""The sender: claim, look once more, write the try down, submit, write the answer down.

This loop commits between messages, which only the edges do elsewhere: the try must be on disk before the relay hears
of the message, and no transaction may be open while the relay is thinking.
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from flask import current_app
from sqlalchemy.orm import Session

from portal.db import keep, session_as
from portal.journal import Journal
from portal.mail import RelayAway
from portal.reminders.breaker import draw_conclusions, is_half_open
from portal.reminders.channel import EMAIL
from portal.reminders.claiming import claim, wake_lanes
from portal.reminders.delivery import URGENCIES, Delivery
from portal.reminders.owner import living_owner
from portal.reminders.pace import PACE, Pace
from portal.reminders.provider_account import EVERYTHING, ways_out
from portal.reminders.readying import Desk
from portal.reminders.restoring import look_around
from portal.reminders.sending_health import Answers
from portal.reminders.settling import begin, drop_envelope, park, put_back, settle
from portal.reminders.sifting import Sifted
from portal.reminders.sweeping import release_claims, sweep
from portal.reminders.texts.renewing_token import renew_tokens
from portal.reminders.texts.way import TextWay
from portal.reminders.way import EmailWay, Offer, Way

#: A message made ready longer ago than this is looked at once more: what it says may have changed.
_FRESH = timedelta(seconds=5)

#: How long new work of a lane that sleeps may wait for a slice that is busy with the others.
_LANES_WAKE = timedelta(seconds=1)


@dataclass
class Tally:
    """What one drain did."""

    submitted: int = 0
    dropped: int = 0
    resolved: int = 0
    away: bool = False


def drain(clock: Callable[[], datetime], pace: Pace | None = None, *, texts: bool = False) -> Tally:
    """Send what is due, letters or `texts`, for at most one slice of time. Any number of these may run at once.

    `clock` gives the present moment: a slice spans many of them. The pace is the app's own unless one is given.
    """
    settings = current_app.config["PORTAL"]
    dispatch, tally = session_as("dispatch"), Tally()
    journal = Journal(settings.relay_journal)
    pace = (pace or current_app.config.get("PACE", PACE)).knowing(journal)
    look_around(dispatch, clock())
    tally.resolved = sweep(dispatch, journal, clock(), pace)
    keep()
    if texts:
        renew_tokens(dispatch, clock())
    with ExitStack() as open_things:
        owner = open_things.enter_context(living_owner())
        way = TextWay(dispatch) if texts else open_things.enter_context(EmailWay(dispatch, settings))
        _Sender(dispatch, way, owner, clock, pace, tally).work()
    return tally


class _Sender:
    """One slice of sending, with everything it needs at hand."""

    def __init__(
        self,
        dispatch: Session,
        way: Way,
        owner: int,
        clock: Callable[[], datetime],
        pace: Pace,
        tally: Tally,
    ) -> None:
        self._dispatch, self._way, self._owner = dispatch, way, owner
        self._clock, self._pace, self._tally = clock, pace, tally
        self._desk = Desk(dispatch, way)
        self._ends = clock() + pace.slice
        self._ready: dict[uuid.UUID, tuple[Offer | Sifted, datetime]] = {}
        self._answers = Answers()
        self._wakes_at = clock()

    def work(self) -> None:
        """Claim class by class in turn, so that no class waits for another, until nothing is left or time is up."""
        while not self._is_held():
            testing = EMAIL in self._way.channels and is_half_open(self._dispatch, self._clock())
            claimed = self._claim(testing)
            keep()
            go_on = bool(claimed) and self._send_all(claimed)
            draw_conclusions(self._dispatch, self._answers, self._clock(), self._pace, testing=testing)
            keep()
            if not go_on:
                break

    def _is_held(self) -> bool:
        now = self._clock()
        return ways_out(self._dispatch)[EVERYTHING].is_held(now) or self._way.is_held(now)

    def _claim(self, only_one: bool) -> list[Delivery]:
        if self._clock() >= self._wakes_at:
            wake_lanes(self._dispatch, self._clock())
            self._wakes_at = self._clock() + _LANES_WAKE
        claimed: list[Delivery] = []
        for urgency, channel in product(URGENCIES, self._way.channels):
            if not (only_one and claimed):
                claimed += claim(
                    self._dispatch,
                    urgency,
                    self._owner,
                    self._clock(),
                    self._pace.claim,
                    channel,
                    only_one=only_one,
                )
        return claimed

    def _send_all(self, claimed: list[Delivery]) -> bool:
        """Send these one by one. False when the slice is over, or the relay is away or holds us off."""
        # A text counts what went to its number today, so each is looked at alone, when its turn has come.
        self._make_ready([one for one in claimed if one.channel == EMAIL])
        for done, delivery in enumerate(claimed):
            if self._clock() >= self._ends or self._tally.away or not self._send(delivery):
                release_claims(self._dispatch, claimed[done:])
                return False
        return True

    def _make_ready(self, claimed: Sequence[Delivery]) -> None:
        now = self._clock()
        for key, offer in self._desk.make_ready(claimed, now).items():
            self._ready[key] = offer, now

    def _send(self, delivery: Delivery) -> bool:
        if delivery.id not in self._ready or self._clock() - self._ready[delivery.id][1] > _FRESH:
            self._make_ready([delivery])
        offer, now = self._ready.pop(delivery.id)
        if not isinstance(offer, Sifted):
            return self._submit(delivery, offer)
        self._leave(delivery, offer, now)
        return True

    def _leave(self, delivery: Delivery, sifted: Sifted, now: datetime) -> None:
        """Not now, or not at all."""
        if sifted.later is not None:
            put_back(self._dispatch, delivery, sifted.later)
        elif sifted.park:
            park(self._dispatch, delivery, sifted.why)
        else:
            self._tally.dropped += 1
            drop_envelope(self._dispatch, delivery, sifted.why, now)

    def _submit(self, delivery: Delivery, offer: Offer) -> bool:
        try:
            offer.reach()
        except RelayAway:
            self._tally.away = True
            put_back(self._dispatch, delivery, self._clock() + self._pace.away)
            return False
        attempt = begin(self._dispatch, delivery, self._clock(), self._pace, offer.provider)
        keep()
        if attempt is None:
            return True
        answer = offer.submit()
        settle(self._dispatch, delivery, attempt, answer, self._clock(), self._pace)
        self._answers.hear(delivery.ward_id, delivery.channel, answer.outcome, answer.code)
        self._tally.submitted += 1
        return self._way.heard(delivery, answer, self._clock())
