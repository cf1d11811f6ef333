"""Export and import of any board, as a property: without edits nothing changes, whatever the texts are."""

import uuid
from datetime import date

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.plans.board_row import EDITABLE, READ_ONLY, BoardRow, cell_text
from portal.plans.reading.formats.detection import sheet_of
from portal.plans.sheet_comparing import SheetComparison
from portal.plans.spreadsheet import write_board
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
