"""A year of the board, agency by agency: when each card was given, until when it runs, and how it stands."""

import calendar
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.tasks.card_face import Face
from portal.tasks.month import last_day_of
from portal.tenants.agency import Agency

#: A month is this wide on the timeline, whatever its length, so that the lines between months stand evenly.
MONTH = 100
WIDTH = 12 * MONTH

#: A card given and due on the same day is still to be seen.
_NARROWEST = 12


@dataclass(frozen=True)
class Span:
    """A card's bar: from `x`, `width` wide, of WIDTH. `last`: its last day, None when it has no date."""

    face: Face
    last: date | None
    x: int
    width: int


@dataclass
class Lane:
    """One agency's year. `agency` is None for cards nobody was given."""

    agency: Agency | None
    spans: list[Span] = field(default_factory=list)


@dataclass
class Year:
    """`today_x`: where today stands, None in another year. `undated`: cards that are on no day."""

    year: int
    lanes: list[Lane]
    today_x: int | None
    undated: int


def year_of(faces: Iterable[Face], agencies: Iterable[Agency], year: int, today: date) -> Year:
    """The cards whose time touches the year, by agency, the earliest date first; those without a date last."""
    lanes: dict[uuid.UUID | None, Lane] = {agency.id: Lane(agency) for agency in agencies}
    lanes[None] = Lane(None)
    undated = 0
    for face in faces:
        last = last_day_of(face, today)
        undated += face.undated
        span = _span(face, last, year) if face.counts_as and last else None
        if span is not None:
            lanes[face.agency_id if face.agency_id in lanes else None].spans.append(span)
    for lane in lanes.values():
        lane.spans.sort(key=lambda span: (span.last or date.max, span.face.number))
    kept = [lane for lane in lanes.values() if lane.spans]
    return Year(year, kept, place_of(today) if today.year == year else None, undated)


def _span(face: Face, last: date, year: int) -> Span | None:
    """None for a card of another year altogether."""
    given = face.given_on if face.given_on and face.given_on <= last else last
    if last.year < year or given.year > year or (last.year > year and face.given_on is None):
        return None
    begins = 0 if given.year < year else place_of(given)
    ends = WIDTH if last.year > year else place_of(last)
    width = max(ends - begins, _NARROWEST)
    return Span(face, last, min(begins, WIDTH - width), width)


def place_of(day: date) -> int:
    """Where the evening of a day stands on its year's line, of WIDTH."""
    length = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1) * MONTH + round(MONTH * day.day / length)
