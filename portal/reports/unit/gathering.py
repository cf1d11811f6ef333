"""Gathering a unit's report from what its wards published: counts as frozen at the close, or as they stand now."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.reports.queries import senders
from portal.reports.scorecard.queries import received
from portal.reports.unit.owing import missing_figures, missing_reports
from portal.reports.unit.target_rows import target_rows
from portal.reports.unit.targeting import late_changes, target_figures
from portal.reports.unit.unit_figures import Corrected, Scored, UnitFigures, WardCounts
from portal.rollups.figures import Figures
from portal.rollups.offering import periods_closed
from portal.rollups.queries import (
    corrections,
    figures_by_kind,
    moments_of,
    readings,
    unit_readings,
)
from portal.rollups.unit_reading import UnitReading
from portal.rollups.wording import correction_note
from portal.tenants.overseeing import enter_wards, wards_under
from portal.tenants.oversight_unit import OversightUnit
from portal.tenants.report_period import ReportPeriod
from portal.tenants.succession import counted_with
from portal.tenants.ward import Ward
from portal.wording import local_day


@dataclass(frozen=True)
class Wards:
    """The wards of a report by id, and each one's heap: itself and the wards merged into it (tenants/succession.py)."""

    by_id: Mapping[int, Ward]
    heaps: Mapping[int, list[int]]

    @property
    def ids(self) -> list[int]:
        """Every ward whose rows are read."""
        return sorted({one for heap in self.heaps.values() for one in heap})

    @property
    def home(self) -> dict[int, int]:
        """The ward of the report that a row's ward counts in."""
        return {one: ward_id for ward_id, heap in self.heaps.items() for one in heap}

    @property
    def names(self) -> dict[int, str]:
        """What the wards are called."""
        return {ward_id: ward.full_name for ward_id, ward in self.by_id.items()}


def gather(city: Session, unit: OversightUnit, period: ReportPeriod, today: date) -> UnitFigures:
    """The report of a period that has begun; the same statements however many wards there are."""
    closed = period.has_closed(today)
    wards = enter(city, unit.id, period.end if closed else today)
    frozen = closed and period.end in periods_closed(city, wards.ids)
    targets = target_rows(city, readings(city, wards.ids, period.year), period.end, today)
    told: dict[tuple[uuid.UUID | None, date], UnitReading] = {
        (one.unit_target_id, one.period_end): one for one in unit_readings(city, [unit.id], period.year)
    }
    home, names = wards.home, wards.names
    parent = city.get(OversightUnit, unit.parent_id) if unit.parent_id else None
    return UnitFigures(
        unit=unit.name,
        parent=parent.name if parent else "",
        period=period,
        today=today,
        frozen=frozen,
        wards=_counts(city, wards, period.end if frozen else None),
        targets=tuple(target_figures(one, home, told.get(one.key)) for one in targets),
        missing=(
            *missing_reports(names, senders(city, unit.id, period.code), period, today),
            *(owed for one in targets for owed in missing_figures(one, home, names)),
        ),
        corrected=(
            *(_corrected_counts(city, wards, period.end) if frozen else ()),
            *(change for one in targets for change in late_changes(one, home, names)),
        ),
        scored=_scored(city, unit.id, names, period.year) if period.window == "year" else (),
    )


def enter(city: Session, unit_id: int, day: date) -> Wards:
    """The wards the unit oversaw on that day, opened for the rest of the transaction.

    A ward that stood by itself on that day is no part of another's heap, whatever it was merged into later.
    """
    found = {ward.id: ward for ward in wards_under(city, unit_id, day)}
    heaps = {
        ward_id: [one for one in heap if one == ward_id or one not in found]
        for ward_id, heap in counted_with(city, list(found)).items()
    }
    wards = Wards(found, heaps)
    enter_wards(city, wards.ids)
    return wards


def _counts(city: Session, wards: Wards, period_end: date | None) -> tuple[WardCounts, ...]:
    rows = figures_by_kind(city, wards.ids, period_end=period_end)
    moments = moments_of(city, wards.ids)
    return tuple(
        WardCounts(ward_id, wards.names[ward_id], _added(rows, heap), moments.get(ward_id))
        for ward_id, heap in wards.heaps.items()
    )


def _added(rows: Mapping[int, Mapping[str, Figures]], heap: list[int]) -> dict[str, Figures]:
    together: dict[str, Figures] = {}
    for ward_id in heap:
        for kind, own in rows.get(ward_id, {}).items():
            together[kind] = Figures.together([together.get(kind, Figures()), own])
    return together


def _scored(city: Session, unit_id: int, names: Mapping[int, str], year: int) -> tuple[Scored, ...]:
    sent = {one.ward_id: one for one in received(city, unit_id, year)}
    if not sent:
        return ()
    return tuple(
        Scored(name, one.total, one.threshold, one.result, one.lacking, local_day(one.sent_at))
        if (one := sent.get(ward_id))
        else Scored(name)
        for ward_id, name in sorted(names.items(), key=lambda item: item[1])
    )


def _corrected_counts(city: Session, wards: Wards, period_end: date) -> list[Corrected]:
    names, home = wards.names, wards.home
    return [
        Corrected(names[home[one.ward_id]], one.agency_kind, "", correction_note(one), local_day(one.as_of))
        for one in corrections(city, wards.ids, period_end)
    ]
