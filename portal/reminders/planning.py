"""The planner: which facts are due in the entered ward now. It may run as often and as many times at once as one likes.

It reads the board and writes facts; exact keys make a fact once. How far a slot was planned is only a short cut.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from portal.db import db, new_id
from portal.reminders.fact import Fact
from portal.reminders.hurrying import hurry
from portal.reminders.ladder import current_step, stale_after
from portal.reminders.notice import Kind
from portal.reminders.queries import calendar, dated_cards, done_until, newly_assigned, recipients
from portal.reminders.schedule_rows import SchedCursor
from portal.reminders.telling import tell
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.timeliness import last_day
from portal.tenants.boundary import entered_ward

#: News about new work that could not be delivered for this long says nothing any more.
_NEWS_LASTS = timedelta(days=3)

_SLOTS = "slots"

#: Any number, the same everywhere: the lock of a ward's planner is (this, ward id).
_PLANNING = 7_204_002


def plan(now: datetime) -> int:
    """Plan the latest slot that has come, unless that was done, and tell about newly assigned cards.

    Returns how many facts are new.
    """
    _one_planner_at_a_time()
    days = calendar()
    slot = days.latest_slot(now)
    done = done_until(_SLOTS)
    told = len(tell(list(_assignments(now)), now))
    if done is None or done < slot:
        told += len(tell(list(_slot_facts(slot.date(), slot, days, None)), now))
        _remember(slot)
    return told


def plan_day(day: date, now: datetime) -> int:
    """Plan as an operator ordered, as if `day` were today, and for sending at once, also what waits for the morning.

    Returns how many facts are new, and messages that no longer wait.
    """
    _one_planner_at_a_time()
    facts = list(_slot_facts(day, now, calendar(), day))
    told = len(tell(facts, now))
    return told + hurry([fact.key for fact in facts], day, now)


def _one_planner_at_a_time() -> None:
    """Planners of one ward take turns: exact keys keep them right, taking turns keeps them out of deadlocks."""
    db.session.execute(select(func.pg_advisory_xact_lock(_PLANNING, entered_ward())))


def _slot_facts(day: date, slot: datetime, days: WorkingCalendar, as_of: date | None) -> Iterable[Fact]:
    cards = dated_cards(day)
    people = recipients({card.agency_id for card in cards if card.agency_id})
    for card in cards:
        assert card.due_on is not None
        last = last_day(card.due_on, card.due_exclusive)
        step = current_step(last, day, days)
        if step is None or card.agency_id is None:
            continue
        expires = stale_after(step, last, days.slot(day), days)
        for person in people[card.agency_id]:
            yield Fact(
                kind=step.kind,
                card_id=card.id,
                due_version=card.due_version,
                contact_id=person.id,
                slot_at=slot,
                expires_at=max(expires, slot + timedelta(days=1)) if as_of else expires,
                step=step.n,
                as_of=as_of,
            )


def _assignments(now: datetime) -> Iterable[Fact]:
    rows = newly_assigned(now)
    people = recipients({card.agency_id for card, _event in rows if card.agency_id})
    for card, event_id in rows:
        for person in people[card.agency_id] if card.agency_id else []:
            yield Fact(
                kind=Kind.ASSIGNED,
                card_id=card.id,
                due_version=card.due_version,
                contact_id=person.id,
                slot_at=now,
                expires_at=now + _NEWS_LASTS,
                event_id=event_id,
            )


def facts_asked_for(cards: Iterable[Card], now: datetime, kind: Kind = Kind.ASKED) -> list[Fact]:
    """The facts of "Nhắc ngay": each card to everybody of its agency, once a day."""
    wanted = [card for card in cards if card.agency_id]
    people = recipients({card.agency_id for card in wanted if card.agency_id})
    return [
        Fact(kind, card.id, card.due_version, person.id, now, now + timedelta(days=1))
        for card in wanted
        for person in people[card.agency_id]  # type: ignore[index]
    ]


def _remember(slot: datetime) -> None:
    cursor = insert(SchedCursor).values(ward_id=entered_ward(), id=new_id(), job=_SLOTS, done_until=slot)
    db.session.execute(
        cursor.on_conflict_do_update(
            index_elements=["ward_id", "job"],
            set_={"done_until": cursor.excluded.done_until},
            where=(SchedCursor.done_until < cursor.excluded.done_until)
            & (SchedCursor.ward_id == entered_ward()),
        )
    )
