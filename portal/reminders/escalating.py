"""The day's facts: which rung of the ladder each card stands on and who hears of it, and who has not answered yet."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.reminders.channel import Channel
from portal.reminders.fact import Fact
from portal.reminders.ladder import Audience, Ladder, Step, current_step, stale_after
from portal.reminders.notice import Kind
from portal.reminders.queries import dated_cards, remindable_cards
from portal.reminders.recipient_queries import answerable, leading_people, recipients
from portal.reminders.truth import is_unanswered
from portal.reminders.working_calendar import WorkingCalendar, end_of
from portal.tasks.card import Card
from portal.tasks.timeliness import last_day
from portal.tenants.contact import Contact

#: The step number of "nobody has answered", beside those of the ladder.
NO_ANSWER_STEP = 100

_DAY = timedelta(days=1)


def rungs(
    day: date, slot: datetime, days: WorkingCalendar, ladder: Ladder, as_of: date | None = None
) -> Iterable[Fact]:
    """The facts of the day's slot. `as_of`: the day an operator ordered."""
    climbed = [(card, step) for card in dated_cards(day) if (step := _step(card, day, days, ladder))]
    people = _People(climbed)
    for card, step in climbed:
        assert card.due_on is not None
        expires = stale_after(step, last_day(card.due_on, card.due_exclusive), days.slot(day), days)
        for person in people.of(card, step.audience):
            fact = _fact(step.kind, card, person, slot, expires, step.n)
            fact = replace(fact, channels=tuple(Channel(one) for one in step.channels))
            yield replace(fact, as_of=as_of, expires_at=max(expires, slot + _DAY)) if as_of else fact


def _fact(kind: Kind, card: Card, person: Contact, slot: datetime, expires: datetime, step: int) -> Fact:
    return Fact(kind, card.id, card.due_version, person.id, slot, expires, step)


def _step(card: Card, day: date, days: WorkingCalendar, ladder: Ladder) -> Step | None:
    assert card.due_on is not None
    return current_step(last_day(card.due_on, card.due_exclusive), day, days, ladder)


class _People:
    """Who hears of these cards, asked for once each audience."""

    def __init__(self, climbed: Sequence[tuple[Card, Step]]) -> None:
        self._leaders = leading_people() if _any(climbed, Audience.LEADERS) else []
        self._leads = answerable(_agencies(climbed, Audience.AGENCY_LEAD))
        self._everybody = recipients(_agencies(climbed, Audience.AGENCY))

    def of(self, card: Card, audience: Audience) -> list[Contact]:
        if audience is Audience.LEADERS:
            return self._leaders
        by_agency = self._leads if audience is Audience.AGENCY_LEAD else self._everybody
        return by_agency[card.agency_id] if card.agency_id else []


def _any(climbed: Iterable[tuple[Card, Step]], audience: Audience) -> bool:
    return any(step.audience is audience for _card, step in climbed)


def _agencies(climbed: Iterable[tuple[Card, Step]], audience: Audience) -> Collection[uuid.UUID]:
    return {card.agency_id for card, step in climbed if step.audience is audience and card.agency_id}


def unanswered(day: date, slot: datetime, days: WorkingCalendar) -> Iterable[Fact]:
    """Cards nobody has taken in time: their agency is asked for an answer, once."""
    waiting = [card for card in remindable_cards() if is_unanswered(card, day, days)]
    people = recipients({card.agency_id for card in waiting if card.agency_id})
    for card in waiting:
        for person in people[card.agency_id] if card.agency_id else []:
            expires = end_of(days.shift(day, 3))
            yield _fact(Kind.NO_ANSWER, card, person, slot, expires, NO_ANSWER_STEP)
