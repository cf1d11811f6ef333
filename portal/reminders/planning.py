"""The planner: which facts are due in the entered ward now. It may run as often and as many times at once as one likes.

It reads the board and writes facts; exact keys make a fact once. How far a slot was planned is only a short cut.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.announcing import mentions, news
from portal.reminders.digesting import digests
from portal.reminders.escalating import rungs, unanswered
from portal.reminders.fact import Fact
from portal.reminders.giving_up import lift_rested
from portal.reminders.hurrying import hurry
from portal.reminders.notice import Kind
from portal.reminders.queries import calendar, done_until, ladder
from portal.reminders.recipient_queries import recipients
from portal.reminders.schedule_rows import SchedCursor
from portal.reminders.telling import tell
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tenants.boundary import entered_ward

_SLOTS, _DIGESTS = "slots", "digests"

#: Any number, the same everywhere: the lock of a ward's planner is (this, ward id).
_PLANNING = 7_204_002

#: How long a planner waits for its turn.
_TURN = "2min"

_BE_PATIENT = text(
    "select set_config('lock_timeout', :at_most, true), set_config('statement_timeout', :at_most, true)"
)
_BE_AS_BEFORE = text(
    "select set_config(name, reset_val, true) from pg_settings where name in ('lock_timeout', 'statement_timeout')"
)


def plan(now: datetime) -> int:
    """Plan the latest slot and digest that have come, unless that was done, and tell the news.

    Returns how many facts are new.
    """
    _one_planner_at_a_time()
    lift_rested(now)
    days = calendar()
    told = len(tell([*news(now), *mentions(now)], now))
    slot, digest = days.latest_slot(now), days.latest_digest(now)
    if _is_new(_SLOTS, slot):
        told += len(tell(_of_slot(slot, days), now))
        _remember(_SLOTS, slot)
    if _is_new(_DIGESTS, digest):
        # A ward that was never planned has just begun: its first digest comes with its first Monday.
        if done_until(_DIGESTS) is not None:
            told += len(tell(list(digests(digest)), now))
        _remember(_DIGESTS, digest)
    return told


def _is_new(job: str, moment: datetime) -> bool:
    done = done_until(job)
    return done is None or done < moment


def _of_slot(slot: datetime, days: WorkingCalendar) -> list[Fact]:
    """The day's rungs; who has not answered is asked only about cards that stand on none."""
    day = slot.date()
    climbed = list(rungs(day, slot, days, ladder()))
    chased = {fact.card_id for fact in climbed}
    return climbed + [fact for fact in unanswered(day, slot, days) if fact.card_id not in chased]


def plan_day(day: date, now: datetime) -> int:
    """Plan as an operator ordered, as if `day` were today, and for sending at once, also what waits for the morning.

    Returns how many facts are new, and messages that no longer wait.
    """
    _one_planner_at_a_time()
    facts = list(rungs(day, now, calendar(), ladder(), day))
    told = len(tell(facts, now))
    return told + hurry([fact.key for fact in facts], day, now)


def _one_planner_at_a_time() -> None:
    """Planners of one ward take turns: exact keys keep them right, taking turns keeps them out of deadlocks."""
    if db.session.scalar(select(func.pg_try_advisory_xact_lock(_PLANNING, entered_ward()))):
        return
    # A thousand facts take longer to plan than anybody should wait for a card, and the next planner is no failure.
    db.session.execute(_BE_PATIENT, {"at_most": _TURN})
    db.session.execute(select(func.pg_advisory_xact_lock(_PLANNING, entered_ward())))
    db.session.execute(_BE_AS_BEFORE)


def facts_asked_for(cards: Iterable[Card], now: datetime, kind: Kind = Kind.ASKED) -> list[Fact]:
    """The facts of "Nhắc ngay": each card to everybody of its agency, once a day."""
    wanted = [card for card in cards if card.agency_id]
    people = recipients({card.agency_id for card in wanted if card.agency_id})
    return [
        Fact(kind, card.id, card.due_version, person.id, now, now + timedelta(days=1))
        for card in wanted
        for person in people[card.agency_id]  # type: ignore[index]
    ]


def _remember(job: str, moment: datetime) -> None:
    cursor = insert(SchedCursor).values(ward_id=entered_ward(), id=new_id(), job=job, done_until=moment)
    db.session.execute(
        cursor.on_conflict_do_update(
            index_elements=["ward_id", "job"],
            set_={"done_until": cursor.excluded.done_until},
            where=(SchedCursor.done_until < cursor.excluded.done_until)
            & (SchedCursor.ward_id == entered_ward()),
        )
    )
