"""Counting a report's figures from the board and the readings, for the entered ward, on one day."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from portal.guarding.checking import what_is_told
from portal.guarding.reading import mask
from portal.plans.course import Entry
from portal.plans.indicator_page import Standing, standings
from portal.plans.queries import every_agency
from portal.reports.figures import CountedCard, Figure, Hindrance, Measured, ReportFigures
from portal.tasks.card import Card
from portal.tasks.plan_title import plan_title
from portal.tasks.queries import blocked_cards, counted_cards
from portal.tasks.timeliness import bucket, last_day
from portal.tenants.agency import Agency
from portal.tenants.report_period import ReportPeriod

_Agencies = Mapping[uuid.UUID, Agency]


def count(period: ReportPeriod, today: date) -> ReportFigures:
    """The board as it stands today, and the latest readings of periods that closed within the report's."""
    known = every_agency()
    return ReportFigures(
        as_of=today.isoformat(),
        cards=tuple(_counted(counted_cards(), known, today)),
        measures=tuple(
            _measured(line, period)
            for plan in standings(known, today)
            for line in plan.lines
            if line.reporter
        ),
        hindrances=tuple(_hindrance(card, known) for card in blocked_cards() if not card.shared_total),
    )


def _counted(cards: Sequence[Card], agencies: _Agencies, today: date) -> list[CountedCard]:
    """In the order of the agencies, then by number; cards that nobody has come last."""
    places = {agency.id: (agency.position, agency.name) for agency in agencies.values()}
    return [
        CountedCard(
            card.number,
            plan_title(card),
            str(card.agency_id or ""),
            _name(card, agencies),
            fourth.value,
            last_day(card.due_on, card.due_exclusive).isoformat() if card.due_on else "",
        )
        for card in sorted(
            cards, key=lambda it: (it.agency_id is None, places.get(it.agency_id or it.id), it.number)
        )
        if (fourth := bucket(card.standing, card.due_on, card.due_exclusive, card.submitted_on, today))
    ]


def _name(card: Card, agencies: _Agencies) -> str:
    agency = agencies.get(card.agency_id) if card.agency_id else None
    return agency.name if agency else "Chưa giao cơ quan"


def _hindrance(card: Card, agencies: _Agencies) -> Hindrance:
    return Hindrance(
        card.number, _name(card, agencies), "" if card.confidential else guarded(card.blocked_why)
    )


def guarded(text: str) -> str:
    """The text with whatever would tell who a child is masked: what is in a report leaves the ward."""
    told = what_is_told([("words", text)])
    return mask(told[0].read) if told else text


def _measured(line: Standing, period: ReportPeriod) -> Measured:
    closed = [one for one in line.course.entries if one.reading and one.period.end <= period.end]
    entry = closed[-1] if closed else None
    before = closed[-2] if len(closed) > 1 else None
    return Measured(
        indicator_id=str(line.indicator.id),
        text=line.indicator.text,
        target=line.measure.said_target,
        sensitive=bool(line.reporter and line.reporter.sensitive),
        met=entry.is_met if entry and entry.value is not None else None,
        now=_figure(entry),
        before=_figure(before),
    )


def _figure(entry: Entry | None) -> Figure | None:
    if entry is None or entry.reading is None:
        return None
    said = entry.measure.said(entry.value) if entry.value is not None else ""
    reading = entry.reading
    return Figure(entry.period.end.isoformat(), reading.numerator, reading.denominator, said)
