"""Publishing sensitive figures: on the fixed day after a period closed, once, under the tree of the period's last day.

Figures are taken as they stood when that day began, so a run that comes late, or again after a restore, tells the same.
What changes afterwards is announced as a day without a figure (WardReading.changed_since).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.db import keep, session_as
from portal.rollups.announcing_queries import (
    COUNT,
    MARK,
    SUM_UP,
    TELL,
    entries_of,
    publications,
    shelved,
    told_of_offices,
)
from portal.rollups.counting import among
from portal.rollups.publishing import publish
from portal.rollups.veiling import Entry, Veil
from portal.rollups.ward_reading import WardReading, publication_day
from portal.tenants.overseeing import tree_on
from portal.tenants.periods import Rhythm, periods_of
from portal.tenants.report_period import reporting_year
from portal.wording import LOCAL, local_day


def announce(now: datetime) -> int:
    """Publish every period whose day has come, tree by tree, each kept by itself. Returns how many there were."""
    session, done = session_as("rollup"), 0
    for period_end in _due(local_day(now)):
        offices, placed = tree_on(session, period_end)
        already = publications(session, period_end)
        for top, wards in _wards_by_top(offices, placed).items():
            if top not in already:
                done += _announced(session, top, period_end, _Tree(offices, wards), now)
                keep()
    return done


def _due(today: date) -> list[date]:
    """The last days of periods whose figures are out or to be published, the earliest first; older years rest."""
    year = reporting_year(today)
    ends = (one.end for each in (year - 1, year) for one in periods_of(Rhythm.MONTH, each))
    return [end for end in ends if publication_day(end) <= today]


class _Tree:
    """The offices, and the wards below one top with the office of each."""

    def __init__(self, above: Mapping[int, int | None], wards: Mapping[int, int]) -> None:
        self.above, self.wards = above, wards

    def wards_below(self) -> dict[int, set[int]]:
        """All wards of each office."""
        found = defaultdict[int, set[int]](set)
        for ward_id, unit_id in self.wards.items():
            at: int | None = unit_id
            while at is not None:
                found[at].add(ward_id)
                at = self.above[at]
        return found


def _wards_by_top(
    offices: Mapping[int, int | None], placed: Mapping[int, int | None]
) -> dict[int, dict[int, int]]:
    found = defaultdict[int, dict[int, int]](dict)
    for ward_id, unit_id in placed.items():
        if unit_id is not None:
            found[_top(unit_id, offices)][ward_id] = unit_id
    return found


def _top(unit_id: int, offices: Mapping[int, int | None]) -> int:
    above = offices[unit_id]
    return unit_id if above is None else _top(above, offices)


def _announced(session: Session, top: int, period_end: date, tree: _Tree, now: datetime) -> bool:
    """Publish one period below one top; False when somebody else just did."""
    mark = {"unit_id": top, "period_end": period_end, "published_at": now}
    if session.connection().execute(MARK, mark).rowcount == 0:
        return False
    day = publication_day(period_end)
    begun = datetime.combine(day, time(), LOCAL)
    entries = entries_of(session, tree.wards, period_end, begun)
    _shelve_missing(session, entries, period_end, now)
    _stamp(session, list(tree.wards), period_end, day)
    year = reporting_year(period_end)
    closes = period_end == periods_of(Rhythm.YEAR, year)[0].end
    unsettled = _unsettled(session, tree, year) if closes else frozenset[int]()
    for some in _by_target(entries):
        target_id = some[0].unit_target_id
        stood = told_of_offices(session, target_id, year, period_end) if target_id else {}
        _write(session, Veil(some, tree.above, stood, closes, unsettled), period_end, day)
    return True


def _unsettled(session: Session, tree: _Tree, year: int) -> frozenset[int]:
    """Offices that had other wards when an earlier period of the year closed."""
    now = tree.wards_below()
    found = set[int]()
    for period in periods_of(Rhythm.MONTH, year):
        above, placed = tree_on(session, period.end)
        then = _Tree(above, {ward: unit for ward, unit in placed.items() if unit}).wards_below()
        found |= {unit_id for unit_id in now if then.get(unit_id) != now[unit_id]}
    return frozenset(found)


def _by_target(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Those of one target of a unit together; an indicator that answers none stands alone."""
    found = defaultdict[object, list[Entry]](list)
    for entry in entries:
        found[entry.unit_target_id or entry.row].append(entry)
    yield from found.values()


def _shelve_missing(session: Session, entries: list[Entry], period_end: date, now: datetime) -> None:
    """Wards whose board waits to be counted are counted first: a period is published once."""
    there = shelved(session, sorted({entry.ward_id for entry in entries}), period_end)
    missing = {one.ward_id for one in entries if one.is_reported and one.row not in there}
    if missing:
        publish(sorted(missing), now)


def _stamp(session: Session, ward_ids: list[int], period_end: date, day: date) -> None:
    """The day is over for every sensitive row of the period, also for those that nobody reported."""
    row = WardReading
    waiting = (row.period_end == period_end, row.sensitive, row.published_on.is_(None))
    stamped = update(row).where(among(row.ward_id), *waiting)
    session.connection().execute(
        stamped.values(published_on=day, numerator=None, denominator=None), {"ward_ids": ward_ids}
    )


def _write(session: Session, veil: Veil, period_end: date, day: date) -> None:
    connection, told = session.connection(), list(veil.of_wards())
    shown = [
        {"ward": one.ward_id, "reporter": one.reporter_id, "end": period_end, **values._asdict()}
        for one, values in told
        if any(value is not None for value in values)
    ]
    if shown:
        connection.execute(TELL, shown)
    if told:
        connection.execute(COUNT, [_counted(one, values.numerator, period_end) for one, values in told])
    sums = [
        {"unit_id": unit_id, **values._asdict(), "wards": wards}
        | {"unit_target_id": veil.entries[0].unit_target_id, "period_end": period_end}
        | {"year": reporting_year(period_end), "published_on": day}
        for unit_id, values, wards in veil.of_offices()
    ]
    if sums:
        connection.execute(SUM_UP, sums)


def _counted(entry: Entry, told: int | None, period_end: date) -> dict[str, object]:
    return {
        "ward_id": entry.ward_id,
        "reporter_id": entry.reporter_id,
        "period_end": period_end,
        "counted": entry.counted + entry.fresh,
        "is_open": told is not None,
    }
