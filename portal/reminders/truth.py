"""Whether what a message says of a card is still true: of each kind of fact, what the card must be like."""

from collections.abc import Callable
from datetime import date

from portal.reminders.notice import Kind
from portal.tasks.answering import ANSWER_DAYS, is_silent
from portal.tasks.card import Card
from portal.tasks.state import WORKABLE, State
from portal.tenants.working_days import WorkingDays

_STILL: dict[Kind, Callable[[Card], bool]] = {
    Kind.NO_ANSWER: lambda card: card.standing is State.TODO and card.accepted_at is None,
    Kind.RETURNED: lambda card: card.standing is State.RETURNED,
    Kind.APPROVED: lambda card: card.standing is State.DONE,
    Kind.EXTENDED: lambda card: card.is_open,
    Kind.NOT_EXTENDED: lambda card: card.is_open,
    Kind.EXPLAIN: lambda card: card.explain_state == "asked",
    Kind.MENTIONED: lambda card: True,
}


def still_true(kind: Kind, card: Card) -> bool:
    """Whether the card is as this kind of fact says; most say that its agency has something to do."""
    holds = _STILL.get(kind)
    return holds(card) if holds else card.standing in WORKABLE


def is_unanswered(card: Card, day: date, days: WorkingDays) -> bool:
    """Whether nobody has taken the card in time after it was assigned (tasks.answering)."""
    since = days.shift(day, -ANSWER_DAYS)
    return still_true(Kind.NO_ANSWER, card) and is_silent(card.assigned_at, card.accepted_at, since)
