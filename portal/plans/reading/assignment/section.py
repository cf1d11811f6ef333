"""Which paragraphs of a plan give work away, and the duties read from them."""

from portal.plans.reading.agencies.assignments import assignment_in
from portal.plans.reading.assignment.reader import AssignmentReader
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.structure.roles import ASSIGNMENT


def read_assignments(entries: list[Entry], frame: Timeframe) -> tuple[list[Duty], list[Skipped]]:
    """Return the duties of the assignment section and, with a reason, everything in it that is no duty."""
    chosen = [entry for entry in entries if entry.role == ASSIGNMENT] or _without_heading(entries)
    reader = AssignmentReader(frame)
    for entry, following in zip(chosen, [*chosen[1:], None], strict=True):
        reader.read(entry, following)
    return reader.duties, reader.skipped


def _without_heading(entries: list[Entry]) -> list[Entry]:
    """A document without a heading for it: everything from the first item that names an agency."""
    for position, entry in enumerate(entries):
        found = assignment_in(entry.text) if entry.marker else None
        if found and (found.known or found.asked):
            return entries[position:]
    return []
