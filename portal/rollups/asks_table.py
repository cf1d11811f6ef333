"""What a unit asked, as its page shows it: single asks with their state, report requests with who has sent."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from portal.errors import or_404
from portal.rollups.asking import asks_of
from portal.rollups.opening import open_wards
from portal.rollups.unit_ask import EXPLAIN, REPORT, UnitAsk
from portal.tenants.overseeing import wards_under
from portal.tenants.report_period import ReportPeriod, report_period
from portal.tenants.ward import Ward
from portal.wording import local_day

#: Single asks on the page, the latest ones.
SHOWN = 100

#: Of the room above, only who sent which period's report, and when.
_REPORTS = table("sent_report", *map(column, ("ward_id", "unit_id", "period_code", "sent_at")), schema="app")


@dataclass(frozen=True)
class ReportRequest:
    """A report that every ward was asked for at one press. `sent`: when each ward sent it, if it did."""

    rows: Sequence[UnitAsk]
    wards: Mapping[int, Ward]
    sent: Mapping[int, datetime]

    @property
    def press_id(self) -> uuid.UUID:
        """Its key."""
        return self.rows[0].press_id

    @property
    def period(self) -> ReportPeriod:
        """Of which period."""
        return report_period(self.rows[0].period_code)

    @property
    def due_on(self) -> date:
        """By when."""
        return self.rows[0].due_on

    @property
    def asked_at(self) -> datetime:
        """When it was asked for."""
        return self.rows[0].asked_at

    @cached_property
    def silent(self) -> list[Ward]:
        """The wards that have not sent it, by name."""
        waiting = [self.wards[row.ward_id] for row in self.rows if row.ward_id not in self.sent]
        return sorted(waiting, key=lambda ward: ward.name)

    @property
    def sent_count(self) -> int:
        """How many wards have sent it."""
        return len(self.rows) - len(self.silent)


@dataclass(frozen=True)
class AsksTable:
    """`singles`: each with its ward, the latest first."""

    singles: list[tuple[UnitAsk, Ward]]
    requests: list[ReportRequest]

    @property
    def explanations(self) -> dict[str, int]:
        """Of the explanations asked for: how many, how many answered, how many of these by the day set."""
        asked = [row for row, _ward in self.singles if row.kind == EXPLAIN]
        answered = [row for row in asked if row.answered_at]
        in_time = [row for row in answered if row.answered_at and local_day(row.answered_at) <= row.due_on]
        return {"asked": len(asked), "answered": len(answered), "in_time": len(in_time)} if asked else {}

    @property
    def latest(self) -> ReportRequest | None:
        """The report that was asked for last."""
        return max(self.requests, key=lambda one: one.asked_at, default=None)


def asks_table(city: Session, unit_id: int, today: date) -> AsksTable:
    """What the unit asked of the wards it oversees now."""
    opened = open_wards(city, wards_under(city, unit_id, today))
    wards = {ward.id: ward for ward in opened.wards}
    rows = [row for row in asks_of(city, unit_id) if row.ward_id in wards]
    sent = _sent(city, unit_id)
    pressed: dict[uuid.UUID, list[UnitAsk]] = {}
    for row in rows:
        if row.kind == REPORT:
            pressed.setdefault(row.press_id, []).append(row)
    singles = [(row, wards[row.ward_id]) for row in rows if row.kind != REPORT]
    requests = [
        ReportRequest(of_press, wards, sent.get(of_press[0].period_code, {})) for of_press in pressed.values()
    ]
    return AsksTable(singles[:SHOWN], requests)


def request_or_404(found: AsksTable, press_id: uuid.UUID) -> ReportRequest:
    """One report request of the table. Raises NotFound."""
    return or_404(next((one for one in found.requests if one.press_id == press_id), None))


def _sent(city: Session, unit_id: int) -> dict[str, dict[int, datetime]]:
    """By period and ward: when the ward first sent that report to the unit."""
    asked = (
        select(_REPORTS.c.period_code, _REPORTS.c.ward_id, func.min(_REPORTS.c.sent_at))
        .where(_REPORTS.c.unit_id == unit_id)
        .group_by(_REPORTS.c.period_code, _REPORTS.c.ward_id)
    )
    found: dict[str, dict[int, datetime]] = {}
    for period_code, ward_id, sent_at in city.connection().execute(asked):
        found.setdefault(period_code, {})[ward_id] = sent_at
    return found
