"""Which paragraphs of a plan give work away, and the duties read from them."""

import re

from portal.plans.reading.agencies.assignments import assignment_in
from portal.plans.reading.assignment.attributes import described_at
from portal.plans.reading.assignment.columns import columns_of
from portal.plans.reading.assignment.described import described_duty
from portal.plans.reading.assignment.loose import LooseReader
from portal.plans.reading.assignment.reader import AssignmentReader
from portal.plans.reading.assignment.table import TableReader
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import Duty, Skipped
from portal.plans.reading.structure.outline import Entry, row_text
from portal.plans.reading.structure.roles import ACTIVITIES, ASSIGNMENT, FUNDING, REPORTING

_ANNOUNCES = re.compile(
    r"(?i)(?:yêu cầu|đề nghị|giao|phân công|thực hiện|triển khai)\b.{0,120}\bsau(?: đây)?\s*:\s*$"
)


def read_assignments(entries: list[Entry], frame: Timeframe) -> tuple[list[Duty], list[Skipped]]:
    """Return the duties of the plan and, with a reason, everything in its assignment section that is no duty."""
    section = _Section(entries, frame)
    position = 0
    while position < len(entries):
        position = section.read(position)
    return section.duties, section.skipped


class _Section:
    """Reads the whole body; only the assignment section has to account for every word."""

    def __init__(self, entries: list[Entry], frame: Timeframe) -> None:
        self.duties: list[Duty] = []
        self.skipped: list[Skipped] = []
        self._entries = entries
        self._frame = frame
        self._inside = _assignment_section(entries)
        self._reader = AssignmentReader(frame, self.duties, self.skipped)
        self._loose = LooseReader(frame, self.duties, self.skipped)

    def read(self, position: int) -> int:
        """Read the entry at `position`, with what hangs on it; return the position after it."""
        entry = self._entries[position]
        if entry.grid:
            self._read_table(entry)
        elif (inside := position in self._inside) or entry.role == ACTIVITIES:
            if described := described_at(self._entries, position):
                duty, skipped = described_duty(described, self._frame)
                self.duties.append(duty)
                self.skipped += skipped
                return position + len(described.entries)
            if inside:
                self._reader.read(entry, self._following(position))
            else:
                self._loose.hidden(entry, dated_too=False)
        elif not entry.heading and (entry.role in (FUNDING, REPORTING) or entry.section.startswith("Đ")):
            self._loose.hidden(entry, dated_too=entry.role == REPORTING)
        return position + 1

    def _read_table(self, entry: Entry) -> None:
        columns = columns_of(entry.grid) if entry.grid else None
        if columns:
            TableReader(entry, columns, self._frame, self.duties, self.skipped).read()
        elif entry.role == ASSIGNMENT or entry.appendix:
            rows = zip(entry.row_paragraphs, entry.grid.rows if entry.grid else (), strict=True)
            self.skipped += [Skipped(index, row_text(row), "table_other") for index, row in rows]

    def _following(self, position: int) -> Entry | None:
        return self._entries[position + 1] if position + 1 in self._inside else None


def _assignment_section(entries: list[Entry]) -> set[int]:
    """Return the positions of the assignment section's entries."""
    headed = {position for position, entry in enumerate(entries) if entry.role == ASSIGNMENT}
    if headed or any(entry.grid and columns_of(entry.grid) for entry in entries):
        return headed
    return _without_heading(entries)


def _without_heading(entries: list[Entry]) -> set[int]:
    """A document without a heading for it: everything from the first item that names an agency.

    Where a line has announced them ("… thực hiện các nội dung sau:"), items may go without a number.
    """
    announced = False
    for position, entry in enumerate(entries):
        found = assignment_in(entry.text) if entry.marker or announced else None
        if found and (found.known or found.asked):
            return set(range(position, len(entries)))
        announced = announced or bool(_ANNOUNCES.search(entry.text))
    return set()
