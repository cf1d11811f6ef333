"""Export and import of any board, as a property: without edits nothing changes, whatever the texts are."""

import io
import uuid
import zipfile
from collections.abc import Callable
from datetime import date

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.plans.board_row import EDITABLE, READ_ONLY, BoardRow
from portal.plans.reading.formats.detection import sheet_of
from portal.plans.reading.unreadable import UnreadablePlan
from portal.plans.sheet_comparing import SheetComparison
from portal.plans.spreadsheet import write_board
from portal.sheet_cells import cell_text
from portal.wording import full_date

_TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from(["=1+1", "12", "24/5/2026", "TRUE", "#N/A", "_x0041_", "'", "1e9"])
)


@st.composite
def _rows(draw: st.DrawFn) -> list[BoardRow]:
    days = draw(st.lists(st.none() | st.dates(date(2000, 1, 1), date(2999, 12, 31)), max_size=6))
    return [_row(draw, at, due) for at, due in enumerate(days, start=1)]


def _row(draw: st.DrawFn, number: int, due: date | None) -> BoardRow:
    fields = {name: cell_text(draw(_TEXTS)) for name in (*EDITABLE, *READ_ONLY)}
    fields |= {"due": full_date(due) if due else "", "extensions": str(draw(st.integers(0, 99)))}
    return BoardRow(uuid.UUID(int=number).hex, number, draw(st.booleans()), due, fields)


@settings(max_examples=60, deadline=None)
@given(_rows())
def test_what_was_exported_and_not_edited_changes_nothing(app: Flask, rows: list[BoardRow]) -> None:
    with app.test_request_context():
        sheet = sheet_of(write_board(rows, "Bảng việc"))
        known = {row.fields["agency"]: row.fields["agency"] for row in rows}
        found = SheetComparison(rows, known.get, 2026).differences(sheet)
    assert found is not None
    assert (found.changes, found.conflicts, found.problems) == ([], [], [])
    assert (found.rows, found.known, found.missing) == (len(rows), len(rows), 0)
    assert not sheet.formulas


def _damaged(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


_PARTS = st.sampled_from(
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
_SCRAPS = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"<f>1+1</f>", b'r="A1048576"', b'r="XFD9"', b't="e"', b"\xc2\xb2", b"1e308", b"NaN", b"<v/>"]
    ),
)


@settings(max_examples=80, deadline=None)
@given(part=_PARTS, at=st.floats(0, 1), length=st.integers(0, 12), scrap=_SCRAPS)
def test_a_damaged_sheet_is_refused_or_listed_and_never_a_crash(
    app: Flask, part: str, at: float, length: int, scrap: bytes
) -> None:
    fields = dict.fromkeys((*EDITABLE, *READ_ONLY), "Tuần tra") | {"due": "24/05/2026", "extensions": "1"}
    row = BoardRow(uuid.UUID(int=1).hex, 1, True, date(2026, 5, 24), fields)

    def damage(content: bytes) -> bytes:
        start = int(at * len(content))
        return content[:start] + scrap + content[start + length :]

    with app.test_request_context():
        data = _damaged(write_board([row], "Bảng việc"), part, damage)
        try:
            sheet = sheet_of(data)
        except UnreadablePlan:
            return
        found = SheetComparison([row], lambda name: name, 2026).differences(sheet)
    assert found is None or all(change.number == 1 for change in found.changes)
