"""Duties that come back: the clock gives each new period a card of its own, with its own history, never twice.

A period begins, and its card is made, whatever became of the one before. Periods that went by entirely while nobody
made cards (a plan confirmed late, a machine that stood still) are not made up for. A series ends with the year of its
first card, because a plan is for one year.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import select

from portal.db import db
from portal.errors import NotFound
from portal.tasks.adding import NewCard, add_cards
from portal.tasks.beginning import begin_series
from portal.tasks.card import Card
from portal.tasks.card_queries import children_of, open_periods_of, supporters_of
from portal.tasks.card_series import CardSeries
from portal.tasks.check import Check
from portal.tasks.doer import SYSTEM, Doer
from portal.tasks.moving import move_to
from portal.tasks.recording import record
from portal.tasks.rhythm import Period, period_after
from portal.tasks.sharing import share_out
from portal.tasks.state import State, move_between
from portal.tenants.queries import agencies
from portal.wording import local_day

#: What somebody may choose for a card, as the plans' room would have read it.
CHOICES = ("weekly", "monthly", "quarterly", "semiannual")


def repeat(card: Card, freq: str, words: str, by: Doer, now: datetime) -> bool:
    """Somebody says that the duty comes back, as one of CHOICES. False when it does already."""
    if card.series_id is not None:
        return False
    card.recurrence = {"freq": freq, "raw": words, "occurrences": []}
    begin_series([card], now)
    record(card, "repeating", by, now, rhythm=words)
    return True


def stop(card: Card, stopped: bool, by: Doer, now: datetime) -> bool:
    """End the series of a card, or let it go on. False: it was so already. Raises NotFound when it is in none."""
    series = db.session.scalar(select(CardSeries).where(CardSeries.id == card.series_id).with_for_update())
    if series is None:
        raise NotFound
    if (series.stopped_at is not None) == stopped:
        return False
    series.stopped_at = now if stopped else None
    record(card, "repeat_stopped" if stopped else "repeating", by, now)
    return True


def cancel_whole(card: Card, by: Doer, now: datetime, *, reason: str) -> bool:
    """Cancel a card because its duty is gone: what comes back ends, and its open periods with it. False: it was so."""
    if card.series_id is not None:
        stop(card, True, by, now)
        for other in open_periods_of(card):
            if move_between(other.standing, State.CANCELLED):
                move_to(other, State.CANCELLED, by, now, reason=reason)
    return move_to(card, State.CANCELLED, by, now, reason=reason)


def make_periods(now: datetime) -> list[Card]:
    """Make the cards of the entered ward whose period has begun.

    Each series is held alone meanwhile, so a second clock waits and then finds the card there; one that dies leaves
    nothing behind. The key (series, period) is the last word.
    """
    today = local_day(now)
    running = select(CardSeries.id).where(CardSeries.stopped_at.is_(None), CardSeries.ends_on >= today)
    made = (_continued(series_id, today, now) for series_id in db.session.scalars(running).all())
    return [card for card in made if card is not None]


def _continued(series_id: uuid.UUID, today: date, now: datetime) -> Card | None:
    held = select(CardSeries).where(CardSeries.id == series_id, CardSeries.stopped_at.is_(None))
    series = db.session.scalar(held.with_for_update())
    latest = db.session.scalar(
        select(Card).where(Card.series_id == series_id).order_by(Card.period.desc()).limit(1)
    )
    if series is None or latest is None or latest.period is None or latest.recurrence is None:
        return None
    period = _current(latest.recurrence, Period(latest.period, latest.due_on), today)
    if period is None or period.begins > series.ends_on:
        return None
    return _again(latest, period, now)


def _current(rule: dict[str, object], period: Period, today: date) -> Period | None:
    """The period that runs today, if it comes after this one."""
    found = None
    after = period_after(rule, period)
    while after is not None and after.begins <= today:
        found, after = after, period_after(rule, after)
    return found


def _again(latest: Card, period: Period, now: datetime) -> Card:
    children = children_of(latest) if latest.shared_total else []
    new = NewCard(
        title=latest.title,
        agency_id=latest.agency_id,
        supporting=tuple(supporters_of(latest)),
        mode=latest.mode,
        due_on=period.due_on,
        due_exclusive=latest.due_exclusive,
        plan_id=latest.plan_id,
        text=latest.text,
        section=latest.section,
        locator=latest.locator,
        source_sha256=latest.source_sha256,
        recurrence=latest.recurrence,
        evidence_required=latest.evidence_required,
        confidential=latest.confidential,
        series_id=latest.series_id,
        period=period.begins,
    )
    card = add_cards([new], SYSTEM, now, assign=latest.assigned_at is not None)[0]
    for check in db.session.scalars(select(Check).where(Check.card_id == latest.id).order_by(Check.position)):
        card.checks_total += 1
        db.session.add(Check(card_id=card.id, position=check.position, text=check.text))
    record(card, "period_begun", SYSTEM, now, number=latest.number)
    if children:
        among = {child.agency_id for child in children}
        share_out(card, [agency for agency in agencies() if agency.id in among], SYSTEM, now)
    return card
