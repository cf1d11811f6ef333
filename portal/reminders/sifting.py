"""The last look before sending: what of an envelope is still true, for whom, and whether now is the hour.

Runs inside the ward, after the envelope was claimed and right before it is submitted. So whatever was committed
before that moment (done, another date, another agency, an opt-out) keeps a message from leaving.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.reminders.action_link import ActionLink
from portal.reminders.channel import address_on
from portal.reminders.confirming import unanswering
from portal.reminders.delivery import CONFIRMS, Delivery, Urgency
from portal.reminders.giving_up import EVERYTHING
from portal.reminders.ladder import Ladder, current_step
from portal.reminders.notice import LADDER_KINDS, NUMBER_KINDS, STEERING_KINDS, Kind, Notice, category_of
from portal.reminders.queries import carried
from portal.reminders.recipient_queries import Addressee, addressees, suppressed
from portal.reminders.texts.obstacles import text_obstacle
from portal.reminders.token import address_hash
from portal.reminders.truth import still_true
from portal.reminders.ward_rules import WardRules
from portal.reminders.working_calendar import WorkingCalendar
from portal.tasks.card import Card
from portal.tasks.state import WORKABLE, State
from portal.tasks.timeliness import last_day
from portal.wording import local_day

#: What an envelope carries: facts with their cards and links as they are now.
Facts = Sequence[tuple[Notice, Card | None, ActionLink | None]]


@dataclass(frozen=True)
class Sifted:
    """`items`: what may be sent. Nothing to send: `why` says so, or `later` when it may be sent then.

    `park`: nobody knows whether it was sent already, so a person has to look.
    """

    items: list[tuple[Notice, ActionLink | None]] = field(default_factory=list)
    why: str = ""
    later: datetime | None = None
    park: bool = False


def sift(deliveries: Sequence[Delivery], rules: WardRules, now: datetime) -> dict[uuid.UUID, Sifted]:
    """Take out of the envelopes what is no longer true. Facts taken out are marked with the reason."""
    strangers = {contact.id for contact in unanswering({one.contact_id for one in deliveries})}
    facts = carried([one.id for one in deliveries])
    told = {notice.contact_id for carried_facts in facts.values() for notice, _card, _link in carried_facts}
    people = addressees(told | {one.contact_id for one in deliveries})
    stopped = {
        channel: suppressed({address_hash(one.address) for one in deliveries}, channel)
        for channel in {one.channel for one in deliveries}
    }
    sifted = {}
    for one in deliveries:
        unwanted = stopped[one.channel].get(address_hash(one.address), set())
        look = _Look(one, people, unwanted, rules.days, rules.ladder, now)
        unheard = Sifted(why="unconfirmed") if one.contact_id in strangers else None
        inside = facts.get(one.id, [])
        sifted[one.id] = _obstacle(one, inside, look, rules) or unheard or _still_told(inside, look)
    return sifted


def _obstacle(delivery: Delivery, facts: Facts, look: "_Look", rules: WardRules) -> Sifted | None:
    """What keeps the whole envelope from leaving now, or at all."""
    now = look.now
    later = rules.opening(delivery.contact_id, delivery.channel, now)
    if delivery.urgency != Urgency.NOW and later > now:
        return Sifted(later=later)
    if not any(look.reaches(notice) for notice, _card, _link in facts):
        return Sifted(why="contact_changed")
    if delivery.channel == "email" and EVERYTHING in look.stopped:
        return Sifted(why="address_gone")
    if delivery.channel != "email":
        confirms = delivery.merge_key.startswith(CONFIRMS)
        why, wait = text_obstacle(
            delivery, look.people[delivery.contact_id].steers, rules.days, now, confirms=confirms
        )
        if why or wait:
            return Sifted(why=why, later=wait)
    return None


def _still_told(facts: Facts, look: "_Look") -> Sifted:
    items, said = [], set()
    for notice, card, link in facts:
        state, why = look.verdict(notice, card)
        if state:
            notice.state, notice.why = state, why
        elif notice.state == "merged":
            if card is not None and card.confidential:  # marked after the message was planned
                notice.shown = {**notice.shown, "title": "", "locator": ""}
            if (notice.kind, notice.card_id) not in said:  # of several who share the address, one is told
                items.append((notice, link))
            said.add((notice.kind, notice.card_id))
    return Sifted(items, why="" if items else "nothing_left")


@dataclass(frozen=True)
class _Look:
    """What the last look knows: who is written to, and the present moment."""

    delivery: Delivery
    people: dict[uuid.UUID, Addressee]
    stopped: set[str]
    days: WorkingCalendar
    ladder: Ladder
    now: datetime

    def verdict(self, notice: Notice, card: Card | None) -> tuple[str, str]:
        """The state and the reason of a fact that must not be told any more; empty for one that may."""
        if notice.state != "merged":
            return "", ""
        if category_of(Kind(notice.kind)) in self.stopped:
            return "suppressed", "opted_out"
        if not self.reaches(notice):
            return "superseded", "contact_changed"
        if not self._concerns(notice, card):
            return "superseded", "changed"
        if card is not None and not still_true(Kind(notice.kind), card):
            return "superseded", _now_it_is(card)
        if notice.expires_at <= self.now:
            return "expired", "too_late"
        if card is not None and notice.kind in LADDER_KINDS and not self._still_there(notice, card):
            return "superseded", "next_step"
        return "", ""

    def reaches(self, notice: Notice) -> bool:
        """Whether the envelope goes where this fact's person is reached now."""
        contact = self.people[notice.contact_id].contact
        where = address_on(contact, self.delivery.channel) if contact and not contact.left else None
        return where == self.delivery.address

    def _concerns(self, notice: Notice, card: Card | None) -> bool:
        """Whether it is still this person's: the same date and agency as when it was planned, the same hat."""
        if notice.kind in NUMBER_KINDS:
            return True
        to = self.people[notice.contact_id]
        if card is None or notice.kind in STEERING_KINDS:
            return to.steers and (card is None or card.due_version == notice.due_version)
        if card.due_version != notice.due_version or card.assigned_at is None:
            return False
        return card.agency_id in to.agency_ids or notice.kind == Kind.MENTIONED

    def _still_there(self, notice: Notice, card: Card) -> bool:
        """Whether the card still stands on this rung: "due today" is wrong tomorrow."""
        if card.due_on is None:
            return False
        last, today = last_day(card.due_on, card.due_exclusive), day_of(notice, self.now)
        step = current_step(last, today, self.days, self.ladder)
        return step is not None and step.n == notice.step


def _now_it_is(card: Card) -> str:
    """The reason as a word of the outbox page."""
    if card.standing is State.REFUSED:
        return "rejected"
    return card.state if card.standing not in WORKABLE else "answered"


def day_of(notice: Notice, now: datetime) -> date:
    """The day a fact speaks of: today, unless an operator ordered another one."""
    ordered = notice.shown.get("as_of")
    return date.fromisoformat(str(ordered)) if ordered else local_day(now)
