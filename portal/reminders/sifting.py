"""The last look before sending: what of an envelope is still true, for whom, and whether now is the hour.

Runs inside the ward, after the envelope was claimed and right before it is submitted. So whatever was committed
before that moment (done, another date, another agency, an opt-out) keeps a message from leaving.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from portal.reminders.action_link import ActionLink
from portal.reminders.delivery import Delivery, Urgency
from portal.reminders.ladder import REMINDABLE, current_step
from portal.reminders.notice import Kind, Notice
from portal.reminders.queries import addressee, calendar, carried, suppressed
from portal.reminders.token import address_hash
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.state import State
from portal.tasks.timeliness import last_day
from portal.wording import local_day

_ON_THE_LADDER = {Kind.DUE_SOON.value, Kind.DUE_TODAY.value, Kind.OVERDUE.value}


@dataclass(frozen=True)
class Sifted:
    """`items`: what may be sent. Nothing to send: `why` says so, or `later` when it may be sent then."""

    items: list[tuple[Notice, ActionLink]] = field(default_factory=list)
    why: str = ""
    later: datetime | None = None


def sift(delivery: Delivery, now: datetime) -> Sifted:
    """Take out of the envelope what is no longer true. Facts taken out are marked with the reason."""
    days = calendar()
    if delivery.urgency != Urgency.NOW and (later := days.opening(now)) > now:
        return Sifted(later=later)
    contact, agency_ids = addressee(delivery.contact_id)
    if contact is None or contact.left or contact.email != delivery.address:
        return Sifted(why="contact_changed")
    opted_out = bool(suppressed({address_hash(delivery.address)}))
    items = []
    for notice, card, link in carried(delivery.id):
        state, why = _verdict(notice, card, opted_out, card.agency_id in agency_ids, days, now)
        if state:
            notice.state, notice.why = state, why
        elif notice.state == "merged":
            items.append((notice, link))
    return Sifted(items, why="" if items else "nothing_left")


def _verdict(
    notice: Notice, card: Card, opted_out: bool, belongs: bool, days: WorkingCalendar, now: datetime
) -> tuple[str, str]:
    """The state and the reason of a fact that must not be told any more; empty for one that may."""
    if notice.state != "merged":
        return "", ""
    if opted_out and notice.kind != Kind.NEW_LINK:
        return "suppressed", "opted_out"
    if card.due_version != notice.due_version or card.assigned_at is None or not belongs:
        return "superseded", "changed"
    if card.standing not in REMINDABLE:
        return "superseded", "rejected" if card.standing is State.REFUSED else card.state
    if notice.expires_at <= now:
        return "expired", "too_late"
    if notice.kind in _ON_THE_LADDER and not _still_there(notice, card, days, now):
        return "superseded", "next_step"
    return "", ""


def _still_there(notice: Notice, card: Card, days: WorkingCalendar, now: datetime) -> bool:
    """Whether the card still stands on this rung: "due today" is wrong tomorrow."""
    if card.due_on is None:
        return False
    today = day_of(notice, now)
    step = current_step(last_day(card.due_on, card.due_exclusive), today, days)
    return step is not None and step.n == notice.step


def day_of(notice: Notice, now: datetime) -> date:
    """The day a fact speaks of: today, unless an operator ordered another one."""
    ordered = notice.shown.get("as_of")
    return date.fromisoformat(str(ordered)) if ordered else local_day(now)
