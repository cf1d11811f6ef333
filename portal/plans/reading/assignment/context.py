"""Who is being spoken to while the assignment section is read, and how a duty is made from their words."""

import hashlib
from dataclasses import dataclass

from portal.plans.reading.agencies.assignments import Assignment
from portal.plans.reading.agencies.phrases import supporting_in
from portal.plans.reading.assignment.places import Place
from portal.plans.reading.deadlines.deadline import read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import AgencyRef, Due, Duty
from portal.plans.reading.structure.joining import Passage
from portal.plans.reading.titles import short_title
from portal.text import fold


@dataclass(frozen=True)
class Context:
    """The agency or agencies whose item is being read; `assignment` is None under a topic that names nobody."""

    depth: int
    section: str
    assignment: Assignment | None
    path: tuple[str, ...] = ()


def make_duty(
    passage: Passage,
    assignment: Assignment,
    place: Place,
    frame: Timeframe,
    path: tuple[str, ...],
    *,
    action: str | None = None,
    certainty: float = 0.95,
) -> Duty:
    """Return the duty that `passage` words; `action` is its text after the agency's name, for the title."""
    due, recurrence = read_deadline(passage.text, frame)
    paragraph, start, end = passage.pieces[0]
    supporting = _supporting(assignment, passage.text)
    return Duty(
        paragraph=paragraph,
        start=start,
        end=end,
        spans=passage.pieces,
        text=passage.text,
        title=short_title(action or passage.text),
        agencies=assignment.leads,
        supporting=supporting,
        mode=assignment.mode,
        section=place.section,
        locator=place.locator,
        block=place.block,
        shape=place.shape,
        agency_as_written=assignment.written,
        agency_path=path,
        due=due,
        recurrence=recurrence,
        sha256=digest(passage.text),
        confidence={"text": certainty, "agency": agency_certainty(assignment), "due": due_certainty(due)},
    )


def digest(text: str) -> str:
    """Return the SHA-256 of a duty's text in search form, so that spacing and accents placed anew do not count."""
    return hashlib.sha256(fold(text).encode()).hexdigest()


def joint_name(agencies: tuple[AgencyRef, ...]) -> str:
    """Return one name for agencies that share an item."""
    return " + ".join(ref.name for ref in agencies)


def agency_certainty(assignment: Assignment) -> float:
    """Return how sure the leading agencies are, 0 to 1."""
    if not assignment.known:
        return 0.5
    return 0.8 if any(ref.code == "collective_all" for ref in assignment.leads) else 0.97


def due_certainty(due: Due) -> float:
    """Return how sure the due date is, 0 to 1; several dates in one duty leave a doubt."""
    if due.date is None:
        return 0.5 if due.raw and due.precision == "none" else 0.9
    return 0.7 if len(due.occurrences) > 1 else 0.95


def _supporting(assignment: Assignment, text: str) -> tuple[AgencyRef, ...]:
    named = dict.fromkeys(assignment.supporting + supporting_in(text))
    return tuple(ref for ref in named if ref not in assignment.leads)
