"""Assignment tables: one duty for each row, with dittos, merged cells and group rows resolved."""

import re
from dataclasses import dataclass

from portal.plans.reading.assignment.columns import Columns
from portal.plans.reading.assignment.context import digest, due_certainty, joint_name
from portal.plans.reading.assignment.lead_cells import (
    agencies_in_cell,
    lead_and_supporting,
    mode_for,
    says_both,
)
from portal.plans.reading.deadlines.deadline import Deadline, read_deadline
from portal.plans.reading.deadlines.timeframe import Timeframe
from portal.plans.reading.duty import AgencyRef, Duty, Skipped
from portal.plans.reading.structure.outline import Entry
from portal.plans.reading.titles import short_title
from portal.text import fold, normalise_spaces

_DITTO = re.compile(r"^(?:-?\s*n\.?t\.?\s*-?|//|″|”|\"|“|nhu tren|-\s*//\s*-|,,)$")
_NOTHING = {"", "-", "–", "khong", "/"}
_NO_TASK = {"", "cong", "tong cong", "tong so", "tong"}
_COLUMN_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[A-E])\)?$")
_GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-ZĐ])\.?$")


@dataclass(frozen=True)
class _Row:
    paragraph: int
    cells: tuple[str, ...]
    offsets: tuple[int, ...]


class TableReader:
    """Reads the rows of one table; what a row leaves out it takes from the row above it in its group."""

    def __init__(
        self, entry: Entry, columns: Columns, frame: Timeframe, duties: list[Duty], skipped: list[Skipped]
    ) -> None:
        self.duties = duties
        self.skipped = skipped
        self._rows = 0
        self._group = ""
        self._numbers: set[str] = set()
        self._entry = entry
        self._columns = columns
        self._frame = frame
        self._above: dict[int, str] = {}
        self._place = entry.section or "B"

    def read(self) -> None:
        """Read every row into `duties` or `skipped`."""
        grid = self._entry.grid
        assert grid is not None
        for position, cells in enumerate(grid.rows):
            row = _row(self._entry.row_paragraphs[position], cells)
            if position < self._columns.header_rows or self._repeats_header(row.cells):
                self._skip(row, "table_header")
            elif position in grid.spanning or self._is_group(row.cells):
                self._above.clear()
                self._group = row.cells[self._columns.number or 0].strip(" .")
                self._skip(row, "table_group")
            elif fold(row.cells[self._columns.task]) in _NO_TASK:
                self._skip(row, "table_empty")
            else:
                self._rows += 1
                self._read_row(row)

    def _repeats_header(self, cells: tuple[str, ...]) -> bool:
        """The heading again on a new page, or the row that numbers the columns."""
        grid = self._entry.grid
        heads = (
            [tuple(map(normalise_spaces, row)) for row in grid.rows[: self._columns.header_rows]]
            if grid
            else []
        )
        filled = [cell for cell in cells if cell]
        return cells in heads or (len(filled) > 1 and all(_COLUMN_NUMBER.match(cell) for cell in filled))

    def _is_group(self, cells: tuple[str, ...]) -> bool:
        filled = {cell for position, cell in enumerate(cells) if cell and position != self._columns.number}
        if len(filled) > 1:
            return False
        number = self._columns.number
        labelled = number is not None and bool(_GROUP_NUMBER.match(cells[number]))
        repeated = sum(1 for cell in cells if cell in filled) > 1
        return labelled or repeated or not self._above

    def _read_row(self, row: _Row) -> None:
        columns = self._columns
        lead, inherited = self._value(row, columns.lead, inherit=True)
        inherited = inherited and not _DITTO.match(fold(row.cells[columns.lead]))
        supporting = self._value(row, columns.supporting)[0]
        due_cell, due_ditto = self._value(row, columns.due)
        leads, helpers = (
            lead_and_supporting(lead) if columns.both or says_both(lead) else (agencies_in_cell(lead), ())
        )
        helpers = tuple(ref for ref in (*helpers, *agencies_in_cell(supporting)) if ref not in leads)
        deadline = self._deadline(row.cells[columns.task], due_cell, row, ditto=due_ditto)
        self.duties.append(self._duty(row, leads, helpers, deadline, inherited=inherited))

    def _value(self, row: _Row, column: int | None, *, inherit: bool = False) -> tuple[str, bool]:
        """Return a cell's words and whether they come from above: a ditto, or an empty lead cell."""
        if column is None:
            return "", False
        written = row.cells[column]
        if _DITTO.match(fold(written)) or (inherit and written.lower() in _NOTHING):
            return self._above.get(column, ""), True
        self._above[column] = written
        return ("" if fold(written) in _NOTHING else written), False

    def _deadline(self, task: str, cell: str, row: _Row, *, ditto: bool) -> Deadline:
        due, recurrence = (
            read_deadline(cell, self._frame, cell=True) if cell else read_deadline(task, self._frame)
        )
        if ditto and due.raw and self._columns.due is not None:
            raw = f"{row.cells[self._columns.due]} ({due.raw})"
            due = type(due)(**{**vars(due), "raw": raw})
            recurrence = recurrence and type(recurrence)(**{**vars(recurrence), "raw": raw})
        return due, recurrence

    def _duty(
        self,
        row: _Row,
        leads: tuple[AgencyRef, ...],
        helpers: tuple[AgencyRef, ...],
        deadline: Deadline,
        *,
        inherited: bool,
    ) -> Duty:
        columns, text = self._columns, row.cells[self._columns.task]
        start = row.offsets[columns.task]
        number = self._number(row)
        known = bool(leads) and all(ref.code for ref in leads)
        agency = 0.97 if known and not inherited else 0.5 if known else 0.4
        return Duty(
            paragraph=row.paragraph,
            start=start,
            end=start + len(text),
            spans=((row.paragraph, start, start + len(text)),),
            text=text,
            title=short_title(text),
            agencies=leads,
            supporting=helpers,
            mode=mode_for(leads),
            section=f"{self._place}.{number}",
            locator=self._locator(number),
            block=f"{self._place}.{number}",
            shape="table_row",
            agency_as_written=row.cells[columns.lead],
            agency_path=self._path(leads),
            due=deadline[0],
            recurrence=deadline[1],
            sha256=digest(text),
            product=self._product(row),
            confidence={"text": 0.95, "agency": agency, "due": due_certainty(deadline[0])},
        )

    def _number(self, row: _Row) -> str:
        written = row.cells[self._columns.number] if self._columns.number is not None else ""
        number = written.strip(" .)") or str(self._rows)
        number = f"{self._group}.{number}" if number in self._numbers and self._group else number
        self._numbers.add(number)
        return number

    def _locator(self, number: str) -> str:
        if self._entry.appendix:
            return f"Phụ lục, dòng {number}"
        return (
            f"Mục {self._entry.section}, bảng, dòng {number}"
            if self._entry.section
            else f"Bảng, dòng {number}"
        )

    def _path(self, leads: tuple[AgencyRef, ...]) -> tuple[str, ...]:
        head = ("Phụ lục",) if self._entry.appendix else ()
        return (*head, joint_name(leads)) if leads else head

    def _product(self, row: _Row) -> str | None:
        return self._value(row, self._columns.product)[0] or None

    def _skip(self, row: _Row, reason: str) -> None:
        self.skipped.append(
            Skipped(row.paragraph, " | ".join(dict.fromkeys(filter(None, row.cells))), reason)
        )


def _row(paragraph: int, cells: tuple[str, ...]) -> _Row:
    """Return a row with its cells as they stand in the paragraph's text, and where each begins."""
    single = [normalise_spaces(cell) for cell in cells]
    offsets, offset = [], 0
    for cell in single:
        offsets.append(offset)
        offset += len(cell) + len(" | ")
    return _Row(paragraph, tuple(single), tuple(offsets))
