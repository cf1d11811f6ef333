"""A new year begins from the last: its duties, agencies and dates a year later, as a plan somebody reviews first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal import files
from portal.db import db
from portal.errors import Refused
from portal.plans.earlier import corrections
from portal.plans.original import add_unless_known
from portal.plans.plan import Plan, PlanState
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard
from portal.plans.queries import cards_of_plans, paragraphs, proposed_cards
from portal.plans.receiving import ALIVE
from portal.tasks.card import Card
from portal.tasks.state import State
from portal.tenants.agency import Agency
from portal.tenants.boundary import entered_ward
from portal.tenants.queries import agencies


@dataclass(frozen=True)
class Carried:
    """A duty of the year before, the card it became, and the agency that leads it and still works."""

    said: ProposedCard
    card: Card
    agency: Agency | None


def to_carry_over(plans: Sequence[Plan]) -> list[Plan]:
    """The plans a new year may begin from: the confirmed ones of the latest year, not those corrected since."""
    confirmed = [plan for plan in plans if plan.standing is PlanState.CONFIRMED and year_of(plan)]
    corrected = corrections(plans)
    latest = max((year_of(plan) for plan in confirmed), default=0)
    return [plan for plan in confirmed if plan.id not in corrected and year_of(plan) == latest]


def year_of(plan: Plan) -> int:
    """The year a plan is for; that of its confirmation where it does not say."""
    return plan.year or (plan.confirmed_at.year if plan.confirmed_at else 0)


def carry_over(last: Plan, by: str, now: datetime) -> Plan:
    """Make a plan for the year after `last`, to be reviewed; the same one again when that was asked before.

    Nothing of it reaches anybody before a person confirms it. Raises Refused (409) when `last` was never confirmed,
    or none of its cards is left.
    """
    carried = _carried(last)
    if last.standing is not PlanState.CONFIRMED or not carried:
        raise Refused(_("Kế hoạch này không còn việc nào để chép. Tải kế hoạch mới lên."), status=409)
    year = year_of(last) + 1
    kept = _kept_paragraphs(last, carried)
    heading = _heading(last, year)
    plan = _plan(last, year, "\n\n".join([heading, *(one.text for one in kept)]), by, now)
    known = add_unless_known(db.session(), plan, ALIVE)
    if known is not None:
        files.delete(entered_ward(), plan.stored_as)
        return known
    places = {one.position: at for at, one in enumerate(kept, start=1)}
    db.session.add(PlanParagraph(plan_id=plan.id, position=0, text=heading, kind="title"))
    db.session.add_all(_copied(plan, one, places[one.position]) for one in kept)
    db.session.add_all(_proposed(plan, at, one, year, places) for at, one in enumerate(carried))
    db.session.flush()
    return plan


def a_year_later(day: date | None) -> date | None:
    """The same day of the next year; the last of February for a leap day."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _carried(last: Plan) -> list[Carried]:
    cards = {card.number: card for card in cards_of_plans([last.id], parts=True)}
    said = [one for one in proposed_cards(last.id) if one.card_number in cards]
    working = {agency.id: agency for agency in agencies()}
    pairs = [(one, cards[one.card_number]) for one in said if one.card_number is not None]
    return [
        Carried(one, card, working.get(card.agency_id) if card.agency_id else None)
        for one, card in pairs
        if card.standing is not State.CANCELLED
    ]


def _kept_paragraphs(last: Plan, carried: list[Carried]) -> list[PlanParagraph]:
    """The paragraphs the duties stand in, and the headings above them."""
    used = {span[0] for one in carried for span in one.said.spans}
    known = paragraphs(last.id)
    roots = {one.root for one in known if one.position in used}
    return [one for one in known if one.position in used or (one.kind == "heading" and one.root in roots)]


def _heading(last: Plan, year: int) -> str:
    number = last.full_number or _("chưa ghi số")
    return _(
        "Việc của năm %(year)s, chép từ “%(title)s” (%(number)s)", year=year, title=last.title, number=number
    )


def _plan(last: Plan, year: int, text: str, by: str, now: datetime) -> Plan:
    stored = files.store(entered_ward(), text.encode(), kept_with=db.session())
    return Plan(
        state=PlanState.REVIEW.value,
        source="last_year",
        filename=f"chep-tu-nam-{year - 1}.txt",
        stored_as=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        title=_of_year(last.title, year),
        doc_type=last.doc_type,
        year=year,
        symbol=last.symbol,
        added_by=by,
        added_at=now,
    )


def _copied(plan: Plan, one: PlanParagraph, position: int) -> PlanParagraph:
    return PlanParagraph(
        plan_id=plan.id,
        position=position,
        text=one.text,
        kind=one.kind,
        section=one.section,
        level=one.level,
        skipped=one.skipped,
    )


def _proposed(plan: Plan, at: int, one: Carried, year: int, places: dict[int, int]) -> ProposedCard:
    """A card as it ended the year: who led it and what it was called; the date the plan gave it, a year later."""
    said, card = one.said, one.card
    due = card.original_due_on
    return ProposedCard(
        plan_id=plan.id,
        position=at,
        spans=[[places[paragraph], start, end] for paragraph, start, end in said.spans],
        title=_of_year(said.title if card.confidential else card.title, year),
        text=said.text,
        agency_id=one.agency.id if one.agency else None,
        agency_name=one.agency.name if one.agency else "",
        joint=said.joint,
        supporting=said.supporting,
        mode=card.mode,
        section=said.section,
        locator=said.locator,
        sha256=said.sha256,
        due_on=a_year_later(due),
        due_exclusive=said.due_exclusive and due == said.due_on,
        recurrence=_of_next_year(said.recurrence),
        shared_as=said.shared_as,
        unsure=["due"] if due and not re.search(r"\d", said.due_words) else [],
    )


def _of_year(title: str, year: int) -> str:
    """A title that names the year before, with this one."""
    return re.sub(rf"\b{year - 1}\b", str(year), title)


def _of_next_year(recurrence: dict[str, object] | None) -> dict[str, object] | None:
    if recurrence is None:
        return None
    days = recurrence.get("occurrences")
    later = [a_year_later(date.fromisoformat(str(day))) for day in days] if isinstance(days, list) else []
    return {**recurrence, "occurrences": [day.isoformat() for day in later if day]}
