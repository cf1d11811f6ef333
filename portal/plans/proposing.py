"""What was read becomes rows: the header, the paragraphs, a proposed card for every duty, the targets."""

from collections import defaultdict

from portal.db import db
from portal.plans.activity import Activity
from portal.plans.agency_book import AgencyBook
from portal.plans.plan import Plan
from portal.plans.plan_paragraph import PlanParagraph
from portal.plans.proposed_card import ProposedCard
from portal.plans.reading import ActivityReading, Duty, Metadata, PlanReading, Recurrence, suggest_due
from portal.plans.reading.duty import Indicator as IndicatorReading
from portal.plans.reading.duty import TargetReading
from portal.plans.reading.export import to_json
from portal.plans.target import Indicator, Target
from portal.plans.unit_starting import become_a_draft

#: Below this the reader is not sure of a field, and a person should look (0 to 1). A wrong agency costs most.
SURE = {"text": 0.7, "agency": 0.8, "due": 0.75}


def propose(plan: Plan, reading: PlanReading) -> None:
    """Add the rows of a reading to its plan; nothing of it reaches anybody before the plan is confirmed."""
    plan.keep_head(reading.metadata)
    plan.details = to_json(reading)["metadata"]
    become_a_draft(plan)
    _paragraphs(plan, reading)
    book = AgencyBook()
    for position, duty in enumerate(reading.duties):
        db.session.add(_proposed(plan, position, duty, reading.metadata, book))
    _targets(plan, reading.targets)
    _activities(plan, reading.activities)


def _paragraphs(plan: Plan, reading: PlanReading) -> None:
    skipped: dict[int, list[dict[str, str]]] = defaultdict(list)
    for stretch in reading.skipped:
        skipped[stretch.paragraph].append({"text": stretch.text, "reason": stretch.reason})
    db.session.add_all(
        PlanParagraph(
            plan_id=plan.id,
            position=paragraph.index,
            text=paragraph.text,
            kind=paragraph.kind,
            section=paragraph.section or "",
            level=paragraph.level,
            source=paragraph.source,
            repaired=paragraph.repaired,
            skipped=skipped[paragraph.index],
        )
        for paragraph in reading.paragraphs
    )


def _proposed(plan: Plan, position: int, duty: Duty, head: Metadata, book: AgencyBook) -> ProposedCard:
    lead, *joint = [agency.name for agency in duty.agencies] or [""]
    agency = book.known(lead) if lead else None
    suggestion = suggest_due(duty, head)
    return ProposedCard(
        plan_id=plan.id,
        position=position,
        spans=[list(span) for span in duty.spans],
        title=duty.title,
        text=duty.text,
        agency_id=agency.id if agency else None,
        agency_name=agency.name if agency else lead,
        joint=joint,
        supporting=[helper.name for helper in duty.supporting],
        mode=duty.mode,
        section=duty.section,
        locator=duty.locator,
        sha256=duty.sha256,
        due_on=duty.due.date,
        due_exclusive=duty.due.exclusive,
        due_words=_due_words(duty),
        suggested_on=suggestion.date if suggestion else None,
        suggested_why=suggestion.reason if suggestion else "",
        recurrence=_recurrence(duty.recurrence),
        confidence=duty.confidence,
        unsure=sorted(name for name, sure in duty.confidence.items() if sure < SURE.get(name, 0)),
    )


def _due_words(duty: Duty) -> str:
    """The plan's own words for when; not those that only say how often."""
    words = duty.due.raw or duty.due.relative or duty.due.event or ""
    return "" if duty.due.date is None and duty.recurrence and duty.recurrence.raw == words else words


def _recurrence(found: Recurrence | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {**vars(found), "occurrences": [day.isoformat() for day in found.occurrences]}


def _activities(plan: Plan, found: list[ActivityReading]) -> None:
    items = [
        (one, text, paragraph)
        for one in found
        for text, paragraph in zip(one.items, one.paragraphs, strict=True)
    ]
    db.session.add_all(
        Activity(
            plan_id=plan.id,
            position=position,
            paragraph=paragraph,
            section=one.section,
            heading=one.heading,
            text=text,
        )
        for position, (one, text, paragraph) in enumerate(items)
    )


def _targets(plan: Plan, found: list[TargetReading]) -> None:
    targets = [
        Target(
            plan_id=plan.id,
            position=position,
            paragraph=one.paragraph,
            section=one.section,
            text=one.text,
            hidden=one.hidden,
        )
        for position, one in enumerate(found)
    ]
    db.session.add_all(targets)
    # Rows know each other by key only, so the session does not know that indicators come after.
    db.session.flush()
    for target, one in zip(targets, found, strict=True):
        db.session.add_all(
            _indicator(target, position, measure) for position, measure in enumerate(one.indicators)
        )


def _indicator(target: Target, position: int, found: IndicatorReading) -> Indicator:
    return Indicator(
        target_id=target.id,
        position=position,
        text=found.text,
        comparator=found.comparator,
        value=found.value,
        unit=found.unit,
        denominator=found.denominator,
        qualitative=found.qualitative,
    )
