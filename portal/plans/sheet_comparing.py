"""A spreadsheet somebody brought back, beside the board: what they changed, what others changed, what cannot be used.

Three versions meet: what the board said when it was exported (the mark), what the sheet says, what the board says now.
Pure: it looks at the rows it is given and changes nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from portal.dates import parse_day
from portal.guarding.reading import read
from portal.plans.board_row import (
    EDITABLE,
    READ_ONLY,
    BoardRow,
    Mark,
    column_names,
    digest,
    read_mark,
)
from portal.plans.reading.formats.spreadsheet import Sheet
from portal.sheet_cells import cell_text
from portal.wording import full_date

#: The longest title a card takes (tasks/adding.py).
_TITLE_LENGTH = 300
#: Years a due date can be in; anything else is a slip of the keyboard.
_YEARS = range(2000, 2101)
# What the form sends back of a change.
_KEYS = ("number", "field", "value", "seen")


@dataclass(frozen=True)
class SheetChange:
    """One field of one card: what it says now, what it is to say. `seen`: digest of what it says now."""

    number: int
    field: str
    old: str
    value: str
    seen: str

    @property
    def key(self) -> str:
        """What the form sends back when it is ticked."""
        return json.dumps({name: getattr(self, name) for name in _KEYS}, ensure_ascii=False)


@dataclass(frozen=True)
class Problem:
    """A row (from 1, as the spreadsheet counts) that cannot be used as it is; `why` says what to do."""

    row: int
    number: str
    why: str


@dataclass
class SheetDifferences:
    """`conflicts` were changed both in the sheet and on the board since: shown, never overwritten."""

    changes: list[SheetChange] = field(default_factory=list)
    conflicts: list[SheetChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    known: int = 0
    missing: int = 0


class SheetComparison:
    """`name_of`: the name of the ward's agency that a text stands for, or None. `year`: meant when none is typed."""

    def __init__(self, rows: Sequence[BoardRow], name_of: Callable[[str], str | None], year: int) -> None:
        self._rows = {row.id: row for row in rows}
        self._name_of, self._year = name_of, year

    def differences(self, sheet: Sheet) -> SheetDifferences | None:
        """What the sheet would change; None when it is no board of ours."""
        names = _names_row(sheet)
        if names is None:
            return None
        found, seen = SheetDifferences(), set[str]()
        at, columns = names
        for line in sorted({row for row, _column in sheet.cells if row > at + 1}):
            cells = {name: sheet.cells.get((line, column), "") for name, column in columns.items()}
            if any(cells.values()):
                found.rows += 1
                self._judge(_Line(line + 1, cells, _formulas(sheet, line, columns)), found, seen)
        found.missing = len(self._rows) - len(seen)
        return found

    def _judge(self, line: "_Line", found: SheetDifferences, seen: set[str]) -> None:
        mark = read_mark(line.cells["mark"])
        row = self._rows.get(mark.id) if mark else None
        why = _unusable(line, mark, row, seen)
        if mark is None or row is None or why:
            found.problems.append(Problem(line.row, line.cells["number"], why))
            return
        seen.add(row.id)
        found.known += 1
        if row.hidden:
            return
        found.problems += [Problem(line.row, str(row.number), why) for why in _read_only_changes(line, mark)]
        for name in EDITABLE:
            self._judge_field(line, mark, row, name, found)

    def _judge_field(
        self, line: "_Line", mark: Mark, row: BoardRow, name: str, found: SheetDifferences
    ) -> None:
        if name in line.formulas:
            found.problems.append(Problem(line.row, str(row.number), _formula(name)))
            return
        try:
            value = self._value(name, line.cells[name])
        except ValueError as wrong:
            if digest(line.cells[name]) != mark.digests[name]:
                found.problems.append(Problem(line.row, str(row.number), str(wrong)))
            return
        if digest(value) in (mark.digests[name], digest(row.fields[name])):
            return
        if name != "title" and not row.is_open:
            found.problems.append(Problem(line.row, str(row.number), _closed()))
            return
        change = SheetChange(row.number, name, row.fields[name], value, digest(row.fields[name]))
        overtaken = digest(row.fields[name]) != mark.digests[name]
        (found.conflicts if overtaken else found.changes).append(change)

    def _value(self, name: str, written: str) -> str:
        """What a cell says, in the form the board says it. Raises ValueError with a sentence."""
        written = cell_text(written)
        if name == "due":
            return full_date(self._day(written)) if written else ""
        if name == "agency":
            return self._agency(written)
        if not written:
            raise ValueError(_("Tên việc để trống. Ghi lại tên việc."))
        if len(written) > _TITLE_LENGTH:
            raise ValueError(_("Tên việc quá dài. Rút còn dưới 300 ký tự."))
        if read(written).findings:
            raise ValueError(_("Tên việc có thể cho biết trẻ là ai. Viết tắt họ tên, bỏ số và địa chỉ."))
        return written

    def _day(self, written: str) -> date:
        try:
            day = _parsed_day(written, self._year)
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            why = _("Chưa hiểu hạn “%(typed)s”. Ghi như 24/05/%(year)s.", typed=written[:40], year=self._year)
            raise ValueError(why)
        return day

    def _agency(self, written: str) -> str:
        if not written:
            raise ValueError(_("Cơ quan để trống. Ghi tên cơ quan chủ trì."))
        name = self._name_of(written)
        if name is None:
            why = _(
                "Phường chưa có cơ quan “%(name)s”. Thêm cơ quan trước, hoặc ghi đúng tên.",
                name=written[:120],
            )
            raise ValueError(why)
        return cell_text(name)


@dataclass(frozen=True)
class _Line:
    """One row of the sheet; `formulas` names the columns that hold one."""

    row: int
    cells: dict[str, str]
    formulas: frozenset[str]


def _names_row(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row with the names of the columns, and where each stands; people may have moved them."""
    wanted = {"number", *EDITABLE, *READ_ONLY, "mark"}
    by_row: dict[int, dict[str, int]] = {}
    for (row, column), words in sheet.cells.items():
        if words in wanted:
            by_row.setdefault(row, {}).setdefault(words, column)
    return next(((row, by_row[row]) for row in sorted(by_row) if by_row[row].keys() == wanted), None)


def _formulas(sheet: Sheet, line: int, columns: dict[str, int]) -> frozenset[str]:
    return frozenset(name for name, column in columns.items() if (line, column) in sheet.formulas)


def _unusable(line: _Line, mark: Mark | None, row: BoardRow | None, seen: set[str]) -> str:
    """Why nothing of a row can be used, or nothing."""
    if mark is None and not line.cells["number"]:
        return _("Hàng mới không có số. Thêm việc này trên bảng việc.")
    if mark is None or "mark" in line.formulas:
        return _("Mất dấu của hệ thống ở cột ẩn. Tải bảng mới xuống rồi sửa trên bản đó.")
    if row is None:
        return _("Không có việc này trên bảng của phường. Bỏ hàng này, hoặc tải đúng bảng của phường xuống.")
    if row.id in seen:
        return _("Việc này có hai hàng. Giữ một hàng.")
    if line.cells["number"] != str(row.number):
        return _(
            "Số việc không khớp với hàng. Có thể tệp bị sắp xếp thiếu cột; tải bảng mới xuống rồi sửa lại."
        )
    return ""


def _read_only_changes(line: _Line, mark: Mark) -> Iterator[str]:
    for name in READ_ONLY:
        if name in line.formulas or digest(line.cells[name]) != mark.digests[name]:
            yield _("Cột “%(column)s” chỉ để xem; chỗ sửa ở cột này không dùng.", column=column_names()[name])


def _formula(name: str) -> str:
    return _("Ô “%(column)s” là công thức. Ghi giá trị thay cho công thức.", column=column_names()[name])


def _closed() -> str:
    return _("Việc đã xong hoặc đã hủy, không đổi hạn và cơ quan. Mở lại việc trước.")


def _parsed_day(written: str, year: int) -> date:
    try:
        return parse_day(written, year)
    except ValueError:
        return date.fromisoformat(written[:10])
