"""How an agency answers: how soon it takes what it is given, how much it submits in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from portal.tasks.state import State
from portal.tasks.timeliness import Timeliness, timeliness
from portal.wording import local_day


@dataclass(frozen=True)
class Response:
    """`given`, `accepted`, `submitted`, `in_time`, `extended`: cards. `days`: the median from given to taken."""

    given: int
    accepted: int
    days: float | None
    submitted: int
    in_time: int
    extended: int


def response_of(rows: Iterable[Any]) -> Response:
    """Count the rows of view_queries.moments_of_agency; cancelled cards count nowhere."""
    counted = [row for row in rows if row.state != State.CANCELLED.value]
    taken = [row.accepted_at - row.assigned_at for row in counted if row.accepted_at]
    submitted = [row for row in counted if row.submitted_at]
    return Response(
        given=len(counted),
        accepted=len(taken),
        days=round(max(median(it.total_seconds() for it in taken), 0.0) / 86_400, 1) if taken else None,
        submitted=len(submitted),
        in_time=sum(not _is_late(row) for row in submitted),
        extended=sum(row.extensions > 0 for row in counted),
    )


def _is_late(row: Any) -> bool:
    day = local_day(row.submitted_at)
    return timeliness(State.DONE, row.due_on, row.due_exclusive, day, day) is Timeliness.OVERDUE
