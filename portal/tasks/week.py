"""The week on paper: what is late and what is due within seven days, agency by agency."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.tasks.card_face import Face
from portal.tasks.mine import WEEK
from portal.tasks.state import State
from portal.tenants.agency import Agency


@dataclass(frozen=True)
class Week:
    """`parts`: agencies with something to do, in the plan's order, each with its cards by date; None: nobody's yet."""

    begins: date
    ends: date
    parts: list[tuple[Agency | None, list[Face]]]
    late: int
    due: int


def week_of(faces: Iterable[Face], agencies: Iterable[Agency], today: date) -> Week:
    """The seven days from today. What waits for approval is not the agency's to do any more."""
    by_agency: dict[uuid.UUID | None, list[Face]] = {}
    late = due = 0
    for face in sorted(faces, key=lambda face: (face.days_left or 0, face.number)):
        if not face.counts_as or face.days_left is None or face.days_left > WEEK:
            continue
        if not face.is_open or face.state is State.REVIEW:
            continue
        by_agency.setdefault(face.agency_id, []).append(face)
        late += face.is_late
        due += not face.is_late
    known: list[Agency | None] = [*agencies, None]
    parts = [(it, by_agency[it.id if it else None]) for it in known if (it.id if it else None) in by_agency]
    return Week(today, today + timedelta(days=WEEK), parts, late, due)
