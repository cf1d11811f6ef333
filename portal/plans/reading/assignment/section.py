"""Which paragraphs of a plan give work away, and the duties read from them."""

from portal.plans.reading.agencies.assignments import assignment_in
from portal.plans.reading.assignment.columns import columns_of
from portal.plans.reading.assignment.reader import AssignmentReader
from portal.plans.reading.assignment.table import TableReader
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.structure.roles import ASSIGNMENT


def read_assignments(entries: list[Entry], frame: Timeframe) -> tuple[list[Duty], list[Skipped]]:
    """Return the duties of the assignment section and, with a reason, everything in it that is no duty."""
    duties: list[Duty] = []
    skipped: list[Skipped] = []
    reader = AssignmentReader(frame, duties, skipped)
    chosen = _chosen(entries)
    for entry, following in zip(chosen, [*chosen[1:], None], strict=True):
        columns = columns_of(entry.grid) if entry.grid else None
        if columns:
            TableReader(entry, columns, frame, duties, skipped).read()
        elif entry.grid:
            skipped += [Skipped(index, "", "table_other") for index in entry.row_paragraphs]
        else:
            reader.read(entry, following)
    return duties, skipped


def _chosen(entries: list[Entry]) -> list[Entry]:
    """The assignment section, and assignment tables wherever they stand."""
    if any(entry.role == ASSIGNMENT for entry in entries):
        return [entry for entry in entries if entry.role == ASSIGNMENT or _is_assignment_table(entry)]
    tables = [entry for entry in entries if _is_assignment_table(entry)]
    return tables or _without_heading(entries)


def _is_assignment_table(entry: Entry) -> bool:
    return entry.grid is not None and columns_of(entry.grid) is not None


def _without_heading(entries: list[Entry]) -> list[Entry]:
    """A document without a heading for it: everything from the first item that names an agency."""
    for position, entry in enumerate(entries):
        found = assignment_in(entry.text) if entry.marker else None
        if found and (found.known or found.asked):
            return entries[position:]
    return []
