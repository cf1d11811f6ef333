"""What a card shows on the board: at most agency, place in the plan, title, date, counts, and the one next act."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.tasks.answering import is_silent
from portal.tasks.card import Card
from portal.tasks.rights import leads, may_move, may_read
from portal.tasks.state import CLOSED, WORKABLE, State, column_of
from portal.tasks.timeliness import Bucket, Timeliness, days_left, timeliness
from portal.tenants.access import Actor, Permission
from portal.tenants.agency import Agency
from portal.wording import local_day


@dataclass(eq=False)
class Face:
    """Everything a card's partial prints; nobody changes it. `acts` names the buttons offered: accept, start, submit,
    approve, remind. `drawn` is its HTML, by address and language, once somebody asked for it (drawing.py).
    `stamp` is what another change of the card would make different. `hidden`: the card is confidential and not this
    actor's to read, so the face holds its number, agency, state and dates and none of its words.
    """

    id: uuid.UUID
    number: int
    version: int
    stamp: tuple[int, datetime]
    state: State
    column: State
    title: str
    agency_id: uuid.UUID | None
    agency: str
    section: str
    locator: str
    timeliness: Timeliness
    due_on: date | None
    days_left: int | None
    given_on: date | None
    submitted_on: date | None
    closed_on: date | None
    accepted: bool
    silent: bool
    explain: str
    shared_total: int
    shared_done: int
    assigned: bool
    asked: bool
    blocked: bool
    repeats: bool
    extensions: int
    checks_done: int
    checks_total: int
    evidence: int
    comments: int
    acts: tuple[str, ...]
    confidential: bool
    hidden: bool = False
    drawn: dict[tuple[str, str, bool], Markup] = field(default_factory=dict, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state not in CLOSED

    @property
    def unaccepted(self) -> bool:
        """Assigned, and nobody has said yet that they saw it."""
        return self.state is State.TODO and self.assigned and not self.accepted

    @property
    def owes_explanation(self) -> bool:
        """Its agency was asked why it is late, and has not answered; what was submitted since is answer enough."""
        return self.explain == "asked" and self.is_open and self.state is not State.REVIEW

    @property
    def pickable(self) -> bool:
        """Whether it can be changed together with others: read by this actor, open, and not shared out."""
        return self.is_open and not self.shared_total and not self.hidden

    @property
    def undated(self) -> bool:
        """Open, and without a date; work that goes on all the time needs none."""
        return self.is_open and self.due_on is None and not self.repeats

    @property
    def is_late(self) -> bool:
        """Past its last day, and somebody still has to do it: what is submitted, or shared out, waits for others."""
        waits = bool(self.shared_total) or not self.is_open or self.state is State.REVIEW
        return not waits and self.timeliness is Timeliness.OVERDUE

    @property
    def can_be_chased(self) -> bool:
        """Late, and its agency could do something about it; what is paused or refused waits for those who steer."""
        return self.is_late and self.assigned and self.state in WORKABLE

    @cached_property
    def counts_as(self) -> tuple[str, ...]:
        """The counts it is in: its column, one of the four, what calls for attention. Cancelled cards are in none, and
        a duty that was shared out is in none, because its parts are.
        """
        if self.state is State.CANCELLED or self.shared_total:
            return ()
        marks = {
            "late": self.is_open and self.timeliness is Timeliness.OVERDUE,
            "soon": self.timeliness is Timeliness.SOON,
            "unaccepted": self.unaccepted,
            "silent": self.silent,
            "explain": self.owes_explanation,
            "explained": self.explain == "answered",
            "blocked": self.blocked and self.is_open,
            "undated": self.undated,
        }
        return (self.column.value, self._bucket.value, *(name for name, present in marks.items() if present))

    @property
    def _bucket(self) -> Bucket:
        late = self.timeliness is Timeliness.OVERDUE
        if self.state is State.DONE:
            return Bucket.DONE_LATE if late else Bucket.DONE_ON_TIME
        return Bucket.OPEN_OVERDUE if late else Bucket.OPEN_IN_TIME


#: What stands where the title of a card would, for those who may not read it; said in the language of the reader.
HIDDEN_TITLE: Any = _l("Việc bảo mật")


def face_of(
    row: Any,
    agencies: Mapping[uuid.UUID, Agency],
    actor: Actor,
    today: date,
    silent_since: date,
    *,
    hidden: bool | None = None,
) -> Face:
    """The face of one row of the board (or of a whole card) for this actor, on this day (answering.silent_since).

    `hidden`: whether the actor may not read the card, by who asked that for many cards at once; else it is asked here.
    """
    face = _open_face(row, agencies, actor, today, silent_since)
    unread = not may_read(actor, row) if hidden is None else hidden
    return replace(face, **_CLOSED) if unread else face


def title_for(actor: Actor, card: Card) -> str:
    """What this actor may read as the card's title."""
    title: str = card.title if may_read(actor, card) else HIDDEN_TITLE
    return title


#: A face without anything the card says.
_CLOSED: dict[str, Any] = {
    "hidden": True,
    "title": HIDDEN_TITLE,
    "section": "",
    "locator": "",
    "accepted": True,
    "silent": False,
    "explain": "",
    "asked": False,
    "blocked": False,
    "extensions": 0,
    "checks_done": 0,
    "checks_total": 0,
    "evidence": 0,
    "comments": 0,
    "acts": (),
}


def _open_face(
    row: Any, agencies: Mapping[uuid.UUID, Agency], actor: Actor, today: date, silent_since: date
) -> Face:
    state = State(row.state)
    submitted_on = local_day(row.submitted_at) if row.submitted_at else None
    agency = agencies.get(row.agency_id)
    when = timeliness(state, row.due_on, row.due_exclusive, submitted_on, today)
    return Face(
        id=row.id,
        number=row.number,
        version=row.version,
        stamp=(row.version, row.changed_at),
        state=state,
        column=column_of(state),
        title=row.title,
        agency_id=row.agency_id,
        agency=agency.short_name if agency else _of_many(row.shared_total),
        section=row.section,
        locator=row.locator,
        timeliness=when,
        due_on=row.due_on,
        days_left=days_left(row.due_on, row.due_exclusive, today) if row.due_on else None,
        given_on=local_day(row.assigned_at) if row.assigned_at else None,
        submitted_on=submitted_on,
        closed_on=local_day(row.closed_at) if row.closed_at else None,
        accepted=row.accepted_at is not None,
        silent=state is State.TODO and is_silent(row.assigned_at, row.accepted_at, silent_since),
        explain=row.explain_state,
        shared_total=row.shared_total,
        shared_done=row.shared_done,
        assigned=row.assigned_at is not None,
        asked=row.asked_due_on is not None,
        blocked=bool(row.blocked_why),
        repeats=row.recurrence is not None,
        extensions=row.extensions,
        checks_done=row.checks_done,
        checks_total=row.checks_total,
        evidence=row.evidence_count,
        comments=row.comment_count,
        acts=_acts(actor, row, state, when),
        confidential=row.confidential,
    )


def _of_many(agencies: int) -> str:
    """Whose a duty is that was shared out."""
    return _("%(n)s cơ quan", n=agencies) if agencies else ""


def _acts(actor: Actor, row: Any, state: State, when: Timeliness) -> tuple[str, ...]:
    """The next acts of this actor on the card; nothing to do means no button."""
    if row.shared_total:
        return ()
    if state is State.REVIEW and may_move(actor, row.agency_id, state, State.DONE):
        return ("approve", "return")
    own = row.agency_id is not None and row.agency_id in actor.agency_ids
    if own and leads(actor, row.agency_id):
        if state is State.TODO:
            return ("start",) if row.accepted_at else ("accept", "start")
        if state in {State.DOING, State.RETURNED}:
            return ("submit",)
    late = when is Timeliness.OVERDUE and state in WORKABLE
    return ("remind",) if late and row.assigned_at and actor.may(Permission.SEND_REMINDERS) else ()
